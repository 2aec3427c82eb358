"""Who did what to whom: candidates from syntax, type from patterns."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Cast, Dated, Event, Quote
from dragoman.reading.parse import Parsed

EventStage = Callable[[Parsed, Cast, tuple[Quote, ...], Dated, Knowledge], tuple[Event, ...]]


def find_events(
    parsed: Parsed, cast: Cast, quotes: tuple[Quote, ...], dated: Dated, knowledge: Knowledge
) -> tuple[Event, ...]:
    """Placeholder."""
    return ()
