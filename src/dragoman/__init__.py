"""Reads news reports and keeps a record: who did or said what to whom, when, in which words, and why."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from dragoman.model import Actor, Event, Failure, Flag, Interval, Quote, Reading, Report, Segment, Span

if TYPE_CHECKING:
    from dragoman.reader import Reader
    from dragoman.record import Record

__all__ = [
    "Actor",
    "Event",
    "Failure",
    "Flag",
    "Interval",
    "Quote",
    "Reader",
    "Reading",
    "Record",
    "Report",
    "Segment",
    "Span",
]

# Reading needs spaCy and the record needs DuckDB; whoever wants only one of them does not wait for the other.
_LATER = {"Reader": "dragoman.reader", "Record": "dragoman.record"}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(importlib.import_module(_LATER[name]), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
