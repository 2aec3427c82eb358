"""The stage itself: the steps in their order, then the cuts within paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Reason, Report, Segment, Span
from dragoman.reading.segment import blocks, captions, datelines, heads, phrases, repeated, rows
from dragoman.reading.segment.page import Page
from dragoman.reading.segment.units import Unit

SegmentStage = Callable[[Report, Knowledge], tuple[Segment, ...]]

SPEAKER = re.compile(r"[A-Z][A-Z.'’ -]{1,40}:\s")

# Each step labels units that no step before it has labelled.
STEPS: tuple[Callable[[Page], None], ...] = (
    rows.label_subjects,
    phrases.label_phrases,  # wordings known from data/furniture
    repeated.label_repeated,  # lines that other reports have too, where that was looked for
    datelines.label_wrecks,
    captions.label_captions,
    rows.label_rows,
    rows.label_comments,
    heads.label_wordless,
    heads.label_breadcrumbs,
    heads.label_repeats,
    blocks.close_blocks,
    blocks.close_lists,
    blocks.label_tickers,
    blocks.label_menus,
    heads.label_headlines,
    heads.label_leftovers,
    heads.label_headings,
)


def segment_with(shared: repeated.Repeated) -> SegmentStage:
    """The stage that also knows which lines reports of one publisher share."""

    def with_shared(report: Report, knowledge: Knowledge) -> tuple[Segment, ...]:
        return segment(report, knowledge, shared)

    return with_shared


def segment(report: Report, knowledge: Knowledge, shared: repeated.Repeated = repeated.NONE) -> tuple[Segment, ...]:
    """Cut ``report.text`` into segments and say what each is; they hold every non-blank character and never overlap.

    One segment is one paragraph (a passage of the parse later). A dateline, the paragraph it heads, and the reporters'
    credits at its end are segments of their own. What no step knows for furniture is body: nothing of an article is
    left out on a mere suspicion.
    """
    page = Page.of(report, knowledge, shared.of(report))
    for step in STEPS:
        step(page)
    talk = sum(1 for u in page.units if SPEAKER.match(u.text[:60])) > 2
    out: list[Segment] = []
    paragraphs = 0
    for n, unit in enumerate(page.units):
        label = page.labels.get(n)
        if label is not None:
            body = unit.span
            if label.skip:
                head = _trimmed(unit, body.start, body.start + label.skip)
                out.append(Segment(head, "furniture", label.because))
                body = _trimmed(unit, body.start + label.skip, body.end)
            out.append(Segment(body, label.kind, label.because))
        else:
            out += _cut(page, n, early=paragraphs < 2, talk=talk)
            paragraphs += unit.prose
    return tuple(out)


def text_of_article() -> str:
    """Body: a paragraph, a list's item or a line that nothing speaks against."""
    return text_of_article.__doc__ or ""


def _cut(page: Page, n: int, *, early: bool, talk: bool) -> list[Segment]:
    """A paragraph of the article as up to three segments: dateline, body, credit."""
    out: list[Segment] = []
    unit = page.units[n]
    start, end = unit.span.start, unit.span.end
    found = datelines.dateline(unit, page.known, early=early, talk=talk) if unit.words > 5 else None
    if found is not None:
        out.append(Segment(found[0], "dateline", found[1]))
        start = found[0].end
    credit = phrases.trailing_credit(page, n)
    if credit is not None and credit[0].start >= start:
        end = credit[0].start
    body = _trimmed(unit, start, end)
    if len(body):
        out.append(Segment(body, "body", Reason("code:segment.stage.text_of_article", "text of the article")))
    if credit is not None and credit[0].start >= start:
        rest = _trimmed(unit, credit[0].start, unit.span.end)
        out.append(Segment(rest, "credit", credit[1]))
    return out


def _trimmed(unit: Unit, start: int, end: int) -> Span:
    text, base = unit.text, unit.span.start
    while start < end and text[start - base].isspace():
        start += 1
    while end > start and text[end - 1 - base].isspace():
        end -= 1
    return Span(start, end)
