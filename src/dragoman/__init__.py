"""Reads news reports and keeps a record: who did or said what to whom, when, in which words, and why."""

from dragoman.model import Actor, Event, Failure, Flag, Interval, Quote, Reading, Report, Segment, Span
from dragoman.reader import Reader

__all__ = [
    "Actor",
    "Event",
    "Failure",
    "Flag",
    "Interval",
    "Quote",
    "Reader",
    "Reading",
    "Report",
    "Segment",
    "Span",
]
