"""What the report says that the tables contradict."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Cast, Dated, Flag, Report
from dragoman.reading.parse import Parsed

FlagStage = Callable[[Report, Parsed, Cast, Dated, Knowledge], tuple[Flag, ...]]


def check(report: Report, parsed: Parsed, cast: Cast, dated: Dated, knowledge: Knowledge) -> tuple[Flag, ...]:
    """Placeholder."""
    return ()
