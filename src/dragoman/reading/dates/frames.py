"""What words before a time make of it: since 2014, by Sunday, early in June. Functions named by
data/calendar/frames.yaml.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dragoman.model import Interval
from dragoman.reading.dates import arithmetic as cal
from dragoman.reading.dates.meanings import third

Frame = Callable[[Interval, dt.date, bool], Interval]  # the time, the report's day, whether the verb looks forward


def same(time: Interval, day: dt.date, future: bool) -> Interval:  # noqa: ARG001
    """on, in, at: the time itself."""
    return time


def since(time: Interval, day: dt.date, future: bool) -> Interval:
    """From its first day to the report's day; one that is still to come is open at the end."""
    if time.start is None:
        return Interval(None, None if future else day)
    return Interval(time.start, None if time.start > day or (future and time.start >= day) else day)


def from_on(time: Interval, day: dt.date, future: bool) -> Interval:
    """from Monday on, of a verb that looks forward; told as past it may only say of when ("a video from 2019")."""
    return since(time, day, future) if future else time


def by(time: Interval, day: dt.date, future: bool) -> Interval:
    """Up to its last day: from the report's day when the verb looks forward, else from any day before."""
    if time.end is None:
        return Interval(day if future else None, None)
    return Interval(day, time.end) if future and time.end >= day else Interval(None, time.end)


def before(time: Interval, day: dt.date, future: bool) -> Interval:
    """Up to the day before its first."""
    if time.start is None:
        return Interval(None, None)
    return by(Interval(None, cal.add_days(time.start, -1)), day, future)


def after(time: Interval, day: dt.date, future: bool) -> Interval:
    """From the day after its last; told as past, up to the report's day."""
    if time.end is None:
        return Interval(None, None)
    start = cal.add_days(time.end, 1)
    return Interval(start, None) if future or start > day else Interval(start, day)


def around(time: Interval, day: dt.date, future: bool) -> Interval:  # noqa: ARG001
    """About then: its own length more on both sides, a day counting three."""
    if time.start is None or time.end is None:
        return time
    if time == Interval.year(time.start.year):
        return cal.years(time.start.year - 1, time.start.year + 1)
    more = max(3, (time.end - time.start).days + 1)
    return Interval(cal.add_days(time.start, -more), cal.add_days(time.end, more))


def early(time: Interval, day: dt.date, future: bool) -> Interval:  # noqa: ARG001
    """Its first third."""
    return third(time, "early")


def middle(time: Interval, day: dt.date, future: bool) -> Interval:  # noqa: ARG001
    """Its middle third."""
    return third(time, "mid")


def late(time: Interval, day: dt.date, future: bool) -> Interval:  # noqa: ARG001
    """Its last third."""
    return third(time, "late")


def _edge_days(time: Interval) -> int | None:
    if time.start is None or time.end is None:
        return None
    days = (time.end - time.start).days + 1
    return None if days == 1 else 3 if days <= 7 else 7 if days <= 31 else 61 if days <= 366 else 730


def start(time: Interval, day: dt.date, future: bool) -> Interval:  # noqa: ARG001
    """The start of a year is January and February, of a month its first 7 days, of a week Monday to Wednesday."""
    n = _edge_days(time)
    if n is None or time.start is None:
        return time
    if n == 61:
        return cal.months(time.start.year, time.start.month, (time.start.month % 12) + 1)
    return Interval(time.start, cal.add_days(time.start, n - 1))


def end(time: Interval, day: dt.date, future: bool) -> Interval:  # noqa: ARG001
    """The end of a year is November and December, of a month its last 7 days, of a week Friday to Sunday."""
    n = _edge_days(time)
    if n is None or time.end is None:
        return time
    return Interval(cal.add_days(time.end, 1 - n), time.end)


FRAMES: dict[str, Frame] = {
    "same": same,
    "since": since,
    "from_on": from_on,
    "by": by,
    "until": by,
    "before": before,
    "after": after,
    "around": around,
    "early": early,
    "middle": middle,
    "late": late,
    "start": start,
    "end": end,
}
