"""Headlines, whose capitals mislead the parser: read by place, not by tree."""

from __future__ import annotations

from dragoman.knowledge.speech import Speech
from dragoman.model import Cast, Party, Reason
from dragoman.reading.quotes.cues import Cue
from dragoman.reading.quotes.draft import Draft
from dragoman.reading.quotes.units import Unit

# Of the words with letters, the share that must begin with a capital. Headline style leaves small only articles, short
# prepositions and "to": in made-up headlines of 6 to 12 words the share lies between 0.7 and 1.
CAPITALS = 0.7
SURE = 0.85  # find.OF_KIND of what is mixed: headlines were met too seldom in that pile for a figure of their own


def looks_like_headline(unit: Unit) -> bool:
    """Almost every word has a capital, and no full stop ends it."""
    words = [t.text for t in unit.tokens if t.text[:1].isalpha()]
    if len(words) < 3 or unit.text[: unit.span().end].endswith("."):
        return False
    return sum(w[0].isupper() for w in words) >= CAPITALS * len(words)


def headline(unit: Unit, paragraph: int, cast: Cast, speech: Speech) -> Draft | None:
    """``X Calls Y 'Great Gift'``: whoever stands in front of the verb says the words in marks behind it."""
    if not unit.runs or not looks_like_headline(unit):
        return None
    for token in unit.tokens[1:]:
        lemma = speech.forms.get(token.lower_)
        if lemma is None or not token.lower_.endswith("s") or not unit.outside(token):
            continue
        if lemma != "call" and (lemma in speech.nouns or lemma in speech.channels) and token.pos_ != "VERB":
            continue  # Talks, Claims, Reports: as likely nouns
        spot = unit.passage.span(token)
        run = next((r for r in unit.runs if r.outer.start > spot.end), None)
        front = [t for t in unit.tokens if t.i < token.i and not t.is_punct]
        if run is None or not front or not all(unit.outside(t) for t in front):
            continue
        entry = speech.verbs[lemma][-1]
        span = unit.between(front[0].i, front[-1].i)
        actors = sorted({a.id for _, a in cast.within(span)})
        who = Party(span, actors[0] if len(actors) == 1 else None)
        near = not any(c.isalnum() for c in unit.text[spot.end : run.outer.start])
        shape = "quote" if near and "quote" in entry.takes and entry.cls == "report" else "np"
        return Draft(
            (run.outer,), unit.runs, shape, Cue(token, entry, spot), spot, who, None, (), None, unit, paragraph, SURE,
            (Reason(entry.rule, spot.of(unit.text), spot), Reason("code:quotes.headline.headline", shape, run.outer)),
        )  # fmt: skip
    return None
