"""Phrases that count from the report's day: two years ago, in three weeks, the past month."""

from __future__ import annotations

import datetime as dt

from dragoman.model import Interval
from dragoman.reading.dates import arithmetic as cal
from dragoman.reading.dates.meanings.seen import UNKNOWN, Seen, hull


def ago(seen: Seen, day: dt.date) -> Interval | None:
    """two years ago: as exact as the unit (a day; a week around it; that month; that year). nearly and over move
    one end.
    """
    n, unit = seen.number, seen.unit
    if n is None or seen.get("plural"):
        end = around(cal.add(day, -2, unit), unit).end  # "several" is two at least
        return Interval(None, day if end is None else min(day, end))
    then = cal.add(day, -n, unit)
    if seen.approx == "over":
        return Interval(None, then)
    if seen.approx == "under":
        return Interval(then, min(day, cal.add(day, -(n - 1), unit)))
    if seen.approx == "about":
        wide = hull(
            around(cal.add(day, -(n + max(1, n // 10)), unit), unit),
            around(cal.add(day, -(n - max(1, n // 10)), unit), unit),
        )
        return Interval(wide.start, min(day, wide.end or day))
    if unit in ("hour", "minute"):
        return Interval(then, day)
    found = around(then, unit)
    return Interval(found.start, min(day, found.end or day))


def around(then: dt.date, unit: str) -> Interval:
    """A day counted in units, told no more exactly than the unit allows."""
    if unit in ("week", "fortnight"):
        return Interval(cal.add_days(then, -3), cal.add_days(then, 3))
    if unit in ("month", "year"):
        return cal.unit_of(then, unit)
    if unit == "quarter":
        return cal.unit_of(then, "quarter")
    if unit in ("decade", "century"):
        return cal.unit_of(then, "year")
    return Interval.day(then)


def anchored(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """three weeks later, the next day: counted from something whose own day is not known here."""
    return UNKNOWN


def past_span(seen: Seen, day: dt.date) -> Interval | None:
    """the past two weeks: from that long ago to the report's day."""
    n = seen.number
    return Interval(None if n is None or seen.approx == "over" else cal.add(day, -n, seen.unit), day)


def recent_span(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """recent weeks: up to the report's day."""
    return Interval(None, day)


def coming_span(seen: Seen, day: dt.date) -> Interval | None:
    """the next two weeks: from the report's day for that long; the coming weeks have no end."""
    n = None if seen.get("plural") else seen.number  # "the coming days" says no number
    return Interval(day, None if n is None else cal.add(day, n, seen.unit))


def in_units(seen: Seen, day: dt.date) -> Interval | None:
    """in two weeks, of a verb that looks forward: that much on. Of any other it is a duration ("built in two
    weeks").
    """
    n = seen.number
    if not seen.future or n is None:
        return None
    then = cal.add(day, n, seen.unit)
    if seen.get("within") or seen.approx:
        return Interval(day, then)
    found = around(then, seen.unit)
    return Interval(max(day, found.start or day), found.end)
