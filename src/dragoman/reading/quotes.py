"""Whose words, to whom, by which channel."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Cast, Dated, Quote
from dragoman.reading.parse import Parsed

QuoteStage = Callable[[Parsed, Cast, Dated, Knowledge], tuple[Quote, ...]]


def find_quotes(parsed: Parsed, cast: Cast, dated: Dated, knowledge: Knowledge) -> tuple[Quote, ...]:
    """Placeholder."""
    return ()
