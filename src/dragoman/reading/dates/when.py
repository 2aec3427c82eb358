"""Which time belongs to which deed."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Dated, Interval, Reason, When
from dragoman.reading.dates.types import DatePhrase
from dragoman.reading.parse import Passage, Token


def when_of(
    trigger: Token,
    passage: Passage,
    phrases: Sequence[DatePhrase],
    dated: Dated,
    status: str = "asserted",
    *,
    lead: When | None = None,
) -> When | None:
    """The time of the predicate ``trigger`` (thin: phrases of its own sentence, else open)."""
    sentence = {t.i for t in trigger.sent}
    for phrase in phrases:
        tokens = passage.tokens_in(phrase.span)
        if tokens and tokens[0].i in sentence:
            return When(phrase.interval, phrase.because) if phrase.known else None
    if status == "planned":
        return When(Interval(dated.window.start, None), Reason("code:dates.when.when_of", "planned: from the report on"))
    if status == "hypothetical":
        return None
    if lead is not None:
        return lead
    return When(Interval(None, dated.window.end), Reason("code:dates.when.when_of", "no time named: up to the report"))
