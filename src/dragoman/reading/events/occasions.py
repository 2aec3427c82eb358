"""Greetings, condolences and letters: one event for each recipient, with the occasion."""

from __future__ import annotations

from dataclasses import replace

from dragoman.knowledge.events import Occasion
from dragoman.model import Reason, Span
from dragoman.reading.events.types import Deed, Open, Scene
from dragoman.reading.parse import Token

WRITTEN = frozenset({"write", "send", "cable", "message", "letter", "telegram", "note", "tribute", "receive", "pen"})


def dressed(scene: Scene, deed: Deed) -> tuple[list[Deed], Open | None]:
    """The deed as messages, one for each recipient, when its pattern is of a message; and the round that it opens.

    An occasion is shown by a cue in the sentence; failing that, that of a round which is under way holds on. A pattern
    that needs an occasion is dropped without one.
    """
    if deed.pattern.occasion == "none" or deed.type != deed.pattern.type:
        return [deed], None
    found = shown(scene, deed.predicate.token)
    if found is not None:
        occasion, at = found
        reason = Reason(occasion.row, f"'{at.of(scene.text)}'", at)
    else:
        held = under_way(scene, deed)
        if held is None:
            return ([] if deed.pattern.occasion == "needed" else [deed]), None
        occasion, reason = held, Reason(held.row, "the occasion of the messages before")
    changes: dict[str, object] = {}
    if deed.type == "CONSULT":
        changes = {"type": "SUPPORT", "cameo": "051", "mode": None}
    out = [
        replace(deed, target=(one,), occasion=occasion.name, trail=(*deed.trail, reason), **changes)  # type: ignore[arg-type]
        for one in deed.target
    ]
    if found is None or not occasion.lasting or aside(deed.predicate.carrier):
        return out, None
    return out, Open(deed.source, frozenset(a.code for _, a in deed.target), occasion)


def aside(carrier: Token) -> bool:
    """Whether the message is only told in a relative clause: "thanked those who had congratulated him"."""
    return any(t.dep_ in ("relcl", "acl") for t in (carrier, *carrier.ancestors))


def under_way(scene: Scene, deed: Deed) -> Occasion | None:
    """The occasion of the last round of the same sender; of a written message also that of the same recipient, as many
    write to one bereaved or elected.

    What sorrow occasions ("to-one") holds only for messages to the one that the round went to.
    """
    senders = {a.code for _, a in deed.source}
    receivers = {a.code for _, a in deed.target}
    written = deed.predicate.lemma in WRITTEN
    for other in reversed(scene.rounds):
        if written and receivers & other.receivers and not senders & other.receivers:
            return other.occasion
        if senders & {a.code for _, a in other.sender} and not other.occasion.to_one:
            return other.occasion
    return None


def shown(scene: Scene, token: Token) -> tuple[Occasion, Span] | None:
    """The first occasion whose cue stands in the token's sentence, and where."""
    sentence = scene.passage.span(token.sent)
    low = sentence.of(scene.text).lower()
    for occasion in scene.known.occasions:
        for cue in occasion.cues:
            at = low.find(cue)
            if at >= 0 and len(low) == len(sentence):
                return occasion, Span(sentence.start + at, sentence.start + at + len(cue.rstrip()))
    return None
