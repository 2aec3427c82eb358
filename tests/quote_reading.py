"""The quotations of a bare text, for the tests of that stage."""

from __future__ import annotations

import re

from dragoman import Reader
from dragoman.model import Cast, Dated, Interval, Quote, Reason, Report, Segment, Span
from dragoman.reading.quotes import find_quotes

OPEN = Dated(Interval(None, None))


def read(reader: Reader, text: str) -> tuple[Quote, ...]:
    """The quotations of ``text``, each line a paragraph; nobody resolved, so that only this stage is tested."""
    because = Reason("code:segment.segment", "a line")
    lines = tuple(Segment(Span(m.start(), m.end()), "body", because) for m in re.finditer(r"\S(?:[^\n]*\S)?", text))
    return find_quotes(reader.parse(Report(text, "case"), lines), Cast(), OPEN, reader.knowledge)
