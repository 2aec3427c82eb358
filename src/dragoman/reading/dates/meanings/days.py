"""Phrases that mean a day, or a few: December 30, on Sunday, overnight, at Easter."""

from __future__ import annotations

import datetime as dt

from dragoman.knowledge.calendar import Holiday
from dragoman.model import Interval
from dragoman.reading.dates import arithmetic as cal
from dragoman.reading.dates.meanings.seen import UNKNOWN, Seen, day_of, hull


def date(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """A day with its year: that day."""
    return day_of(seen.int("year") or 1, seen.month, seen.int("day") or 1)


def iso(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """2021-12-30."""
    return day_of(seen.int("year") or 1, seen.int("mm") or 1, seen.int("dd") or 1)


def numeric(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """12/30/2021: when day and month cannot be told apart, from the earlier reading to the later one."""
    year, a, b = seen.int("year") or 1, seen.int("n") or 0, seen.int("n2") or 0
    readings = [r for r in (day_of(year, a, b), day_of(year, b, a)) if r is not None]
    return None if not readings else hull(readings[0], readings[-1])


def september_11(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """The attacks of 11 September are those of 2001."""
    return Interval.day(dt.date(2001, 9, 11))


def month_day(seen: Seen, day: dt.date) -> Interval | None:
    """A day without its year: the latest one up to the day after the report, or the next one for a verb that looks
    forward.

    A day beyond the report's day is still last year's only when it is more than one day off: clocks differ.
    """
    options = [o for y in (day.year - 1, day.year, day.year + 1) if (o := day_of(y, seen.month, seen.int("day") or 1))]
    weekday = seen.get("weekday")
    if weekday is not None:
        fitting = [o for o in options if o.start is not None and o.start.weekday() == seen.weekday]
        if len(fitting) == 1:
            return fitting[0]
    if seen.future:
        return next((o for o in options if o.start is not None and o.start >= day), None)
    limit = cal.add_days(day, 1)
    return next((o for o in reversed(options) if o.start is not None and o.start <= limit), None)


def month_days(seen: Seen, day: dt.date) -> Interval | None:
    """June 5-7: its first day as for month_day, then to its last."""
    year = seen.int("year")
    first = day_of(year, seen.month, seen.int("day") or 1) if year else month_day(seen, day)
    if first is None or first.start is None:
        return None
    last = day_of(first.start.year, seen.month, seen.int("day2") or 1)
    return None if last is None or last.end is None or last.end < first.start else Interval(first.start, last.end)


def nth_day(seen: Seen, day: dt.date) -> Interval | None:
    """on the 5th: the latest 5th up to the report's day, or the next one."""
    n = seen.int("day") or 1
    for shift in (0, 1, 2) if seen.future else (0, -1, -2):
        base = cal.add_months(day.replace(day=1), shift)
        found = day_of(base.year, base.month, n)
        if (
            found is not None
            and found.start is not None
            and (found.start >= day if seen.future else found.start <= day)
        ):
            return found
    return None


def weekday(seen: Seen, day: dt.date) -> Interval | None:
    """The last such day up to and including the report's day; the coming one for a verb that looks forward."""
    return Interval.day(cal.on_or_after(day, seen.weekday) if seen.future else cal.on_or_before(day, seen.weekday))


def rel_weekday(seen: Seen, day: dt.date) -> Interval | None:
    """last Friday: the latest one before the report's day. next Friday: that of the week after the report's (weeks
    end on Sunday), except that "coming" is the first one after it. this Friday: that of the report's week.
    """
    word = seen.get("rel") or ""
    if word in ("the previous", "the following"):
        return UNKNOWN
    if seen.rel < 0:
        return Interval.day(cal.on_or_before(cal.add_days(day, -1), seen.weekday))
    if "coming" in word:
        return Interval.day(cal.on_or_after(cal.add_days(day, 1), seen.weekday))
    monday = cal.week(day, seen.rel).start
    assert monday is not None
    return Interval.day(cal.add_days(monday, seen.weekday))


def weekday_of_week(seen: Seen, day: dt.date) -> Interval | None:
    """Monday of last week."""
    monday = cal.week(day, seen.rel).start
    assert monday is not None
    return Interval.day(cal.add_days(monday, seen.weekday))


def weekend(seen: Seen, day: dt.date) -> Interval | None:
    """This weekend is that of the report's week; the weekend, told as past, the one begun last."""
    if seen.get("rel") is not None:
        return cal.unit_of(day, "weekend", seen.rel)
    this = cal.unit_of(day, "weekend")
    begun = this.start is not None and this.start <= day
    return this if seen.future or begun else cal.unit_of(day, "weekend", -1)


DAY_WORDS = {
    "the day before yesterday": (-2, -2),
    "yesterday": (-1, -1),
    "last night": (-1, -1),
    "overnight": (-1, 0),
    "tomorrow": (1, 1),
    "the day after tomorrow": (2, 2),
}  # any other word is the day itself


def day_word(seen: Seen, day: dt.date) -> Interval | None:
    """today, yesterday, tonight; overnight is the report's day or the one before."""
    first, last = DAY_WORDS.get(seen.get("word") or "", (0, 0))
    return Interval(cal.add_days(day, first), cal.add_days(day, last))


def holiday(seen: Seen, day: dt.date) -> Interval | None:
    """A feast: of the year named; else the latest up to the report's day, or the next one."""
    feast = seen.holiday
    if feast is None:
        return None
    named = seen.int("year")
    if named is not None:
        return Interval.day(feast_day(feast, named))
    options = [feast_day(feast, y) for y in (day.year - 1, day.year, day.year + 1)]
    rel = seen.get("rel")
    if seen.future or (rel and seen.rel > 0):
        return next((Interval.day(o) for o in options if o >= day), None)
    if rel and seen.rel == 0:
        return Interval.day(options[1])
    return next((Interval.day(o) for o in reversed(options) if (o < day if rel else o <= day)), None)


def feast_day(feast: Holiday, in_year: int) -> dt.date:
    """The day of a feast in a year."""
    if feast.day is not None:
        return dt.date(in_year, *feast.day)
    if feast.easter is not None:
        return cal.add_days(cal.easter(in_year), feast.easter)
    n, on, in_month = feast.nth or (1, 0, 1)
    return cal.nth_weekday(in_year, in_month, on, n)
