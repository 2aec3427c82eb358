"""A sentence as a parsed passage, and a window from a case's cell."""

from __future__ import annotations

import datetime as dt

from dragoman import Reader
from dragoman.model import Dated, Interval, Reason, Report, Segment, Span
from dragoman.reading.parse import Passage


def parse(reader: Reader, text: str) -> Passage:
    report = Report(text, "test")
    segment = Segment(Span(0, len(text)), "body", Reason("code:segment.segment", "test"))
    return reader.parse(report, (segment,)).passages[0]


def window(published: dt.date | str) -> Dated:
    if isinstance(published, dt.date):
        return Dated(Interval.day(published))
    return Dated(Interval(None, None) if published == "../.." else Interval.parse(published))
