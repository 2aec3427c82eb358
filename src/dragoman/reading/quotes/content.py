"""What is said: the words that a cue reports, in front of it, behind it, or both."""

from __future__ import annotations

from dragoman.knowledge.speech import SpeechNoun
from dragoman.reading.parse import Token
from dragoman.reading.quotes.around import after_cue, before_cue
from dragoman.reading.quotes.behind import complement, quoted_on, run_behind
from dragoman.reading.quotes.cues import Cue
from dragoman.reading.quotes.marks import Run
from dragoman.reading.quotes.stretch import Content, stretch_of
from dragoman.reading.quotes.units import FINITE, OUTSIDE, Unit

# What these verbs introduce is the speaker's word for something, not an utterance: quoted or not, it is never "direct".
PARTIAL = frozenset(("judge", "name", "express", "accuse", "find"))


def content_of(cue: Cue, unit: Unit, cues: frozenset[int] = frozenset()) -> Content | None:
    """The words that ``cue`` reports, or None when it reports none. cues: the tokens of the unit that are cues."""
    if cue.entry is None:
        return according(cue, unit)
    if isinstance(cue.entry, SpeechNoun):
        return noun_clause(cue, cue.entry, unit, cues)
    entry = cue.entry
    run = run_behind(cue, unit) if "quote" in entry.takes else None
    behind = None
    if run is None:
        behind = complement(cue, entry, unit, cues)
    front = before_cue(cue, entry, unit, behind is not None or run is not None)
    shape = "np" if entry.cls in PARTIAL else "quote"
    if run is not None and shape == "quote" and part_of_sentence(run, cue, unit):
        shape = "np"
    if run is not None:
        return Content((*(front or ()), *quoted_on(run, unit)), shape, "code:quotes.behind.run_behind")
    if front is not None:
        rest = after_cue(cue, unit) if behind is None or behind.shape not in ("clause",) else behind.stretches
        return Content((*front, *rest), shape, "code:quotes.around.before_cue")
    return behind


def part_of_sentence(run: Run, cue: Cue, unit: Unit) -> bool:
    """``vowed "revenge"``, ``begged them "not to shoot"``: words without a finite verb that the report's own sentence
    runs into, with no comma or colon in front, are part of an utterance and not one."""
    gap = unit.text[cue.span.end : run.outer.start]
    if any(c in gap for c in ",:—–") or not run.inner.of(unit.text)[:1].islower():
        return False
    return not any(t.tag_ in FINITE for t in unit.tokens if run.inner.contains(unit.passage.span(t)))


def noun_clause(cue: Cue, entry: SpeechNoun, unit: Unit, cues: frozenset[int]) -> Content | None:
    """The clause that hangs on a noun of speech: ``his claim that talks had failed``, ``hope to return``."""
    for child in cue.token.rights:
        if child.dep_ in ("acl", "ccomp", "relcl") and child.i <= unit.last:
            to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts)
            that = any(c.lower_ == "that" and c.dep_ == "mark" for c in child.lefts)
            if (that and "clause" in entry.takes) or (to and "inf" in entry.takes):
                return Content(
                    (stretch_of(child, unit, child.left_edge.i, cues),),
                    "clause" if that else "inf",
                    "code:quotes.content.noun_clause",
                )
    return None


def according(cue: Cue, unit: Unit) -> Content | None:
    """``According to X, S``; ``S, according to X``: the sentence without the phrase."""
    first, last = source_phrase(cue, unit)
    doc = unit.passage.doc
    pieces = []
    for a, b in ((unit.first, first - 1), (last + 1, unit.last)):
        while a <= b and unit.inside[a] == OUTSIDE and (doc[a].is_punct or doc[a].is_space):
            a += 1
        while b >= a and unit.inside[b] == OUTSIDE and (doc[b].is_punct or doc[b].is_space):
            b -= 1
        if a <= b:
            pieces.append(unit.between(a, b))
    if not pieces:
        return None
    return Content(tuple(pieces), "clause", "code:quotes.content.according")


def source_phrase(cue: Cue, unit: Unit) -> tuple[int, int]:
    """First and last token of "according to" with its object, without what a comma sets off."""
    head = according_head(cue)
    if head is None:
        return cue.token.i, cue.token.i + 1
    doc = unit.passage.doc
    last = min(head.right_edge.i, unit.last)
    for i in range(head.i + 1, last + 1):
        if doc[i].text in (",", "—", "–", ";") and unit.outside(doc[i]):
            follower = doc[i + 1] if i + 1 <= unit.last else None
            if follower is not None and any(
                c.dep_ in ("appos", "relcl", "acl") and c.left_edge.i == i + 1 for c in head.subtree
            ):
                continue
            last = i - 1
            break
    return cue.token.i, max(last, cue.token.i + 1)


def according_head(cue: Cue) -> Token | None:
    """The noun after "according to"."""
    to = cue.token.nbor()
    for token in (to, cue.token):
        for child in token.rights:
            if child.dep_ == "pobj":
                return child
    return None
