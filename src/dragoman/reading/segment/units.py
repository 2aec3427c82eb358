"""The pieces that are judged: one per paragraph, a paragraph wrapped over several lines being one."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property

from dragoman.model import Span

# \s would also split at no-break spaces' neighbours; only what ends a line ends a line.
LINE = re.compile(r"[^\n\r\u2028\u2029\f\v\x85]+")
WORD = re.compile(r"\w+(?:['’\-.]\w+)*")
CLOSERS = "\"'”’»)]*_ \u00a0"
SOURCE = re.compile(
    r"\s(?:[(\[][^()\[\]]{2,300}[)\]]|(?:[–—]|--|-) ?[A-Z][\w/]{1,12}|[Ee]nd ?[Ii]tems?\.?"
    r"|(?:-+ ?)?(?:ENDS?|MORE|ends?)(?: ?-+)?|-?(?:30|0)-|[/#*_=~■□●◼]{1,7}|[A-Z]{2,4}(?:/[A-Z]{2,4}){1,3})$"
)
BULLET = re.compile(
    r"(?:(?:19|20)\d\d ?[:–—-]|[•●▪◦‣·*■□►▶✓✔➤–—-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t\u00a0]+\S"
)

# Widths between which text counts as wrapped by hand: mails break at 60-80, PDF columns from about 35, transcripts up
# to 110.
NARROW, WIDE = 35, 115

# A paragraph longer than this is read in parts: the parse holds one passage in memory, and no paragraph of a report
# comes near it.
LONGEST = 20_000

# Of a text of more lines than this, those between the first and the last half of it are taken together as paragraphs
# of LONGEST. No report comes near it; it bounds what a text of a line a word can cost.
MOST_LINES = 10_000


@dataclass(frozen=True)
class Unit:
    """One paragraph or line of the report, without the blanks around it."""

    span: Span
    text: str
    gap: bool  # a blank line stands before it

    @cached_property
    def words(self) -> int:
        """How many words it has; counted in its first 4,000 characters only, which is past every limit used."""
        return len(WORD.findall(self.text[:4000]))

    @cached_property
    def closed(self) -> bool:
        """It ends as a sentence does, a credit in brackets or after a dash left aside ("... he said. (AFP)")."""
        tail = self.text[-400:]
        return _stopped(tail) or _stopped(SOURCE.sub("", tail))

    @cached_property
    def prose(self) -> bool:
        """It reads as text, not as a heading or a label: a closed sentence of six words, or any thirty words."""
        return (self.closed and self.words >= 6) or self.words >= 30

    @cached_property
    def bullet(self) -> bool:
        return BULLET.match(self.text[:40]) is not None

    @cached_property
    def key(self) -> str:
        """What two copies of one line share: its words, casefolded."""
        return " ".join(WORD.findall(self.text[:4000].casefold()))


def _stopped(text: str) -> bool:
    return text.rstrip(CLOSERS)[-1:] in (".", "!", "?", "…")


def units(text: str) -> tuple[Unit, ...]:
    """The paragraphs of ``text`` in order; they hold every non-blank character."""
    lines = [_trim(text, m.start(), m.end()) for m in LINE.finditer(text)]
    lines = _bounded([s for s in lines if len(s)])
    width = _wrap_width(text, lines)
    out: list[Span] = []
    for span in lines:
        if out and _goes_on(text, out[-1], span, width):
            out[-1] = out[-1].cover(span)
        else:
            out.append(span)
    joined = []
    before = 0
    for span in (piece for whole in out for piece in _parts(text, whole)):
        joined.append(Unit(span, span.of(text), _blank_line(text, before, span.start)))
        before = span.end
    return tuple(joined)


def _bounded(lines: list[Span]) -> list[Span]:
    """``lines``, those of the middle of a text with too many of them joined."""
    half = MOST_LINES // 2
    if len(lines) <= MOST_LINES:
        return lines
    out = lines[:half]
    joined = lines[half]
    for span in lines[half + 1 : -half]:
        if span.end - joined.start > LONGEST:
            out.append(joined)
            joined = span
        else:
            joined = Span(joined.start, span.end)
    return [*out, joined, *lines[-half:]]


def _parts(text: str, span: Span) -> list[Span]:
    """``span``, or its parts of at most LONGEST characters, cut after a sentence or else at a blank."""
    parts = []
    start = span.start
    while span.end - start > LONGEST:
        stop = start + LONGEST
        cut = max(text.rfind(mark, start + LONGEST // 2, stop) for mark in (". ", "? ", "! ", ".\n", "” "))
        cut = cut + 1 if cut >= 0 else text.rfind(" ", start + LONGEST // 2, stop)
        piece = _trim(text, start, cut if cut > start else stop)
        parts.append(piece)
        start = max(piece.end, cut if cut > start else stop)
    return [part for part in (*parts, _trim(text, start, span.end)) if len(part)]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _blank_line(text: str, start: int, end: int) -> bool:
    between = text[start:end][:200]
    return between.count("\n") > 1 or between.count("\r") - between.count("\r\n") > 1 or "\u2029" in between


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """The column at which the whole text is wrapped, or None.

    It is wrapped when no line is longer than WIDE and at least a third of the lines that another follows directly end
    within 14 columns of the longest while their sentence goes on, half of those next lines with a small letter.
    """
    widths = [len(s) for s in lines]
    if len(lines) < 4 or not NARROW <= max(widths) <= WIDE:
        return None
    longest = max(widths)
    followed = [(a, b) for a, b in itertools.pairwise(lines) if not _blank_line(text, a.end, b.start)]
    full = [(a, b) for a, b in followed if len(a) >= longest - 14 and not _ends_sentence(text, a)]
    small = sum(1 for a, b in full if text[b.start].islower())
    return longest if len(full) >= 2 and len(full) * 3 >= len(followed) and small * 2 >= len(full) else None


def _ends_sentence(text: str, span: Span) -> bool:
    return text[max(span.start, span.end - 8) : span.end].rstrip(CLOSERS)[-1:] in (".", "!", "?", ":", "")


def _goes_on(text: str, before: Span, line: Span, width: int | None) -> bool:
    """Whether ``line`` continues the paragraph ``before``.

    In a wrapped text: its first word would not have fitted on the line before. In any text: the line before is long,
    breaks off within a sentence, and this one starts with a small letter.
    """
    between = text[before.end : line.start]
    if _blank_line(text, before.end, line.start) or "\t" in between or BULLET.match(text[line.start : line.start + 40]):
        return False
    last = text.rfind("\n", before.start, before.end) + 1
    length = before.end - max(last, before.start)
    if length > WIDE:
        return False
    indent = len(between) - 1 - max(between.rfind("\n"), between.rfind("\r"))
    head = text[line.start : line.start + 60]
    first = head.split()[0] if head.split() else ""
    if width is not None and length + 1 + len(first) > width - 1 and indent < 2:
        return True
    return length >= NARROW and not _ends_sentence(text, before) and first[:1].islower() and indent < 2
