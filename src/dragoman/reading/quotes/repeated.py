"""Headlines and summary lines that quote what the body quotes again."""

from __future__ import annotations

import re

from dragoman.reading.parse import Passage
from dragoman.reading.quotes.draft import Draft, without_marks

WORD = re.compile(r"\w+(?:['’]\w+)*")
# A summary line stands before the report proper, so among its first read passages: headline, one or two such lines.
OPENING = 3


def without_repeats(drafts: list[Draft], passages: list[Passage], text: str) -> list[Draft]:
    """The drafts without those of the headline, or of a one-sentence summary line, that add nothing to the body's.

    A draft there falls when it has words in marks and all of them stand again, capitals aside, inside the marks of one
    later quotation: the body says them whole, with their cue and their listener. Of two such lines that only repeat
    each other the later one is kept.
    """
    quoted = [[" ".join(piece) for piece in _pieces(d, text)] for d in drafts]
    out = []
    for n, draft in enumerate(drafts):
        if quoted[n] and _opens(draft, passages):
            later = [quoted[m] for m, other in enumerate(drafts) if other.paragraph > draft.paragraph]
            if any(all(any(f" {piece} " in f" {p} " for p in pieces) for piece in quoted[n]) for pieces in later):
                continue
        out.append(draft)
    return out


def _pieces(draft: Draft, text: str) -> list[list[str]]:
    """The words of each run of marks in the draft."""
    inner = {r.inner for r in draft.runs if any(s.overlaps(r.outer) for s in draft.stretches)}
    spans = [s for s in without_marks(draft.stretches, draft.runs) if s in inner]
    return [[w.casefold().replace("’", "'") for w in WORD.findall(s.of(text))] for s in spans]


def _opens(draft: Draft, passages: list[Passage]) -> bool:
    """The draft stands in a headline; or in one of the first passages, one sentence told as headlines tell it: "X
    promises", where the report itself says "promised"."""
    passage = passages[draft.paragraph]
    if passage.segment.kind == "headline":
        return True
    present = draft.cue is not None and draft.cue.token.tag_ in ("VBZ", "VBP")
    return draft.paragraph < OPENING and present and sum(1 for _ in passage.doc.sents) == 1
