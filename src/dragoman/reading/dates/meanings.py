"""What each shape of phrase means on a given day. Every function here is a ``means`` of data/calendar/phrases.yaml.

Each takes what the shape saw and the report's day and returns the days meant, or None when they are no date or cannot be told.
``Interval(None, None)`` says: a time, but an unknown one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dragoman.knowledge.calendar import APPROXIMATE, RELATIVE, CalendarWords, Holiday
from dragoman.model import Interval
from dragoman.reading.dates import arithmetic as cal

UNKNOWN = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a shape matched: its slots, and whether the phrase's verb looks back ("past") or forward ("future")."""

    slots: Mapping[str, str]
    tense: str
    words: CalendarWords
    holiday: Holiday | None = None

    def get(self, name: str) -> str | None:
        """The words in a slot, in small letters and single blanks, or None."""
        return self.slots.get(name)

    @property
    def future(self) -> bool:
        return self.tense == "future"

    @property
    def rel(self) -> int:
        """-1 last, 0 this, 1 next."""
        word = self.get("rel") or "this"
        return RELATIVE.get(word.removeprefix("the "), -1 if "previous" in word else 1)

    @property
    def month(self) -> int:
        return self.words.months[(self.get("month") or "").rstrip(".")]

    @property
    def weekday(self) -> int:
        return self.words.weekdays[(self.get("weekday") or "").rstrip(".")]

    @property
    def unit(self) -> str:
        """day, week, month ...; the singular."""
        return self.get("unit") or "day"

    @property
    def number(self) -> int | None:
        """None for a vague one ("several")."""
        word = self.get("number") or "1"
        if word.isdigit():
            return int(word)
        tens, hyphen, ones = word.partition("-")
        return self.words.numbers.get(word) if not hyphen else self.words.numbers[tens] + self.words.numbers[ones]

    @property
    def approx(self) -> str | None:
        """under | over | about | None"""
        word = self.get("approx")
        return next((kind for kind, words in APPROXIMATE.items() if word in words), None)

    @property
    def ordinal(self) -> int:
        nth = self.get("nth") or self.get("q")
        return int(nth) if nth else self.words.ordinals[self.get("ordinal") or "first"]

    def int(self, name: str) -> int | None:
        word = self.get(name)
        return int(word) if word else None


def seen_from(match: re.Match[str], tense: str, words: CalendarWords, holiday: Holiday | None = None) -> Seen:
    """The slots of a match; of a slot that stands in two alternatives, the one that was filled."""
    slots: dict[str, str] = {}
    for name, value in match.groupdict().items():
        if value:
            slots.setdefault(name.partition("__")[0], " ".join(value.casefold().split()))
    return Seen(slots, tense, words, holiday)


Meaning = Callable[[Seen, dt.date], Interval | None]


def _day(year: int, month: int, day: int) -> Interval | None:
    try:
        return Interval.day(dt.date(year, month, day))
    except ValueError:
        return None


def date(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """A day with its year: that day."""
    return _day(seen.int("year") or 1, seen.month, seen.int("day") or 1)


def iso(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """2021-12-30."""
    return _day(seen.int("year") or 1, seen.int("mm") or 1, seen.int("dd") or 1)


def numeric(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """12/30/2021: when day and month cannot be told apart, from the earlier reading to the later one."""
    year, a, b = seen.int("year") or 1, seen.int("n") or 0, seen.int("n2") or 0
    readings = [r for r in (_day(year, a, b), _day(year, b, a)) if r is not None]
    return None if not readings else _hull(readings[0], readings[-1])


def month_day(seen: Seen, day: dt.date) -> Interval | None:
    """A day without its year: the latest one up to the day after the report, or the next one for a verb that looks forward.

    A day beyond the report's day is still last year's only when it is more than one day off: clocks differ.
    """
    options = [o for y in (day.year - 1, day.year, day.year + 1) if (o := _day(y, seen.month, seen.int("day") or 1))]
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
    first = _day(year, seen.month, seen.int("day") or 1) if year else month_day(seen, day)
    if first is None or first.start is None:
        return None
    last = _day(first.start.year, seen.month, seen.int("day2") or 1)
    return None if last is None or last.end is None or last.end < first.start else Interval(first.start, last.end)


def september_11(seen: Seen, day: dt.date) -> Interval | None:  # noqa: ARG001
    """The attacks of 11 September are those of 2001."""
    return Interval.day(dt.date(2001, 9, 11))


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


def weekday(seen: Seen, day: dt.date) -> Interval | None:
    """The last such day up to and including the report's day; the coming one for a verb that looks forward."""
    return Interval.day(cal.on_or_after(day, seen.weekday) if seen.future else cal.on_or_before(day, seen.weekday))


def rel_weekday(seen: Seen, day: dt.date) -> Interval | None:
    """last Friday: the latest one before the report's day. next Friday: that of the week after the report's (weeks end on
    Sunday), except that "coming" is the first one after it. this Friday: that of the report's week."""
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


def rel_unit(seen: Seen, day: dt.date) -> Interval | None:
    """last week, this month, next year. earlier this week ends with the report's day, later this week begins with it."""
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
    """Northern seasons by whole months; a winter bears the year in which it begins. A bare one: the latest begun, or the next."""
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


def ago(seen: Seen, day: dt.date) -> Interval | None:
    """two years ago: as exact as the unit (a day; a week around it; that month; that year). nearly and over move one end."""
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
        wide = _hull(
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
    """in two weeks, of a verb that looks forward: that much on. Of any other it is a duration ("built in two weeks")."""
    n = seen.number
    if not seen.future or n is None:
        return None
    then = cal.add(day, n, seen.unit)
    if seen.get("within") or seen.approx:
        return Interval(day, then)
    found = around(then, seen.unit)
    return Interval(max(day, found.start or day), found.end)


def nth_day(seen: Seen, day: dt.date) -> Interval | None:
    """on the 5th: the latest 5th up to the report's day, or the next one."""
    n = seen.int("day") or 1
    for shift in (0, 1, 2) if seen.future else (0, -1, -2):
        base = cal.add_months(day.replace(day=1), shift)
        found = _day(base.year, base.month, n)
        if (
            found is not None
            and found.start is not None
            and (found.start >= day if seen.future else found.start <= day)
        ):
            return found
    return None


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


def third(whole: Interval, edge: str) -> Interval:
    """Early, mid or late in an interval: thirds of a year (four months), of a month (10 days), of a week (three days at its
    start, four at its end); a single day stays whole."""
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


def _hull(a: Interval, b: Interval) -> Interval:
    starts, ends = (a.start, b.start), (a.end, b.end)
    start = None if None in starts else min(s for s in starts if s is not None)
    return Interval(start, None if None in ends else max(e for e in ends if e is not None))


MEANINGS: dict[str, Meaning] = {
    f.__name__: f
    for f in (
        date, iso, numeric, september_11, month_day, month_days, month_year, month_rel_year, month, rel_month, edge_month, weekday,
        rel_weekday, weekday_of_week, weekend, day_word, rel_unit, before_last, the_unit, year_end, season, ago, anchored,
        past_span, recent_span, coming_span, in_units, nth_day, decade, century, quarter, half, year_range, year, holiday,
    )
}  # fmt: skip
