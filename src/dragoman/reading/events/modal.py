"""What one says that another must do: "Iran must free them, the minister said" is the minister's request to Iran."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Actor, Party, Quote, Reason
from dragoman.reading.events.implied import STATE
from dragoman.reading.events.parties import named
from dragoman.reading.events.predicates import verb_predicate
from dragoman.reading.events.syntax import surface_subject
from dragoman.reading.events.types import Deed, Scene
from dragoman.reading.parse import DocSpan, Token

MUST = frozenset({"must", "should", "ought"})
BOUND = STATE | {"REB", "OPP", "PTY"}
# Verbs that tell what follows from something or how it is to be seen, not what somebody shall do: "this should help".
IDLE = frozenset(
    {"be", "see", "know", "remember", "understand", "expect", "note", "mean", "help", "become", "seem", "have"}
)


def demands(scene: Scene, sentence: DocSpan, quotes: tuple[Quote, ...]) -> Iterator[Deed]:
    """One REQUEST for each "must" or "should" whose subject is another's state or group than the speaker."""
    for pattern in scene.known.by_word.get(("verb", "must"), ()):
        for word in sentence:
            verb = word.head
            if word.lower_ not in MUST or word.dep_ != "aux" or verb.lemma_ in IDLE:
                continue
            if any(c.dep_ == "neg" and verb.lemma_ == "allow" for c in verb.children) or asks(verb):
                continue
            at = scene.passage.span(word).cover(scene.passage.span(verb))
            speaker = who_says(scene, verb, quotes)
            subject = surface_subject(verb)
            if speaker is None or subject is None or any(c.dep_ == "auxpass" for c in verb.children):
                continue
            bound = named(subject[0], scene.passage, scene.cast)
            found = tuple(f for f in bound if f[1].code != speaker[1].code and f[1].sector in BOUND)
            if not found or len(found) < len(bound):
                continue
            parts = (at, *(p.span for p, _ in (speaker, *found)))
            near = tuple(s for s in parts if scene.passage.span(sentence).contains(s))
            trail = (
                Reason(pattern.row, f"'{word.text} {verb.text}'", at, pattern.confidence),
                Reason("code:events.modal.demands", f"source: {speaker[1].name}, who says it", speaker[0].span),
                Reason("code:events.modal.demands", f"target: {found[0][1].name} (subject)", found[0][0].span),
            )
            yield Deed(
                pattern.type, pattern.mode, pattern.cameo, pattern.contexts, "asserted", (speaker,), found,
                verb_predicate(verb), at, near, pattern.confidence, trail, pattern,
            )  # fmt: skip


def asks(verb: Token) -> bool:
    """Whether the words only ask or suppose: "should Iran attack", "if it must"; or look back: "should have left"."""
    return (
        verb.sent[-1].text == "?"
        or any(c.dep_ == "mark" and c.lower_ in ("if", "whether", "unless", "why", "because") for c in verb.children)
        or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
        or any(
            c.dep_ == "aux" and c.lower_ == "should" and c.i < min(t.i for t in verb.children) + 1
            for c in verb.children
        )
    )


def who_says(scene: Scene, verb: Token, quotes: tuple[Quote, ...]) -> tuple[Party, Actor] | None:
    """The speaker of the quotation in which the verb stands; None when nobody with a code is known to say it."""
    at = scene.passage.span(verb)
    for quote in quotes:
        if quote.speaker is None or quote.speaker.actor is None or not any(s.contains(at) for s in quote.content):
            continue
        actor = scene.cast[quote.speaker.actor]
        if actor.code is None or actor.sector not in BOUND:
            return None
        return Party(quote.speaker.span, actor.id), actor
    return None
