"""Two events of two reports: are they one deed? A score, and what spoke for it and against it.

A pair is judged by itself: what else a record holds has no say, so that the order in which reports come in changes
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.record.linking.copies import Alike, Sketches
from dragoman.record.linking.deeds import Deed

Parts = tuple[tuple[str, float], ...]  # what speaks for it or against it, and how much

# Days that two tellings of one deed may lie apart.
WINDOW = 3
# Types that are told one for the other, by the first of each line: an expulsion is a sanction to one and coercion to
# the next; what is signed is agreed. Beside these only events of one type are compared.
KIN = (("SANCTION", "COERCE"), ("AGREE", "SUPPORT", "COOPERATE"))
# What is done by both sides alike, so that either may stand first.
MUTUAL = frozenset({"CONSULT", "AGREE"})

# Where a pair counts as one deed, and from where it is kept at all, so that one can see what nearly was.
SAME = 0.5
KEPT = 0.25


@dataclass(frozen=True, slots=True)
class Weights:
    """What each likeness adds to the score before it is squeezed between 0 and 1.

    Set by hand on tests/cases/linking/developed.yaml; its other half was only measured on.
    """

    start: float = -1.6
    words: float = 7.0  # times the share of the shorter evidence's words that the other has
    no_words: float = -1.2  # not one word in common
    place: float = 1.5
    other_place: float = -3.5
    same_day: float = 1.6
    within: float = 0.6  # days that overlap, but are not known to the day
    day_apart: float = -1.0
    days_apart: float = -2.5
    trigger: float = 0.6
    mode: float = 0.4
    other_mode: float = -0.8
    other_occasion: float = -3.0
    other_type: float = -0.7
    turned: float = -3.0  # who acts in one is acted on in the other, in other words
    people: float = 0.8
    number: float = 1.0
    quote: float = 2.5
    copy: float = 2.5
    report: float = 4.0  # times the share of the shorter report's words that the other has, less what any two share
    any_two: float = 0.3


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Scored:
    """How likely two events are one deed, from 0 to 1, and why."""

    score: float
    reason: str


def kind(type: str) -> str:
    """What events must share to be compared: the first of the types told for one another."""
    return next((line[0] for line in KIN if type in line), type)


def mutual(type: str) -> bool:
    """Whether either side of such a deed may be told first; of signing, which is told as several types, too."""
    return type in MUTUAL or any(type in line and MUTUAL & set(line) for line in KIN)


class Scores:
    """How likely two events are one deed, which are candidates by dyad, kind of type and window of days.

    What is told in the same words, as by forty papers that have it from one wire, is compared once: two reports as
    texts, and two tellings of a deed.
    """

    def __init__(self, sketches: Sketches, weights: Weights = WEIGHTS) -> None:
        """sketches: those of all reports that have one."""
        self._sketches = sketches
        self._weights = weights
        self._telling: dict[str, int] = {}  # number of an event's telling
        self._numbers: dict[Deed, int] = {}
        self._told: dict[tuple[int, int], Parts] = {}
        self._scored: dict[tuple[int, int, Alike], Scored] = {}

    def score(self, a: Deed, b: Deed) -> Scored:
        """Compare two events."""
        held = self._sketches.held
        texts = self._sketches.alike(a.report, b.report) if a.report in held and b.report in held else None
        if texts is None or not texts.copy:
            return self._sum(tuple(_of_events(a, b, self._weights)), texts)
        one, other = self._number(a), self._number(b)
        found = self._scored.get((one, other, texts))
        if found is None:
            if (one, other) not in self._told:
                self._told[one, other] = tuple(_of_events(a, b, self._weights))
            found = self._scored[one, other, texts] = self._sum(self._told[one, other], texts)
        return found

    def _number(self, deed: Deed) -> int:
        number = self._telling.get(deed.id)
        if number is None:
            telling = replace(deed, id="", report="", batch="")
            number = self._telling[deed.id] = self._numbers.setdefault(telling, len(self._numbers))
        return number

    def _sum(self, parts: Parts, texts: Alike | None) -> Scored:
        w = self._weights
        if texts is not None:
            value = round(w.report * (texts.within - w.any_two), 2)
            parts += ((f"{texts.within:.0%} of a report's words", value),)
            parts += (("one report is a copy of the other", w.copy),) if texts.copy else ()
        total = w.start + sum(value for _, value in parts)
        told = "; ".join(f"{what} {value:+.1f}" for what, value in parts if value)
        return Scored(round(1 / (1 + math.exp(-total)), 3), told)


def _of_events(a: Deed, b: Deed, w: Weights) -> Iterator[tuple[str, float]]:
    both = sorted(a.words & b.words)
    shorter = min(len(a.words), len(b.words))
    if both:
        # Of few words one in common says less than of many: two are added to what is divided by.
        yield f"words {', '.join(both[:6])}", round(w.words * len(both) / (shorter + 2), 2)
    else:
        yield "no word in common", w.no_words
    yield _place(a, b, w)
    yield _day(a, b, w)
    if a.trigger == b.trigger:
        yield f"both say {a.trigger}", w.trigger
    if a.mode and b.mode and a.type == b.type:
        yield ("same mode", w.mode) if a.mode == b.mode else (f"{a.mode} and {b.mode}", w.other_mode)
    if a.occasion and b.occasion and a.occasion != b.occasion:
        yield f"{a.occasion} and {b.occasion}", w.other_occasion
    if a.type != b.type:
        yield f"{a.type} and {b.type}", w.other_type
    turned = not (a.sources & b.sources and a.targets & b.targets)
    if turned and a.trigger != b.trigger and not {a.type, b.type} <= MUTUAL:
        yield "the other way round", w.turned
    if a.people & b.people:
        yield f"both name {min(a.people & b.people)}", w.people
    if a.numbers & b.numbers:
        yield f"both count {min(a.numbers & b.numbers)}", w.number
    if a.quotes & b.quotes:
        yield "the same words are quoted", w.quote


def _place(a: Deed, b: Deed, w: Weights) -> tuple[str, float]:
    """Only places below the state tell deeds of one dyad apart."""
    one, other = (_town(d.place) for d in (a, b))
    if one is None or other is None:
        return "", 0.0
    return (f"both in {one}", w.place) if one == other else (f"in {one} and in {other}", w.other_place)


def _town(place: str | None) -> str | None:
    town, comma, _ = (place or "").partition(",")
    return town if comma else None


def _day(a: Deed, b: Deed, w: Weights) -> tuple[str, float]:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return "", 0.0
    if a.own_day and b.own_day and a.first == a.last == b.first == b.last:
        return f"both on {a.first}", w.same_day
    if a.first <= b.last and b.first <= a.last:
        return "days that overlap", w.within
    apart = max((b.first - a.last).days, (a.first - b.last).days)
    return f"{apart} days apart", w.day_apart if apart == 1 else w.days_apart
