"""The judgement of a whole page: each unit in order, with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Reason, Report, Segment, Span
from dragoman.reading.segment import datelines
from dragoman.reading.segment.units import Unit, units

SegmentStage = Callable[[Report, Knowledge], tuple[Segment, ...]]

SPEAKER = re.compile(r"[A-Z][A-Z.'’ -]{1,40}:\s")


def segment(report: Report, knowledge: Knowledge) -> tuple[Segment, ...]:
    """Cut ``report.text`` into segments and say what each is; they hold every non-blank character.

    One segment is one paragraph (a passage of the parse later); a dateline and the paragraph it heads are two.
    """
    pieces = units(report.text)
    out: list[Segment] = []
    for piece in pieces:
        out += _split(piece, Segment(piece.span, "body", Reason("code:segment.page.segment", "text of the article")), knowledge)
    return tuple(out)


def _split(unit: Unit, whole: Segment, knowledge: Knowledge) -> list[Segment]:
    if (why := datelines.wreck(unit, knowledge)) is not None:
        return [Segment(unit.span, "furniture", why)]
    found = datelines.dateline(unit, knowledge, early=True, talk=False)
    if found is None:
        return [whole]
    span, why = found
    rest = Span(span.end, unit.span.end)
    while rest.start < rest.end and unit.text[rest.start - unit.span.start].isspace():
        rest = Span(rest.start + 1, rest.end)
    return [Segment(span, "dateline", why), Segment(rest, whole.kind, whole.because)]
