"""When the report was written."""

from __future__ import annotations

import datetime as dt

from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Interval, Reason, Report, Segment
from dragoman.reading.dates.bounds import Bound, settle_until
from dragoman.reading.dates.offices import office_bounds
from dragoman.reading.dates.stated import dateline, stated_day
from dragoman.reading.dates.told import by_greetings, lead_weekday, past_dates


def date_report(report: Report, segments: tuple[Segment, ...], knowledge: Knowledge) -> Dated:
    """The window in which the report was written, and what bounds it.

    The day that came with it; else the day it states itself; else what its text allows: who is named in which
    office, which dates are told as past, which feast's greetings are sent.
    """
    if report.published is not None:
        return Dated(Interval.day(report.published), (given(report),))
    limit = seen(report)
    refused: tuple[Reason, ...] = () if report.published_from is None else (refusal(report),)
    stated = stated_day(report, segments, knowledge.calendar)
    if stated is not None and stated.interval is not None:
        if limit is None or stated.interval.meet(limit.window) is not None:
            return Dated(stated.interval, (stated.because, *refused))
        saw = f"left out, {limit.because.saw}: {stated.because.saw}"
        refused += (Reason("code:dates.report.seen", saw, stated.because.at),)
        stated = None
    bounds = office_bounds(report, segments, knowledge) + past_dates(report, segments, knowledge.calendar)
    window, basis = settle_until(bounds, limit)
    basis += refused
    if stated is not None:
        weekday = lead_weekday(report, segments, knowledge.calendar)
        day = dateline(stated, window, weekday[0] if weekday is not None else None)
        basis += (stated.because,) if day is None else ()
    else:
        day = by_greetings(report, segments, window, knowledge.calendar)
    if day is not None:
        window, basis = day[0], (*basis, day[1])
    return Dated(window, basis or (unknown(),))


def given(report: Report) -> Reason:
    """The day of publication came with the report: from its metadata, an option, or the line's own field."""
    return Reason(
        "code:dates.report.given", f"published {report.published}, says {report.published_from or 'the report'}"
    )


def seen(report: Report) -> Bound | None:
    """The report was there on the day on which it was fetched or received, so it was written by then.

    One day more is allowed: a clock in another zone of time may be a day ahead.
    """
    if report.seen is None:
        return None
    last = report.seen + dt.timedelta(days=1) if report.seen < dt.date.max else report.seen
    because = Reason("code:dates.report.seen", f"was there on {report.seen}: not after {last}")
    return Bound(Interval(None, last), "seen", because)


def refusal(report: Report) -> Reason:
    """A day of publication that cannot be, as the report was there before it: not taken."""
    return Reason("code:dates.report.refusal", f"left out: {report.published_from}")


def unknown() -> Reason:
    """Nothing in the report says or bounds its day."""
    return Reason(
        "code:dates.report.unknown", "no day given or stated, and nobody named in an office whose days are known"
    )
