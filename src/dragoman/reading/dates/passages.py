"""The phrases of time of a whole report, found once for every stage that asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dragoman.knowledge import Knowledge
from dragoman.model import Dated
from dragoman.reading.dates.phrases import date_phrases
from dragoman.reading.dates.types import DatePhrase
from dragoman.reading.parse import Parsed

Phrases = Mapping[int, tuple[DatePhrase, ...]]  # by the offset at which the passage starts in the report
PhraseStage = Callable[[Parsed, Dated, Knowledge], Phrases]


def all_phrases(parsed: Parsed, dated: Dated, knowledge: Knowledge) -> Phrases:
    """The phrases of time of every read passage."""
    return {p.start: date_phrases(p, dated, knowledge, p.segment.span.of(parsed.text)) for p in parsed}
