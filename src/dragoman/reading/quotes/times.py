"""When it was said: the time of the saying, never a time that the words themselves name."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.speech import SpeechVerb
from dragoman.model import Cast, Dated, Reason, Span, When
from dragoman.reading.dates import DatePhrase, Phrases, lead_of, when_of
from dragoman.reading.parse import Passage
from dragoman.reading.quotes.carry import same_speaker
from dragoman.reading.quotes.draft import Draft

# Classes of verbs that tell a deed of speech. What somebody thinks, intends or has found is no deed of the day.
SAYING = frozenset(
    ("report", "tell", "ask", "warn", "urge", "promise", "thank", "judge", "accuse", "name", "express", "deny")
)


def times_of(
    drafts: Sequence[Draft], passages: Sequence[Passage], cast: Cast, dated: Dated, phrases_of: Phrases, text: str
) -> list[When | None]:
    """The time of each of ``drafts``, which stand in order of text.

    By a phrase of time that belongs to the cue ("said on Monday"); else, for a saying in the main line of the report,
    the time at which the same speaker was just said to speak in this paragraph, or the time of the report's own news
    (of which the speaker must be part, unless it is of the report's own day);
    else open. A phrase inside reported words is theirs: "our June summit" dates no saying.
    """
    said: dict[int, list[Span]] = {}
    for draft in drafts:
        said.setdefault(draft.paragraph, []).extend(draft.stretches)
    phrases = {
        n: tuple(p for p in phrases_of[passage.start] if not any(s.overlaps(p.span) for s in said.get(n, ())))
        for n, passage in enumerate(passages)
    }
    number = {passage.start: n for n, passage in enumerate(passages)}
    lead = lead_of(passages, lambda passage: phrases[number[passage.start]], dated)
    out: list[When | None] = []
    for n, draft in enumerate(drafts):
        before = _same_turn(n, drafts)
        earlier = (
            out[before] if before is not None and same_speaker(draft.speaker, drafts[before].speaker, text) else None
        )
        if draft.cue is None:
            saw = "said with what the same speaker said before"
            out.append(When(earlier.interval, Reason("code:quotes.times.times_of", saw)) if earlier else None)
            continue
        given = earlier if earlier is not None and _closed(earlier) else None
        if given is None and lead is not None and _of_the_news(draft, lead, passages, cast, dated):
            given = lead
        entry = draft.cue.entry
        deed = isinstance(entry, SpeechVerb) and entry.cls in SAYING
        if not deed or (given is not None and _elsewhen(draft, phrases[draft.paragraph], given)):
            given = None
        out.append(when_of(draft.cue.token, draft.unit.passage, phrases[draft.paragraph], dated, lead=given))
    return out


def _same_turn(n: int, drafts: Sequence[Draft]) -> int | None:
    """The draft before, when it stands in the same paragraph; for one without a cue also in the paragraph before."""
    if n == 0:
        return None
    apart = drafts[n].paragraph - drafts[n - 1].paragraph
    return n - 1 if apart == 0 or (apart == 1 and drafts[n].cue is None) else None


def _of_the_news(draft: Draft, lead: When, passages: Sequence[Passage], cast: Cast, dated: Dated) -> bool:
    """The news is of the day of the report, or the speaker is named in the paragraph that tells it."""
    if lead.interval == dated.window:
        return True
    at, speaker = lead.because.at, draft.speaker
    if at is None or speaker is None or speaker.actor is None:
        return False
    told = next((p.segment.span for p in passages if p.segment.span.contains(at)), at)
    return any(actor.id == speaker.actor for _, actor in cast.within(told))


def _closed(when: When) -> bool:
    return when.interval.start is not None and when.interval.end is not None


def _elsewhen(draft: Draft, phrases: Sequence[DatePhrase], given: When) -> bool:
    """The paragraph has named another time before the cue: what is said there may have been said then."""
    assert draft.cue is not None
    return any(
        p.known and p.span.start < draft.cue.span.start and p.interval.meet(given.interval) is None for p in phrases
    )
