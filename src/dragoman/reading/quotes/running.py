"""He and she between quotations: the one who has been speaking, not somebody who is only spoken of."""

from __future__ import annotations

from dataclasses import replace

from dragoman.model import Cast, Party, Reason, Span
from dragoman.reading.parse import Token
from dragoman.reading.quotes.draft import Draft
from dragoman.reading.quotes.people import SUBJECTS
from dragoman.reading.quotes.units import Unit

HE, SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
FEMALE, MALE = ("mrs", "ms", "miss", "madam", "queen", "princess", "lady"), ("mr", "king", "prince", "lord", "sir")
FAR = 2  # paragraphs over which a speaker goes on without being named again


def running_speakers(drafts: list[Draft], paragraphs: list[list[Unit]], cast: Cast, text: str) -> list[Draft]:
    """The drafts, with "he" and "she" as the cue's subject given to the last speaker where nobody else can be meant.

    ``Captain X said ... . Boats that Premier Y had hired were fishing off the cape, he said.`` The cue's pronoun is
    X's: Y is named only inside what X reports. Somebody who has meanwhile been the subject of the report's own main
    clause keeps the pronoun that the reading of names gave him.
    """
    out: list[Draft] = []
    last: Draft | None = None
    mistaken: str | None = None  # whom the last pronoun was wrongly given to: the next one will be too
    for draft in drafts:
        word = draft.speaker_token.lower_ if draft.speaker_token is not None else ""
        if draft.speaker is not None and last is not None and last.speaker is not None and word in ("he", "she"):
            near = draft.paragraph - last.paragraph <= FAR
            again = draft.speaker.actor is not None and draft.speaker.actor == mistaken
            change = again or _mistaken(last, draft.speaker, cast, word, text)
            if (
                near
                and change
                and _person(last, word, cast, text)
                and not _rival(last, draft, drafts, paragraphs, cast)
            ):
                mistaken = draft.speaker.actor
                reason = Reason("code:quotes.running.running_speakers", "still the same speaker", last.speaker.span)
                draft = replace(
                    draft, speaker=Party(draft.speaker.span, last.speaker.actor), trail=(*draft.trail, reason)
                )
        if draft.speaker is not None:
            last = draft
            mistaken = mistaken if word in ("he", "she") else None
        out.append(draft)
    return out


def _mistaken(last: Draft, now: Party, cast: Cast, word: str, text: str) -> bool:
    """The pronoun was given to somebody who is named only after the last speaker; or to nobody, though the last
    speaker has been called by it before. One given to somebody further back was given knowingly, as by gender."""
    assert last.speaker is not None
    if now.actor == last.speaker.actor:
        return False
    if now.actor is not None:
        return any(last.speaker.span.end <= m.span.start < now.span.start for m in cast[now.actor].mentions)
    if last.speaker.actor is None:
        return False
    return any(m.span.of(text).casefold() == word for m in cast[last.speaker.actor].mentions)


def _person(last: Draft, word: str, cast: Cast, text: str) -> bool:
    """The last speaker is one person, whom ``word`` can mean."""
    token, speaker = last.speaker_token, last.speaker
    if token is None or speaker is None:
        return False
    other, titles = (SHE, FEMALE) if word == "he" else (HE, MALE)
    words = speaker.span.of(text).casefold().split()
    if any(w.strip(".") in titles for w in words) or token.lower_ in other:
        return False
    if speaker.actor is not None:
        actor = cast[speaker.actor]
        if any(m.span.of(text).casefold() in other for m in actor.mentions):
            return False
        if actor.person is not None:
            return True
    if token.lower_ in HE | SHE:
        return True
    if token.ent_type_ == "PERSON" and token.tag_ == "NNP":
        return not any(c.dep_ == "conj" for c in token.children)
    return token.tag_ == "NN" and bool(words) and words[0] in ("a", "an", "one")


def _rival(last: Draft, draft: Draft, drafts: list[Draft], paragraphs: list[list[Unit]], cast: Cast) -> bool:
    """Somebody else has been the subject of a main clause of the report's own since the last speaker spoke."""
    assert draft.speaker is not None
    assert last.speaker is not None
    contents = [s for d in drafts if last.paragraph <= d.paragraph <= draft.paragraph for s in d.stretches]
    after = last.cue_span.end if last.cue_span is not None else max(s.end for s in last.stretches)
    after = max(after, last.speaker.span.end)
    for n in range(last.paragraph, draft.paragraph + 1):
        for unit in paragraphs[n]:
            for token in unit.tokens:
                spot = unit.passage.span(token)
                if spot.start < after or draft.speaker.span.start <= spot.start:
                    continue
                if _acts(token, unit) and not _inside(spot, contents) and not _same(spot, last.speaker, cast):
                    return True
    return False


def _acts(token: Token, unit: Unit) -> bool:
    if token.dep_ not in SUBJECTS or token.pos_ not in ("PROPN", "NOUN", "PRON") or not unit.outside(token):
        return False
    if token.tag_ in ("NNS", "NNPS") or token.lower_ in ("it", "they", "we", "this", "that", "who", "which", "there"):
        return False
    return token.head.dep_ == "ROOT" or (token.head.dep_ == "conj" and token.head.head.dep_ == "ROOT")


def _inside(spot: Span, contents: list[Span]) -> bool:
    return any(s.contains(spot) for s in contents)


def _same(spot: Span, speaker: Party, cast: Cast) -> bool:
    """The words at ``spot`` name the speaker himself."""
    return speaker.actor is not None and any(a.id == speaker.actor for _, a in cast.at(spot.start))
