"""Report -> Segments: headline, dateline, body, caption, furniture."""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Reason, Report, Segment, Span

SegmentStage = Callable[[Report, Knowledge], tuple[Segment, ...]]


def segment(report: Report, knowledge: Knowledge) -> tuple[Segment, ...]:
    """One segment per line, all of it body (placeholder)."""
    return tuple(
        Segment(Span(m.start(), m.end()), "body", Reason("code:segment.segment", "a line"))
        for m in re.finditer(r"\S(?:[^\n]*\S)?", report.text)
    )
