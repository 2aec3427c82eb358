"""The state that a report plays in: whose "the police", "teachers", "the interior minister" are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.actors import ActorTables
from dragoman.model import Reason, Segment, Span
from dragoman.reading.actors.bodies import acting
from dragoman.reading.actors.clause import mention_at, subject_above
from dragoman.reading.actors.draft import Draft, Who
from dragoman.reading.actors.identity import state
from dragoman.reading.actors.page import Page
from dragoman.reading.actors.phrases import Phrase
from dragoman.reading.actors.sightings import Sighting
from dragoman.reading.parse import Token

# Whoever acts for a state or is a party in its streets, and is named without it in a report from there. Things (drones,
# exports), companies, media and those who only live there belong to nobody unless somebody says so. Tuned on the
# `seen` half of tests/cases/reports.
_AT_HOME = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "REB", "CVL", "LAB", "EDU"})
_ARMED = frozenset({"REB", "PRM"})
_PUBLIC = frozenset({"GOV", "LEG", "JUD", "MIL", "COP"})  # whose officials are a state's
_ANYBODY = frozenset({"people", "person", "man", "woman", "child", "group", "office", "regime"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
# Dateline and text agree, or one state is this share of all that are named, and that many times.
SHARE = 0.6
TIMES = 3


@dataclass(frozen=True, slots=True)
class Home:
    """The state, and why it is the report's own."""

    code: str
    because: Reason
    at: Span | None  # where a dateline names it
    officials: bool = False  # the text is mostly of another state: sure enough for its officials only
    dateline: bool = False  # a dateline says so
    far: bool = False  # and no other state is named half as often


def home_of(text: str, segments: Sequence[Segment], draft: Draft, tables: ActorTables) -> Home | None:
    """The state of the dateline when the text names it too or the dateline spells it out; else the one that the text
    names most, by far. None when neither is sure: datelines are also written from next door. Where the text names the
    state of the dateline, but another one more often, its officials alone are taken for those of the dateline
    ("government spokesman Berg" in a report from his capital on a quarrel with a neighbour).
    """
    named = Counter(w.code for f in draft.found for w in f.who if w.code in tables.countries and not w.former)
    most = named.most_common(2)
    for segment in segments:
        if segment.kind != "dateline":
            continue
        words, hits, _ = tables.names.look(segment.span.of(text))
        for hit in hits:
            kinds = hit.kinds & {"country", "capital"}
            codes = {n.key for n in hit.names if n.kind in ("country", "capital")}
            if not kinds or len(codes) != 1:
                continue
            code = codes.pop()
            start, end = words[hit.first].start, words[hit.last - 1].end
            at = Span(segment.span.start + start, segment.span.start + end)
            spelt = "country" in kinds
            others = max((n for c, n in named.items() if c != code), default=0)
            if others <= named[code] and (spelt or named[code]):
                saw = f"the dateline “{at.of(text)}”; no other state is named more often in the text"
                return Home(
                    code,
                    Reason("code:actors.home.home_of", saw, at),
                    at if spelt else None,
                    False,
                    True,
                    2 * others <= named[code],
                )
            if named[code]:
                saw = f"the dateline “{at.of(text)}”; the text names the state, and another one more often"
                because = Reason("code:actors.home.home_of", saw, at)
                return Home(code, because, at if spelt else None, officials=True, dateline=True)
            if spelt:
                return None  # written there, but of other states
    if most and most[0][0] is not None and most[0][1] >= TIMES and most[0][1] >= SHARE * sum(named.values()):
        saw = f"{most[0][1]} of {sum(named.values())} mentions of states are of {most[0][0]}"
        return Home(most[0][0], Reason("code:actors.home.home_of", saw), None)
    if len(most) == 1 and most[0][0] is not None:
        saw = f"{most[0][0]} is the only state that the text names"
        return Home(most[0][0], Reason("code:actors.home.home_of", saw), None, officials=True)
    return None


def settle(
    pages: Sequence[Page],
    phrases: Sequence[Sequence[Phrase]],
    said: Sequence[tuple[Sighting, Who]],
    home: Home,
    tables: ActorTables,
    draft: Draft,
) -> None:
    """Give the home state to bodies, peoples and officials that are named without any.

    A noun counts when it acts or is acted on, and has no owner; "a" and "some" keep a noun of people open ("a student"
    may be anybody), but not a body ("a court").
    """
    # "The militants" are the group that the report names, not just any rebels of the place.
    sectors = _AT_HOME - _ARMED if any(w.key.startswith("group/") for f in draft.found for w in f.who) else _AT_HOME
    for page, some in zip(pages, phrases if not home.officials else [()] * len(pages), strict=True):
        for phrase in some:
            noun = phrase.noun(tables) if phrase.kind == "noun" else None
            if noun is None or phrase.owners or noun.kind == "thing" or noun.sector not in sectors:
                continue
            if noun.noun in page.cues["not_its_own"] or noun.noun.rpartition(" ")[2] in _ANYBODY:
                continue
            if noun.kind == "person" and not phrase.plural:
                continue
            span = page.span(phrase.head, phrase.last)
            if (
                not draft.free(span)
                or page.token_at(span.end - 1).dep_ not in _SUBJECT
                or _elsewhere(page, span, home, draft)
                or _not_its(page, page.token_at(span.end - 1), noun.noun, home, draft)
            ):
                continue
            who = acting(home.code, noun, phrase.opposed, tables)
            saw = f"“{noun.noun}” without a state: of {home.code}, where the report plays"
            draft.add(span, (who,), "role", Reason("code:actors.home.settle", saw, span))
    public = {
        who.key: replace(who, code=home.code, trail=(*who.trail, _of_home(home, who)))
        for sighting, who in said
        if who.code is None
        and who.sector in _AT_HOME
        and sighting.role is not None
        and sighting.role.kind == "title"
        and not sighting.role.style
        and who.role not in pages[sighting.page].cues["at_large"]
        and not (
            home.officials and (who.sector not in _PUBLIC or _said_elsewhere(pages[sighting.page], who, home, draft))
        )
        and not _of_two_states(pages[sighting.page], who, draft)
    }
    if public:
        draft.found = [replace(f, who=tuple(public.get(w.key, w) for w in f.who)) for f in draft.found]
    if home.at is not None and not home.officials:
        draft.add(home.at, (state(home.code, tables),), "country", home.because)


def _said_elsewhere(page: Page, who: Who, home: Home, draft: Draft) -> bool:
    """Another state is named beside him, or as the place or time of what he does: he may be its official."""
    for span in (f.span for f in draft.found if any(w.key == who.key for w in f.who)):
        if not (page.passage.start <= span.start < page.passage.start + len(page.text)):
            continue
        token = page.token_at(span.end - 1)
        beside = [c for c in token.head.children if c.dep_ in ("prep", "advcl", "npadvmod") and token.dep_ in _SUBJECT]
        inside = [page.passage.subtree(t) for t in (token, *beside)]
        if any(i.contains(f.span) and _foreign(f.who, home) for i in inside for f in draft.found):
            return True
    return False


def _of_two_states(page: Page, who: Who, draft: Draft) -> bool:
    """His own words name a state that could not be told from another one: "Congolese army spokesman Mo"."""
    spans = [f.span for f in draft.found if any(w.key == who.key for w in f.who)]
    return any(
        span.contains(page.span(hit.first, hit.last))
        for hit in page.hits
        if any(n.kind in ("country", "adjective", "demonym") for n in hit.names)
        for span in spans
    )


def _foreign(who: Sequence[Who], home: Home) -> bool:
    return any(w.code not in (None, home.code) for w in who)


def _elsewhere(page: Page, span: Span, home: Home, draft: Draft) -> bool:
    """Another state is named in the same clause, as owner, place or object: the noun may be of there."""
    inside = page.passage.subtree(page.token_at(span.start))
    return any(inside.contains(f.span) and _foreign(f.who, home) for f in draft.found)


def _not_its(page: Page, token: Token, noun: str, home: Home, draft: Draft) -> bool:
    """The words say that it is not of the home state: foreign agencies, "its soldiers" after another subject, troops
    that another state sent; or the noun names too little by itself (power, a fuel convoy)."""
    beside = {c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nmod")}
    if beside & page.cues["not_of_home"] or (noun in page.cues["no_home"] and not beside & _PUBLIC_NOUNS):
        return True
    for child in token.children:
        if child.dep_ == "poss":
            its = child.tag_ == "PRP$"
            owner = (subject_above(page, token, draft.found) or _fronted(page, token, draft)) if its else None
            named = mention_at(page, child, draft.found)
            owners = named.who if named is not None else (owner,) if owner is not None else ()
            return not owners or any(w.code != home.code for w in owners)
    if token.dep_ in ("dobj", "conj") and token.head.lemma_ in page.cues["lending"]:
        giver = subject_above(page, token, draft.found)
        return giver is not None and giver.code not in (None, home.code)
    return False


# What makes a convoy or a unit a state's.
_PUBLIC_NOUNS = frozenset({"army", "military", "police", "government", "navy", "security", "naval"})


def _fronted(page: Page, token: Token, draft: Draft) -> Who | None:
    """The subject of what is said before the speaker: "Qatar will host the talks, its foreign ministry said"."""
    for other in token.sent:
        if other.i >= token.i:
            return None
        if other.dep_ in ("nsubj", "nsubjpass"):
            mention = mention_at(page, other, draft.found)
            if mention is not None:
                return mention.who[0] if len(mention.who) == 1 else None
    return None


def _of_home(home: Home, who: Who) -> Reason:
    """An official without a state is of the state that the report plays in."""
    return Reason(
        "code:actors.home.settle", f"{who.role or who.name} without a state: of {home.code}; {home.because.saw}"
    )
