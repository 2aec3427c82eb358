"""Facts that bound the day of a report, and what they leave when some of them contradict each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model import Interval, Reason


@dataclass(frozen=True, slots=True)
class Bound:
    """One fact: the report was written within ``window``. Two bounds of the same ``fact`` count once."""

    window: Interval
    fact: str  # whom or what it stands on
    because: Reason


def settle(bounds: Sequence[Bound]) -> tuple[Interval, tuple[Reason, ...]]:
    """The days that most facts allow, and why; a fact that contradicts them is dropped and told so.

    Intervals that meet two by two have days in common, so the largest consistent set is the one over the days that most
    facts cover. When two sets are equally large, both are kept: the window spans them.
    """
    facts: dict[str, Bound] = {}
    for bound in bounds:
        held = facts.get(bound.fact)
        both = held.window.meet(bound.window) if held is not None else bound.window
        if held is None:
            facts[bound.fact] = bound
        elif both is not None and both != held.window:
            facts[bound.fact] = Bound(both, bound.fact, held.because)
    kept = list(facts.values())
    if not kept:
        return Interval(None, None), ()
    ends = [b.window.start or dt.date.min for b in kept] + [b.window.end or dt.date.max for b in kept]
    counts = {day: sum(b.window.contains(day) for b in kept) for day in ends}
    most = max(counts.values())
    tops = sorted(day for day, n in counts.items() if n == most)
    window: Interval | None = None
    for day in tops:
        meet = Interval(None, None)
        for bound in kept:
            if bound.window.contains(day):
                meet = meet.meet(bound.window) or meet
        window = meet if window is None else _span(window, meet)
    assert window is not None
    reasons = []
    for bound in kept:
        if any(bound.window.contains(day) for day in tops):
            reasons.append(bound.because)
        else:
            because = bound.because
            reasons.append(Reason("code:dates.bounds.settle", f"left out, {most} others agree against it: {because.saw}", because.at))
    return window, tuple(reasons)


def _span(a: Interval, b: Interval) -> Interval:
    start = None if a.start is None or b.start is None else min(a.start, b.start)
    return Interval(start, None if a.end is None or b.end is None else max(a.end, b.end))
