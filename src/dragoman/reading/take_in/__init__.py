"""Bytes -> Report: the only place that makes text. Pure: paths are walked and opened by ``dragoman.intake``."""

from __future__ import annotations

from dragoman.reading.take_in.decode import decode
from dragoman.reading.take_in.jsonl import from_json_line, from_json_object
from dragoman.reading.take_in.kinds import kind_of, refuse_binary
from dragoman.reading.take_in.made import MAX_CHARACTERS, report_of_text
from dragoman.reading.take_in.report import from_html, from_text, page_report
from dragoman.reading.take_in.seen import as_of

__all__ = [
    "MAX_CHARACTERS",
    "as_of",
    "decode",
    "from_html",
    "from_json_line",
    "from_json_object",
    "from_text",
    "kind_of",
    "page_report",
    "refuse_binary",
    "report_of_text",
]
