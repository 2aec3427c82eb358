"""The phrases of data/furniture held against the units of a page."""

from __future__ import annotations

from dragoman.knowledge.furniture import Phrase
from dragoman.model import Reason, Span
from dragoman.reading.segment.page import Label, Page
from dragoman.reading.segment.units import Unit

# Furniture is short. No phrase is tried on more than this many characters (for match "end": the last ones), which also
# bounds what a hostile line can cost.
LONGEST = 500


def label_phrases(page: Page) -> None:
    """Label every unit that a phrase covers, and note what the phrase opens."""
    for n, unit in enumerate(page.units):
        if n in page.labels:
            continue
        short = len(unit.text) <= LONGEST
        for phrase, found in page.known.furniture.tried(unit.words):
            if short and found(unit.text) is None:
                continue  # nearly always so, and soonest seen
            span = held(phrase, unit)
            if span is None:
                continue
            if phrase.match == "end" and phrase.kind == "credit":
                page.credits.setdefault(n, (phrase, span))
                if span.start > unit.span.start + 1:
                    continue  # the words before it are cut from it later
            if allowed(phrase, n, page):
                saw = f"{span.of(page.text)[:60]!r}" + (
                    f" ({phrase.where} of the page)" if phrase.where != "anywhere" else ""
                )
                alone = phrase.kind == "caption" and phrase.match == "end" and span.start <= unit.span.start + 1
                page.labels[n] = Label("credit" if alone else phrase.kind, Reason(phrase.rule, saw, span), phrase.opens)
                break


def held(phrase: Phrase, unit: Unit) -> Span | None:
    """Where the phrase stands in the unit, or None."""
    if unit.words > phrase.words:
        return None
    long = len(unit.text) > LONGEST
    if phrase.match in ("whole", "inside") and long:
        return None
    shift = max(0, len(unit.text) - LONGEST) if phrase.match == "end" else 0
    m = phrase.found(unit.text[shift:] if shift else unit.text[:LONGEST])
    return (
        Span(unit.span.start + shift + m.start(), unit.span.start + shift + m.end())
        if m and m.end() > m.start()
        else None
    )


def allowed(phrase: Phrase, n: int, page: Page) -> bool:
    """Whether the unit stands where the phrase may: top, below, bottom or anywhere."""
    if phrase.where == "top":
        return n < page.first
    if phrase.where == "below":
        return n > page.first
    if phrase.where == "bottom":
        return n > page.first and (n * 3 >= len(page.units) * 2 or n + 12 >= len(page.units))
    return True


def trailing_credit(page: Page, n: int) -> tuple[Span, Reason] | None:
    """Credits after the last sentence of a paragraph that no phrase covers: where they start, to its end."""
    if n not in page.credits:
        return None
    (phrase, span), unit = page.credits[n], page.units[n]
    return span, Reason(phrase.rule, f"{unit.text[span.start - unit.span.start :][:60]!r} at the end", span)
