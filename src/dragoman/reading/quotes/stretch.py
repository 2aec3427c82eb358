"""Stretches of text that hold what is said."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Span
from dragoman.reading.parse import Token
from dragoman.reading.quotes.people import SUBJECTS
from dragoman.reading.quotes.units import OUTSIDE, Unit


@dataclass(frozen=True, slots=True)
class Content:
    """Stretches of the unit, marks and all, and the function that found them."""

    stretches: tuple[Span, ...]
    shape: str  # quote | clause | inf | ing | np | a preposition
    rule: str


def stretch_of(head: Token, unit: Unit, first: int, cues: frozenset[int]) -> Span:
    """From token ``first`` to the end of the words below ``head``, without the commas and stops at the edges.

    A clause joined by "and" that has a subject and a cue of its own is another report: A said X, and B said Y.
    """
    last = min(max(head.right_edge.i, head.i), unit.last)
    doc = unit.passage.doc
    at = head
    for _ in range(10):
        joined = next((c for c in at.rights if c.dep_ == "conj"), None)
        if joined is None:
            break
        own = any(c.dep_ in SUBJECTS for c in joined.lefts)
        # "said he would order a review and warned of hackers": the tense is the cue's again, not the clause's
        modal = any(c.tag_ == "MD" for c in head.lefts)
        back = not own and joined.tag_ in ("VBD", "VBZ") and not any(c.dep_ == "aux" for c in joined.lefts)
        that = any(c.lower_ == "that" and c.dep_ == "mark" for c in joined.lefts)  # "and that B said so" goes on
        other = own and joined.i in cues and not that
        if (other or (back and (modal or (joined.i in cues and head.lemma_ == "be")))) and unit.outside(joined):
            last = min(last, joined.left_edge.i - 1)
            while last > first and (doc[last].dep_ == "cc" or doc[last].is_punct):
                last -= 1
            break
        at = joined
    while last > first and unit.inside[last] == OUTSIDE and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    while first < last and unit.inside[first] == OUTSIDE and (doc[first].is_punct or doc[first].is_space):
        first += 1
    return whole_runs(unit.between(first, last), unit)


def whole_runs(span: Span, unit: Unit) -> Span:
    for run in unit.runs:
        if run.outer.overlaps(span):
            span = span.cover(run.outer)
    return span
