"""Deeds that no pattern tells: the relation model over pairs of actors of one sentence.

A pattern that fires decides; the model is asked only about pairs that no pattern joined, and only what it is sure of
becomes a deed. The words that tell it are the lowest predicate over both sides in the parse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from dragoman.knowledge.events import Pattern
from dragoman.model import Actor, Mention, Party, Reason, Span
from dragoman.reading.events.deeds import forum
from dragoman.reading.events.predicates import trigger_span, verb_predicate
from dragoman.reading.events.status import clause_status, worse
from dragoman.reading.events.types import Deed, Scene
from dragoman.reading.parse import DocSpan, Token
from dragoman.relation import Judgement
from dragoman.relation.marked import Ends

# Least share of a type for a deed. Tried on the `seen` half of tests/cases/reports: 0.93 gives precision 0.916 and
# recall 0.785, 0.95 0.923 and 0.781, 0.97 0.930 and 0.777.
SURE = 0.97
# The same where the sentence itself says who is who: one side is the subject of the verb, the other stands in its
# object or in a phrase of it. On the same reports and eight more 5 of 6 such deeds between 0.7 and 0.97 were right.
DIRECT = 0.8
WITHIN = ("to", "with", "from", "against", "of", "for", "on")
# What is said on television or posted on a network is done to nobody.
CHANNELS = frozenset({"MED", "MNC", "BUS", "JRN"})

# Pairs of one sentence that are judged, the nearest first, and the longest sentence (in tokens) that is: a list of
# twenty states makes no deeds.
PAIRS = 6
LONGEST = 90

Named = tuple[Mention, Actor]


class Judge(Protocol):
    """What the relation model does: see ``RelationModel.judge``."""

    def judge(self, sentences: Sequence[tuple[str, Ends | None, Ends | None]]) -> list[Judgement]: ...


@dataclass(frozen=True, slots=True)
class Joined:
    """Two actors of one sentence, in order of text, and the predicate over both."""

    first: Named
    second: Named
    over: Token


def judged_deeds(scene: Scene, sentence: DocSpan, told: Iterable[Deed], judge: Judge) -> list[Deed]:
    """The deeds of a sentence that the model is sure of, between actors that no pattern joined."""
    joined = pairs(scene, sentence, told)
    if not joined:
        return []
    start = scene.passage.start + sentence.start_char
    asked = [(sentence.text, ends(p.first, start), ends(p.second, start)) for p in joined]
    out: list[Deed] = []
    for pair, judgement in zip(joined, judge.judge(asked), strict=True):
        share = judgement.probabilities[judgement.best_type]
        enough = DIRECT if direct(scene, pair) else SURE
        if judgement.best_type == "ACCUSE" and forum(((Party(pair.second[0].span, None), pair.second[1]),)):
            continue  # a council that one complains to is not accused
        if share >= enough and all(d.predicate.token != pair.over for d in out):
            out.append(deed(scene, pair, judgement))
    return out


def pairs(scene: Scene, sentence: DocSpan, told: Iterable[Deed]) -> list[Joined]:
    """Pairs of actors of two codes that stand near each other below one predicate that tells nothing yet."""
    if len(sentence) > LONGEST:
        return []
    within = Span(scene.passage.start + sentence.start_char, scene.passage.start + sentence.end_char)
    named = [(m, a) for m, a in scene.cast.within(within) if a.code is not None]
    deeds = [d for d in told if within.overlaps(d.trigger)]
    taken = {frozenset({a.code, b.code}) for d in deeds for _, a in d.source for _, b in d.target}
    spoken = {t for d in deeds for t in d.predicate.words}
    near: dict[frozenset[str | None], Joined] = {}
    for one, two in sorted(combinations(named, 2), key=lambda p: p[1][0].span.start - p[0][0].span.end):
        codes = frozenset({one[1].code, two[1].code})
        if len(codes) < 2 or codes in taken or codes in near or one[0].span.overlaps(two[0].span):
            continue
        over = predicate_over(head(scene, one[0]), head(scene, two[0]))
        if over is not None and over not in spoken:
            near[codes] = Joined(one, two, over)
    return list(near.values())[:PAIRS]


def head(scene: Scene, mention: Mention) -> Token | None:
    """The word of a mention that the others hang on."""
    tokens = scene.passage.tokens_in(mention.span)
    return next((t for t in tokens if t.head == t or t.head not in tokens), None)


def predicate_over(one: Token | None, two: Token | None) -> Token | None:
    """The lowest verb over both; None where one hangs on the other, or no verb stands over both."""
    if one is None or two is None:
        return None
    above = [one, *one.ancestors]
    lowest = next((t for t in (two, *two.ancestors) if t in above), None)
    if lowest is None or lowest in (one, two):
        return None
    return next((t for t in (lowest, *lowest.ancestors) if t.pos_ == "VERB"), None)


def direct(scene: Scene, pair: Joined) -> bool:
    """Whether the first side is the verb's subject and the second stands in its object or phrases, not in a clause."""
    if any(a.sector in CHANNELS for _, a in (pair.first, pair.second)):
        return False
    subject, other = head(scene, pair.first[0]), head(scene, pair.second[0])
    if subject is None or other is None or subject.head != pair.over or subject.dep_ != "nsubj":
        return False
    below = other
    while below.head != pair.over:
        if below.pos_ in ("VERB", "AUX") or (below.dep_ == "prep" and below.lower_ not in WITHIN):
            return False
        below = below.head
    return below.dep_ == "dobj" or (below.dep_ == "prep" and below.lower_ in WITHIN)


def between(over: Token, low: Token | None) -> list[Token]:
    """The verbs from a predicate down to a word below it, without the predicate."""
    up = low
    out: list[Token] = []
    while up is not None and up not in (over, up.head):
        if up.pos_ in ("VERB", "AUX"):
            out.append(up)
        up = up.head
    return out


def ends(named: Named, start: int) -> Ends:
    """Where a mention stands in its sentence."""
    return named[0].span.start - start, named[0].span.end - start


def deed(scene: Scene, pair: Joined, judgement: Judgement) -> Deed:
    """What the model holds, as a deed like those of patterns."""
    kind, passage = judgement.best_type, scene.passage
    backward = judgement.backward > max(judgement.mutual, 0.5)
    source, target = (pair.second, pair.first) if backward else (pair.first, pair.second)
    predicate = verb_predicate(pair.over)
    trigger = trigger_span(predicate, passage)
    status, seen = clause_status(pair.over)
    material = scene.ontology.types[kind].quad.startswith("material")
    for verb in between(pair.over, head(scene, pair.second[0])) if material else ():  # "said that aid will go to Chad"
        inner, word = clause_status(verb)
        if worse(status, inner) != status:
            status, seen = inner, word
    if status == "asserted":
        status = judgement.status
    share = judgement.probabilities[kind]
    cameo = scene.ontology.default_code(kind, judgement.mode, judgement.contexts)
    said = f"{kind} {share:.2f}, {'backward' if backward else 'forward'}, {judgement.status}"
    trail = [Reason("code:events.judged.judged_deeds", said, trigger, share)]
    for side, (mention, actor) in (("source", source), ("target", target)):
        trail.append(Reason("code:events.judged.pairs", f"{side}: {actor.name} [{actor.code}]", mention.span))
    if seen:
        trail.append(Reason("code:events.status.clause_status", f"{status}: '{seen}'"))
    return Deed(
        kind, judgement.mode, cameo, judgement.contexts, status,
        ((Party(source[0].span, source[1].id), source[1]),), ((Party(target[0].span, target[1].id), target[1]),),
        predicate, trigger, (trigger, source[0].span, target[0].span), share, tuple(trail), OF_THE_MODEL,
        mutual=judgement.mutual > 0.5,
    )  # fmt: skip


NONE: frozenset[str] = frozenset()
# Stands where the steps after ask which pattern told a deed: one that demands nothing and knows no occasion.
OF_THE_MODEL = Pattern(
    id="relation-model", type="", row="code:events.judged.judged_deeds", verbs=NONE, nouns=NONE, adjectives=NONE,
    particle=NONE, theme=NONE, not_theme=NONE, with_words=NONE, not_with=NONE, needs=(), lacks=(), source=(), target=(),
    mutual=False, lone=False, open_target=False, unsaid=False, same=False, status="asserted", not_sector=NONE,
    occasion="none", mode=None, cameo="", contexts=(), confidence=SURE, examples=(), counter=(),
)  # fmt: skip
