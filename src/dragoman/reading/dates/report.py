"""When the report was written."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Interval, Reason, Report, Segment


def date_report(report: Report, segments: tuple[Segment, ...], knowledge: Knowledge) -> Dated:
    """The window in which the report was written, and what bounds it."""
    if report.published is not None:
        return Dated(Interval.day(report.published), (given(report),))
    return Dated(Interval(None, None))


def given(report: Report) -> Reason:
    """The day of publication came with the report: from its metadata, an option, or the line's own field."""
    return Reason("code:dates.report.given", f"published {report.published}, says {report.published_from or 'the report'}")
