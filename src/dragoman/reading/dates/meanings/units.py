"""Phrases that mean a week, a month, a season, a year or more."""

from __future__ import annotations

import datetime as dt

from dragoman.model import Interval
from dragoman.reading.dates import arithmetic as cal
from dragoman.reading.dates.meanings.seen import Seen


def month_year(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """June 2021."""
    return Interval.month(seen.int("year") or 1, seen.month)


def month_rel_year(seen: Seen, day: dt.date) -> Interval | None:
    """June last year."""
    return Interval.month(day.year + seen.rel, seen.month)


def month(seen: Seen, day: dt.date) -> Interval | None:
    """A bare month: the latest that is not after the report's own month; the next one for a verb that looks forward."""
    if seen.future:
        return Interval.month(day.year + (seen.month < day.month), seen.month)
    return Interval.month(day.year - (seen.month > day.month), seen.month)


def rel_month(seen: Seen, day: dt.date) -> Interval | None:
    """last June: the latest before the report's month; next June: the first after it; this June: this year's."""
    if seen.rel < 0:
        return Interval.month(day.year - (seen.month >= day.month), seen.month)
    if seen.rel > 0:
        return Interval.month(day.year + (seen.month <= day.month), seen.month)
    return Interval.month(day.year, seen.month)


def edge_month(seen: Seen, day: dt.date) -> Interval | None:
    """early May: days 1-10; mid 11-20; late from 21."""
    year = seen.int("year")
    whole = Interval.month(year, seen.month) if year else month(seen, day)
    return None if whole is None else third(whole, seen.get("edge") or "")


def rel_unit(seen: Seen, day: dt.date) -> Interval | None:
    """last week, this month, next year. earlier this week ends with the report's day, later this week begins with
    it.
    """
    whole = cal.unit_of(day, seen.unit, seen.rel)
    edge = seen.get("edge")
    if edge in ("earlier", "later") and whole.contains(day):
        return Interval(whole.start, day) if edge == "earlier" else Interval(day, whole.end)
    return third(whole, edge or "")


def before_last(seen: Seen, day: dt.date) -> Interval | None:
    """the week before last."""
    return cal.unit_of(day, seen.unit, -2)


def the_unit(seen: Seen, day: dt.date) -> Interval | None:
    """(the end of) the year: the report's own."""
    return cal.unit_of(day, seen.unit)


def year_end(seen: Seen, day: dt.date) -> Interval | None:
    """year-end: the last day of the report's year."""
    end = cal.unit_of(day, seen.unit).end
    return None if end is None else Interval.day(end)


def season(seen: Seen, day: dt.date) -> Interval | None:
    """Northern seasons by whole months; a winter bears the year in which it begins. A bare one: the latest begun,
    or the next.
    """
    first, last = seen.words.seasons[seen.get("season") or "summer"]
    year = seen.int("year")
    if year is not None:
        return cal.months(year, first, last)
    around = [cal.months(day.year + shift, first, last) for shift in (-2, -1, 0, 1)]
    if seen.get("rel") is not None and seen.rel == 0:
        return next((s for s in around if s.contains(day)), cal.months(day.year, first, last))
    if seen.future or (seen.rel > 0 and seen.get("rel")):
        return next(
            (
                s
                for s in around
                if (s.start is not None and s.start >= day) or (s.contains(day) and not seen.get("rel"))
            ),
            None,
        )
    done = bool(seen.get("rel"))  # last summer is over; the summer may be this one
    past = [
        s for s in around if s.end is not None and s.start is not None and (s.end < day if done else s.start <= day)
    ]
    return past[-1] if past else None


def decade(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """the late 1990s: its last four years; early the first four; '80s are of the twentieth century."""
    short = seen.int("short")
    first = 1900 + short if short is not None else seen.int("year") or 1
    if first % 10:
        return None
    edge = (seen.get("edge") or seen.get("edge2") or "").strip(" -")
    shift = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(edge, (0, 9))
    return cal.years(first + shift[0], first + shift[1])


def century(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """the 19th century: 1801-1900."""
    last = seen.ordinal * 100
    shift = {"early": (99, 66), "mid": (66, 33), "late": (33, 0)}.get((seen.get("edge") or "").strip(" -"), (99, 0))
    return None if not 1 <= seen.ordinal <= 21 else cal.years(last - shift[0], last - shift[1])


def _year_named(seen: Seen, day: dt.date) -> int | None:
    year = seen.int("year")
    if year is not None:
        return year
    return day.year + seen.rel if seen.get("rel") else None


def quarter(seen: Seen, day: dt.date) -> Interval | None:
    """the third quarter: of the year named; else the latest begun, or the next one."""
    q = seen.ordinal
    if not 1 <= q <= 4:
        return None
    year = _year_named(seen, day)
    if year is None:
        year = day.year
        whole = cal.months(year, 3 * q - 2, 3 * q)
        if not seen.get("theyear"):
            if seen.future and whole.end is not None and whole.end < day:
                year += 1
            if not seen.future and whole.start is not None and whole.start > day:
                year -= 1
    return cal.months(year, 3 * q - 2, 3 * q)


def half(seen: Seen, day: dt.date) -> Interval | None:
    """the first half of 2021."""
    if not 1 <= seen.ordinal <= 2:
        return None
    return cal.months(_year_named(seen, day) or day.year, 6 * seen.ordinal - 5, 6 * seen.ordinal)


def year_range(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """2014-15, 2019-2021."""
    first = seen.int("year") or 1
    short, last = seen.int("short"), seen.int("year2")
    end = first // 100 * 100 + short if short is not None else last or first
    return cal.years(first, end) if first < end else None


def year(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """2016; mid-2019 is May to August, early and late the four months before and after."""
    return third(Interval.year(seen.int("year") or 1), seen.get("edge") or "")


def third(whole: Interval, edge: str) -> Interval:
    """Early, mid or late in an interval: thirds of a year (four months), of a month (10 days), of a week (three
    days at its start, four at its end); a single day stays whole.
    """
    start, end = whole.start, whole.end
    if edge not in ("early", "mid", "late", "earlier", "later") or start is None or end is None or start == end:
        return whole
    edge = {"earlier": "early", "later": "late"}.get(edge, edge)
    days = (end - start).days + 1
    if days > 3000:
        cut = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}[edge]
        return cal.years(start.year + cut[0], start.year + cut[1])
    if days >= 360:
        cut = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[edge]
        return cal.months(start.year, cut[0], cut[1])
    if days >= 28:
        n = days // 3
    else:
        n = 3 if days == 7 else max(1, days // 3)
    first, second = cal.add_days(start, n), cal.add_days(start, 2 * n if days != 7 else 3)
    return {
        "early": Interval(start, cal.add_days(first, -1)),
        "mid": Interval(first, max(first, cal.add_days(second, -1))),
        "late": Interval(second, end),
    }[edge]
