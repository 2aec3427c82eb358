"""Quotation marks: which characters open, close, or are apostrophes, inches and strays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model import Span

OPENERS = {"“": "”", "„": "“", "«": "»"}
CLOSERS = "”»"
# Letters left out in front: an apostrophe, though it stands where an opening mark would.
ELIDED = re.compile(r"(?:\d0s|em|til|tis|twas|cause|bout|round|n|cuz|cos|neath|twixt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Words inside one outermost pair of marks. ``outer`` holds the marks too; ``inner`` only the words."""

    outer: Span
    inner: Span
    single: bool  # single marks as the outer ones
    closed: bool  # False: the closing mark never came in this paragraph
    leads: bool = False  # it goes on in the next paragraph, which opens with a mark again
    follows: bool = False  # it goes on from the paragraph before


def pair(text: str, spans: Sequence[Span]) -> list[list[Run]]:
    """The outermost runs of every paragraph (``spans``, in order of text).

    A mark left open runs to its paragraph's end; when the next paragraph begins with an opening mark, the two belong to
    one quotation (the printer's habit of repeating the opening mark in each paragraph of a long speech).
    """
    out: list[list[Run]] = []
    for n, span in enumerate(spans):
        runs = _paragraph(text, span)
        if runs and not runs[-1].closed:
            last = runs[-1]
            upcoming = text[spans[n + 1].start : spans[n + 1].start + 1] if n + 1 < len(spans) else ""
            if upcoming and upcoming in '"“„«':
                runs[-1] = Run(last.outer, last.inner, last.single, False, leads=True)
            elif not _trusted(text, span, last):
                runs.pop()
        if runs and out and out[-1] and out[-1][-1].leads and runs[0].outer.start == span.start:
            first = runs[0]
            runs[0] = Run(first.outer, first.inner, first.single, first.closed, first.leads, follows=True)
        out.append(runs)
    return out


def _trusted(text: str, span: Span, run: Run) -> bool:
    """An opening mark without its closing one is believed where speech begins: at a paragraph's start, after , :"""
    before = text[span.start : run.outer.start].rstrip()
    return not before or before[-1] in ",:"


def _paragraph(text: str, span: Span) -> list[Run]:
    runs: list[Run] = []
    at, end = span.start, span.end
    while at < end:
        c = text[at]
        single = False
        double = text[at : at + 2] in ("``", "''") and at + 2 < end and not text[at + 2].isspace()
        if c in OPENERS or (c == '"' and _opens(text, at, span)) or (double and _opens(text, at, span, 2)):
            close = _closing(text, at, span)
        elif c in "‘'" and _opens_single(text, at, span):
            found = _closing_single(text, at, span)
            if found is None:
                at += 1
                continue
            close, single = found, True
        else:
            at += 1
            continue
        width = 2 if double else 1
        stop = close if close is not None else end
        inner = _strip(text, Span(at + width, stop))
        outer = Span(at, min(stop + width, end) if close is not None else end)
        if len(inner) > 0:
            runs.append(Run(outer, inner, single, close is not None))
        at = max(outer.end, at + 1)
    return runs


def _opens(text: str, at: int, span: Span, width: int = 1) -> bool:
    """A straight mark opens unless it closes nothing: after a digit it is inches, before a blank it is a stray."""
    before = text[at - 1] if at > span.start else " "
    after = text[at + width] if at + width < span.end else " "
    return not after.isspace() and not before.isalnum()


def _closing(text: str, at: int, span: Span) -> int | None:
    """The mark that closes the double mark at ``at``: nested pairs of the same kind are stepped over."""
    if text[at : at + 2] in ("``", "''"):  # two single marks typed for a double one
        found = text.find("''", at + 2, span.end)
        return found if found >= 0 else None
    opener = text[at]
    closer = OPENERS.get(opener, '"')
    depth = 0
    for i in range(at + 1, span.end):
        c = text[i]
        if opener == '"':
            if c == '"' or c == "”":
                return i
        elif c == closer or (c == '"' and depth == 0 and not _opens(text, i, span)):
            if depth == 0:
                return i
            depth -= 1
        elif c == opener:
            # “ again: a nested pair when its own closing mark comes, else a typist's “ for ”
            if text[i - 1].isspace() or text[i - 1] in "([—–‘":
                depth += 1
            else:
                return i
    if depth:  # the nested pair was never closed: the first closing mark was the outer one's
        found = text.find(closer, at + 1, span.end)
        return found if found >= 0 else None
    return None


def _opens_single(text: str, at: int, span: Span) -> bool:
    before = text[at - 1] if at > span.start else " "
    after = text[at + 1] if at + 1 < span.end else " "
    if not (before.isspace() or before in "([—–-/"):
        return False
    if not (after.isalnum() or after in '“"…$£€'):
        return False
    return not ELIDED.match(text, at + 1)


def _closing_single(text: str, at: int, span: Span) -> int | None:
    """The single mark that closes: no letter follows it. After an s it may be a possessive (“the workers’ rights”):
    then a later candidate is preferred, as long as no other quotation opens before it."""
    candidates: list[int] = []
    for i in range(at + 1, span.end):
        c = text[i]
        if c in "’'":
            before = text[i - 1]
            after = text[i + 1] if i + 1 < span.end else " "
            if before.isspace() or after.isalnum():
                if c == "'" and before.isspace() and _opens_single(text, i, span):
                    break
                continue
            candidates.append(i)
            possessive = before == "s" and after == " " and text[i + 2 : i + 3].islower()
            if not possessive:
                break
        elif c == "‘" and _opens_single(text, i, span):
            break
    return candidates[-1] if candidates else None


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
