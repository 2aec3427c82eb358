"""Who "I", "we" and "you" are inside a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model import Cast, Mention, Quote, Reason, Span
from dragoman.reading.parse import Parsed

FIRST = frozenset({"i", "we", "us", "me", "my", "our", "ours", "myself", "ourselves"})
SECOND = frozenset({"you", "your", "yours"})


def with_voices(parsed: Parsed, cast: Cast, quotes: Sequence[Quote]) -> Cast:
    """The cast with further mentions: the first person of a quotation is its speaker, the second its addressees."""
    more: dict[str, list[Mention]] = {}
    for quote in quotes:
        if quote.kind == "indirect":
            continue
        speaker = [quote.speaker.actor] if quote.speaker is not None else []
        for content in quote.content:
            passage = parsed.passage_at(content.start)
            for token in passage.tokens_in(content) if passage is not None else ():
                low = token.lower_
                ids = speaker if low in FIRST else [p.actor for p in quote.addressees] if low in SECOND else []
                span = passage.span(token) if passage is not None else Span(0, 0)
                why = "the speaker" if low in FIRST else "the one spoken to"
                for actor in ids:
                    if actor is not None:
                        reason = Reason("code:events.voices.with_voices", f"'{token.text}' in {quote.id}: {why}", span)
                        more.setdefault(actor, []).append(Mention(span, "pronoun", reason))
    if not more:
        return cast
    actors = tuple(replace(a, mentions=a.mentions + tuple(more.get(a.id, ()))) for a in cast.actors)
    return Cast(actors, cast.unresolved)
