"""The calendar's own arithmetic: days, weeks from Monday to Sunday, months, years, Easter."""

from __future__ import annotations

import calendar
import datetime as dt

from dragoman.model import Interval

DAY = dt.timedelta(days=1)


def add_days(day: dt.date, n: int) -> dt.date:
    """Stays within the years that a date can have."""
    try:
        return day + dt.timedelta(days=n)
    except OverflowError:
        return dt.date.max if n > 0 else dt.date.min


def add_months(day: dt.date, n: int) -> dt.date:
    """The same day ``n`` months on, or the month's last day when it is shorter."""
    index = day.year * 12 + day.month - 1 + n
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return dt.date.max if n > 0 else dt.date.min
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add(day: dt.date, n: int, unit: str) -> dt.date:
    """``n`` units on (or back): hours and minutes count as no day, a decade as ten years."""
    if unit in ("hour", "minute"):
        return add_days(day, (n + (23 if n > 0 else -23)) // 24 if unit == "hour" and n > 0 else -((-n + 23) // 24))
    days = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}.get(unit)
    if days is not None:
        return add_days(day, n * days)
    return add_months(day, n * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])


def on_or_before(day: dt.date, weekday: int) -> dt.date:
    return add_days(day, -((day.weekday() - weekday) % 7))


def on_or_after(day: dt.date, weekday: int) -> dt.date:
    return add_days(day, (weekday - day.weekday()) % 7)


def week(day: dt.date, shift: int = 0) -> Interval:
    """The week from Monday to Sunday that holds ``day``, ``shift`` weeks on."""
    monday = add_days(day, -day.weekday() + 7 * shift)
    return Interval(monday, add_days(monday, 6))


def unit_of(day: dt.date, unit: str, shift: int = 0) -> Interval:
    """The calendar week, month, quarter, year, decade or century that holds ``day``, ``shift`` of them on."""
    if unit in ("week", "fortnight"):
        return week(day, shift)
    if unit == "weekend":
        saturday = add_days(day, 5 - day.weekday() + 7 * shift)
        return Interval(saturday, add_days(saturday, 1))
    if unit in ("day", "hour", "minute"):
        return Interval.day(add(day, shift, unit))
    moved = add(day, shift, unit)
    if unit == "month":
        return Interval.month(moved.year, moved.month)
    if unit == "quarter":
        first = (moved.month - 1) // 3 * 3 + 1
        return months(moved.year, first, first + 2)
    if unit == "year":
        return Interval.year(moved.year)
    if unit == "decade":
        return years(moved.year // 10 * 10, moved.year // 10 * 10 + 9)
    return years((moved.year - 1) // 100 * 100 + 1, (moved.year - 1) // 100 * 100 + 100)


def months(year: int, first: int, last: int) -> Interval:
    """From the first day of a month to the last day of another; ``last`` before ``first`` is of the next year."""
    return Interval(Interval.month(year, first).start, Interval.month(year + (last < first), last).end)


def years(first: int, last: int) -> Interval:
    return Interval(dt.date(max(first, 1), 1, 1), dt.date(min(max(last, 1), 9999), 12, 31))


def easter(year: int) -> dt.date:
    """Western Easter Sunday (the anonymous Gregorian computus, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> dt.date:
    """The n-th such weekday of a month; -1 is the last."""
    if n < 0:
        last = Interval.month(year, month).end
        assert last is not None
        return add_days(on_or_before(last, weekday), 7 * (n + 1))
    return add_days(on_or_after(dt.date(year, month, 1), weekday), 7 * (n - 1))
