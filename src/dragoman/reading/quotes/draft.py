"""A quotation while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Party, Reason, Span
from dragoman.reading.parse import Token
from dragoman.reading.quotes.cues import Cue
from dragoman.reading.quotes.marks import Run
from dragoman.reading.quotes.units import Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """What one cue, or one quotation without a cue, gives. ``stretches`` still hold their marks."""

    stretches: tuple[Span, ...]
    runs: tuple[Run, ...]
    shape: str
    cue: Cue | None
    cue_span: Span | None
    speaker: Party | None
    speaker_token: Token | None
    addressees: tuple[Party, ...]
    channel: Span | None
    unit: Unit
    paragraph: int
    confidence: float
    trail: tuple[Reason, ...]

    @property
    def start(self) -> int:
        return min(s.start for s in self.stretches)


def without_marks(stretches: tuple[Span, ...], runs: tuple[Run, ...]) -> tuple[Span, ...]:
    """The stretches cut at the outer marks of every run in them; pieces without a letter or digit fall away later."""
    out: list[Span] = []
    for stretch in stretches:
        at = stretch.start
        for run in runs:
            if not stretch.overlaps(run.outer):
                continue
            if at < run.outer.start:
                out.append(Span(at, run.outer.start))
            out.append(run.inner)
            at = run.outer.end
        if at < stretch.end:
            out.append(Span(at, stretch.end))
    return tuple(out)


def tidy(spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Without blanks at the edges, and without pieces that hold no word."""
    out = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if any(c.isalnum() for c in text[start:end]):
            out.append(Span(start, end))
    return tuple(out)


def kind_of(stretches: tuple[Span, ...], runs: tuple[Run, ...], shape: str, text: str) -> str:
    """direct: every word inside marks and the cue introduces speech itself; mixed: some words inside; else indirect."""
    mine = [r for r in runs if any(s.overlaps(r.outer) for s in stretches)]
    if not mine:
        return "indirect"
    own = []
    for stretch in stretches:
        at = stretch.start
        for run in mine:
            if stretch.overlaps(run.outer):
                own.append(text[at : max(at, run.outer.start)])
                at = max(at, run.outer.end)
        own.append(text[at : stretch.end])
    if any(c.isalnum() for piece in own for c in piece):
        return "mixed"
    return "direct" if shape == "quote" else "mixed"
