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

    Intervals that meet two by two have days in common, so the largest consistent set is the one over the days that
    most facts cover. When two sets are equally large, both are kept: the window spans them. Two facts that share a
    single day, the one on which an office changed hands, count as parted: more reports recall a predecessor than
    tell of a handover.
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
    ends = [b.window.start or dt.date.min for b in kept] + [_open_end(b.window) for b in kept]
    counts = {day: sum(_covers(b.window, day) for b in kept) for day in ends}
    most = max(counts.values())
    tops = sorted(day for day, n in counts.items() if n == most)
    window: Interval | None = None
    for day in tops:
        meet = Interval(None, None)
        for bound in kept:
            if _covers(bound.window, day):
                meet = meet.meet(bound.window) or meet
        window = meet if window is None else _span(window, meet)
    assert window is not None
    reasons = []
    for bound in kept:
        if any(_covers(bound.window, day) for day in tops):
            reasons.append(bound.because)
        else:
            because = bound.because
            reasons.append(
                Reason(
                    "code:dates.bounds.settle", f"left out, {most} others agree against it: {because.saw}", because.at
                )
            )
    return window, tuple(reasons)


def settle_until(bounds: Sequence[Bound], limit: Bound | None) -> tuple[Interval, tuple[Reason, ...]]:
    """The same where the report is known to have been there by the end of ``limit``: no number of facts outvotes it.

    A fact that leaves no day before that end is left out and told so.
    """
    if limit is None:
        return settle(bounds)
    kept, late = [], []
    for bound in bounds:
        meet = bound.window.meet(limit.window)
        if meet is not None:
            kept.append(Bound(meet, bound.fact, bound.because))
        else:
            saw = f"left out, {limit.because.saw}: {bound.because.saw}"
            late.append(Reason("code:dates.bounds.settle_until", saw, bound.because.at))
    window, basis = settle(kept)
    return window.meet(limit.window) or limit.window, (*basis, *late, limit.because)


def _open_end(window: Interval) -> dt.date:
    """The last day that counts for a consistent set: the one before the end, unless the window is a single day."""
    if window.end is None:
        return dt.date.max
    return window.end if window.start == window.end else window.end - dt.timedelta(days=1)


def _covers(window: Interval, day: dt.date) -> bool:
    return (window.start is None or window.start <= day) and day <= _open_end(window)


def _span(a: Interval, b: Interval) -> Interval:
    start = None if a.start is None or b.start is None else min(a.start, b.start)
    return Interval(start, None if a.end is None or b.end is None else max(a.end, b.end))
