"""A paragraph as sentences that never end inside a quotation."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from dragoman.model import Span
from dragoman.reading.parse import Passage, Token
from dragoman.reading.quotes.marks import Run

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
OUTSIDE, MARK = -1, -2


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence around its quotations: tokens ``first`` to ``last`` (both in) of the passage."""

    passage: Passage
    text: str  # the report's, so that any span reads itself out of it
    first: int
    last: int
    runs: tuple[Run, ...]
    inside: tuple[int, ...]  # for each token of the passage: number of its run in the passage, or OUTSIDE, or MARK

    @property
    def tokens(self) -> list[Token]:
        return [self.passage.doc[i] for i in range(self.first, self.last + 1)]

    def outside(self, token: Token) -> bool:
        """The token is the report's own word."""
        return self.inside[token.i] == OUTSIDE

    @property
    def bare(self) -> bool:
        """Nothing but quotations: no word of the report's own."""
        return bool(self.runs) and not any(
            self.inside[t.i] == OUTSIDE and any(c.isalnum() for c in t.text) for t in self.tokens
        )

    def span(self) -> Span:
        doc = self.passage.doc
        return self.passage.span(doc[self.first : self.last + 1])

    def between(self, first: int, last: int) -> Span:
        """The characters from token ``first`` to token ``last``, both in."""
        return self.passage.span(self.passage.doc[first : last + 1])

    def run_of(self, token: Token) -> Run | None:
        """The quotation that a token, a mark of it too, stands in."""
        spot = self.passage.span(token)
        n = bisect_right(self.runs, spot.start, key=lambda r: r.outer.end)
        return self.runs[n] if n < len(self.runs) and self.runs[n].outer.overlaps(spot) else None

    def tokens_of(self, run: Run) -> list[Token]:
        """The tokens of one of its quotations."""
        some = self.passage.tokens_in(run.outer)
        return [t for t in some if self.first <= t.i <= self.last and self.run_of(t) == run]


def units_of(passage: Passage, runs: list[Run], text: str) -> list[Unit]:
    """The passage's sentences, with those joined that the parser cut inside a quotation or between it and its cue."""
    doc = passage.doc
    inside = _inside(passage, runs)
    bounds: list[list[int]] = []
    for sent in doc.sents:
        first, last = sent.start, sent.end - 1
        while first > 0 and bounds and bounds[-1][0] < first - 1 and _opening(passage, runs, inside, first - 1):
            first -= 1
            bounds[-1][1] = first - 1
        if bounds and (
            _cut(passage, runs, inside, bounds[-1][1], first) or _cue_left_over(passage, inside, first, last)
        ):
            bounds[-1][1] = last
        else:
            bounds.append([first, last])
    bounds = _closing_marks_back(passage, inside, bounds)
    out, n = [], 0
    for first, last in bounds:
        end = passage.span(doc[last]).end
        mine = []
        while n < len(runs) and runs[n].outer.start < end:
            mine.append(runs[n])
            n += 1
        out.append(Unit(passage, text, first, last, tuple(mine), inside))
    return out


def _inside(passage: Passage, runs: list[Run]) -> tuple[int, ...]:
    out = [OUTSIDE] * len(passage.doc)
    n = 0
    for token in passage.doc:
        spot = passage.span(token)
        while n < len(runs) and runs[n].outer.end <= spot.start:
            n += 1
        if n < len(runs) and runs[n].outer.start < spot.end:
            words = runs[n].inner.start < spot.end and spot.start < runs[n].inner.end
            out[token.i] = n if words else MARK
    return tuple(out)


def _cut(passage: Passage, runs: list[Run], inside: tuple[int, ...], before: int, after: int) -> bool:
    """The boundary between tokens ``before`` and ``after`` lies inside a run, or a small letter follows the run."""
    a, b = inside[before], inside[after]
    if a >= 0 and a == b:
        return True
    left, right = passage.span(passage.doc[before]), passage.span(passage.doc[after])
    first = max(bisect_right(runs, left.start, key=lambda r: r.outer.start) - 1, 0)
    for run in runs[first : first + 3]:
        if run.outer.start < left.end and right.start < run.outer.end:
            return True
        if run.outer.start > right.end:
            break
    return a != OUTSIDE and passage.doc[after].text[:1].islower()


def _cue_left_over(passage: Passage, inside: tuple[int, ...], first: int, last: int) -> bool:
    """“Will you?” Smith asked. The parser ends a sentence at the question mark and leaves the cue alone."""
    if first == 0 or inside[first - 1] == OUTSIDE or inside[first] != OUTSIDE:
        return False
    doc = passage.doc
    mark = next((doc[i] for i in range(first - 1, -1, -1) if inside[i] >= 0), None)
    if mark is None or not mark.text.endswith(("?", "!", ",", "—", "–", "…")):
        return False
    verb = next((doc[i] for i in range(first, min(last, first + 10) + 1) if doc[i].pos_ == "VERB"), None)
    if verb is None:
        return False
    if verb.i == first and verb.text.islower():
        return True  # "Is this a truce?" asked the mayor: what looks like an object is the speaker
    return not any(c.dep_ in ("ccomp", "xcomp", "dobj") and c.i > verb.i for c in verb.children)


def _opening(passage: Passage, runs: list[Run], inside: tuple[int, ...], i: int) -> bool:
    """Token ``i`` is an opening mark, which the parser left at the end of the sentence before."""
    if inside[i] != MARK:
        return False
    spot = passage.span(passage.doc[i])
    n = bisect_right(runs, spot.start, key=lambda r: r.outer.start) - 1
    return n >= 0 and spot.end <= runs[n].inner.start


def _closing_marks_back(passage: Passage, inside: tuple[int, ...], bounds: list[list[int]]) -> list[list[int]]:
    """A closing mark that the parser put at the head of the next sentence goes back to the words it closes."""
    for n in range(1, len(bounds)):
        first, last = bounds[n]
        while first <= last and inside[first] == MARK and inside[first - 1] != OUTSIDE and _closes(passage, first):
            first += 1
        bounds[n - 1][1] = first - 1
        bounds[n][0] = first
    return [b for b in bounds if b[0] <= b[1]]


def _closes(passage: Passage, i: int) -> bool:
    doc = passage.doc
    return doc[i].idx == doc[i - 1].idx + len(doc[i - 1])
