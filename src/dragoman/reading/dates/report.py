"""When the report was written."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Interval, Reason, Report, Segment
from dragoman.reading.dates.bounds import settle
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
    stated = stated_day(report, segments, knowledge.calendar)
    if stated is not None and stated.interval is not None:
        return Dated(stated.interval, (stated.because,))
    bounds = office_bounds(report, segments, knowledge) + past_dates(report, segments, knowledge.calendar)
    window, basis = settle(bounds)
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


def unknown() -> Reason:
    """Nothing in the report says or bounds its day."""
    return Reason(
        "code:dates.report.unknown", "no day given or stated, and nobody named in an office whose days are known"
    )
