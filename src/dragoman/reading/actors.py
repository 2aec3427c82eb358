"""Who is named; which known actor, in which office, on that day."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Cast, Dated
from dragoman.reading.parse import Parsed

ActorStage = Callable[[Parsed, Dated, Knowledge], Cast]


def find_actors(parsed: Parsed, dated: Dated, knowledge: Knowledge) -> Cast:
    """Placeholder."""
    return Cast()
