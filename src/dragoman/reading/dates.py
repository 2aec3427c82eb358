"""When the report was written; "on Sunday" -> the day of an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Interval, Reason, Report, Segment, Span, When
from dragoman.reading.parse import Passage, Token

DateStage = Callable[[Report, tuple[Segment, ...], Knowledge], Dated]


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Words that name a time, and the days they mean as of the report's day."""

    span: Span
    interval: Interval
    because: Reason


def date_report(report: Report, segments: tuple[Segment, ...], knowledge: Knowledge) -> Dated:
    """The window in which the report was written, and what bounds it (placeholder: only the given day)."""
    if report.published is not None:
        return Dated(Interval.day(report.published), (Reason("code:dates.given", f"{report.published_from}"),))
    return Dated(Interval(None, None))


def date_phrases(passage: Passage, dated: Dated, knowledge: Knowledge) -> tuple[DatePhrase, ...]:
    """Every phrase of time in the passage with its days, in order of text (placeholder: none)."""
    return ()


def when_of(
    trigger: Token, passage: Passage, phrases: Sequence[DatePhrase], dated: Dated, status: str = "asserted"
) -> When | None:
    """The time of the predicate ``trigger``: of the phrase that hangs on it; else open to past or future."""
    return None
