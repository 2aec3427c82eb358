"""What the stages of dating hand to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Interval, Reason, Report, Segment, Span

DateStage = Callable[[Report, tuple[Segment, ...], Knowledge], Dated]


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Words that name a time, and the days they mean as of the report's day.

    ``interval`` open on both sides: a time is named, but its days cannot be known ("five days after the attack").
    """

    span: Span
    interval: Interval
    because: Reason

    @property
    def known(self) -> bool:
        """Whether anything at all is known of its days."""
        return self.interval.start is not None or self.interval.end is not None
