"""Greetings, condolences and letters: one event for each recipient, with the occasion."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.knowledge.events import Occasion
from dragoman.model import Reason, Span, When
from dragoman.reading.events.deeds import Deed, Scene
from dragoman.reading.parse import Token


@dataclass(frozen=True, slots=True)
class Open:
    """A round of messages that is under way in the report: its sender's code, and the occasion."""

    sender: str
    occasion: Occasion
    when: When | None = None  # the day of the message that opened the round


def dressed(scene: Scene, deed: Deed, rounds: tuple[Open, ...]) -> tuple[list[Deed], Open | None]:
    """The deed as messages, one for each recipient, when its pattern is of a message; and the round that it opens.

    An occasion is shown by a cue in the sentence; failing that, a lasting occasion of the same sender holds on.
    A pattern that needs an occasion is dropped without one.
    """
    if deed.pattern.occasion == "none" or deed.type != deed.pattern.type:
        return [deed], None
    sender = deed.source[0][1].code or ""
    found = shown(scene, deed.predicate.token)
    if found is not None:
        occasion, at = found
        reason = Reason(occasion.row, f"'{at.of(scene.text)}'", at)
    else:
        held = next((r.occasion for r in reversed(rounds) if r.sender == sender), None)
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
    return out, Open(sender, occasion) if occasion.lasting and found is not None else None


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
