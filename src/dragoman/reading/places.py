"""Towns, regions and states that the report names, each in its own state: the right Paris, the right Tripoli."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.knowledge import Knowledge
from dragoman.knowledge.places import PlaceTables, Town
from dragoman.model import Cast, Reason, Span
from dragoman.reading.parse import Parsed, Passage, Token

# Words in a name that is looked up; the longest in the tables ("San Juan del Rio ...") are not what news names.
LONGEST = 4
# A town is taken without a hint of its state when it is this many times as large as the next of its name, and has so
# many thousands of people. Set by hand on tests/cases/events/places.yaml: Paris in France, not in Texas.
TIMES = 5
LARGE = 100
HINT = 40  # characters after the name within which a state belongs to it: "Tripoli, in northern Lebanon"
NAMES = ("PERSON", "ORG", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART")  # what spaCy calls what is no place


@dataclass(frozen=True, slots=True)
class Place:
    """Words that name a place. name: "Kramatorsk", or None for a state as a whole."""

    span: Span
    name: str | None
    state: str  # ISO 3166-1 alpha-3
    because: Reason

    def __str__(self) -> str:
        return self.state if self.name is None else f"{self.name}, {self.state}"


UNDERGOING = ("pobj", "dobj", "nsubjpass", "conj", "appos")  # what is shelled, held or gone to

Places = Mapping[int, Place]  # by the offset of each word's first character


def find_places(parsed: Parsed, cast: Cast, knowledge: Knowledge) -> Places:
    """Every place named, under the offset of each of its words. Towns whose state is not sure are left out."""
    named = Counter(a.code for a in cast for m in a.mentions if a.code in knowledge.actors.countries)
    found: dict[int, Place] = {}
    for mention, actor in cast.within(Span(0, len(parsed.text))):
        if mention.how == "country" and actor.code is not None:
            why = Reason("code:places.find_places", f"'{mention.span.of(parsed.text)}' is a state", mention.span)
            found[mention.span.start] = Place(mention.span, None, actor.code, why)
    for passage in parsed:
        for first, last, towns in _names(passage, knowledge.places):
            span = Span(passage.span(first).start, passage.span(last).end)
            over = cast.at(span.start)
            if any(m.how == "country" or a.person is not None or a.sector not in (None, "GOV") for m, a in over):
                continue  # Armenia the state, not the town in Colombia
            place = _settled(span, towns, parsed.text, cast, named)
            if place is not None:
                for token in passage.doc[first.i : last.i + 1]:
                    found[passage.span(token).start] = place
                found[passage.span(last).start] = place
    return found


def _names(passage: Passage, tables: PlaceTables) -> Iterator[tuple[Token, Token, tuple[Town, ...]]]:
    """Runs of words that are in the tables, the longest at each place, and are no part of a longer name."""
    doc, past = passage.doc, 0
    for token in doc:
        if token.text not in tables.first or token.i < past or not _may_name(token):
            continue
        for words in range(min(LONGEST, len(doc) - token.i), 0, -1):
            towns = tables.named.get(doc[token.i : token.i + words].text)
            if towns is not None and _whole(token, doc[token.i + words - 1]):
                yield token, doc[token.i + words - 1], towns
                past = token.i + words
                break


def _may_name(token: Token) -> bool:
    """Whether a word is a name: the small model takes strange ones for nouns, in the midst of a sentence too."""
    return token.pos_ == "PROPN" or (token.pos_ == "NOUN" and token.ent_type_ in ("GPE", "LOC"))


def _whole(first: Token, last: Token) -> bool:
    """Whether the words are a name by themselves: no part of "Paris Hilton", "Jack London", "the London Fund"."""
    inside = range(first.i, last.i + 1)
    if last.ent_type_ in NAMES and last.dep_ not in UNDERGOING:  # the small model takes strange towns for persons
        return False
    if last.dep_ in ("compound", "nmod") and last.head.i not in inside and last.head.pos_ == "PROPN":
        return last.head.dep_ in ("nmod", "pobj") and last.head.i > last.i and last.nbor().text == ","
    return not any(c.dep_ == "compound" and c.pos_ == "PROPN" and c.i < first.i for c in last.children)


def _settled(span: Span, towns: tuple[Town, ...], text: str, cast: Cast, named: Counter[str | None]) -> Place | None:
    """The one of several towns of a name that is meant; None when that is not sure."""
    states = {t.state for t in towns}
    beside = [a.code for m, a in cast.within(Span(span.end, min(len(text), span.end + HINT))) if a.code in states]
    between = text[span.end : span.end + HINT]
    near = beside[0] if beside and between.lstrip().startswith((",", "in ", "(")) else None
    if near is not None:
        town = next(t for t in towns if t.state == near)
        saw = f"'{span.of(text)}': the one in {near}, which is named with it"
        return Place(span, town.name, near, Reason(town.row, saw, span))
    there = sorted((t for t in towns if named[t.state]), key=lambda t: (-named[t.state], -t.people))
    if there:
        if len(there) > 1 and named[there[0].state] == named[there[1].state] and there[0].state != there[1].state:
            large = sorted(there, key=lambda t: -t.people)
            if large[0].people < TIMES * large[1].people:
                return None
            there = large
        saw = f"'{span.of(text)}': in {there[0].state}, which the report names"
        return Place(span, there[0].name, there[0].state, Reason(there[0].row, saw, span))
    alone = len(states) == 1 or towns[0].people >= TIMES * max(t.people for t in towns if t.state != towns[0].state)
    if alone and (towns[0].people >= LARGE or not towns[0].people):
        saw = f"'{span.of(text)}': {'the only' if len(states) == 1 else 'by far the largest'} place of that name"
        return Place(span, towns[0].name, towns[0].state, Reason(towns[0].row, saw, span))
    return None
