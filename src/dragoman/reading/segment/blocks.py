"""Blocks of several units: boxes, letters to readers, lists of other stories, menus, tickers."""

from __future__ import annotations

import re

from dragoman.reading.segment.captions import TOLD
from dragoman.reading.segment.datelines import dateline
from dragoman.reading.segment.page import Page
from dragoman.reading.segment.units import Unit

QUOTED = re.compile(r"[“\"«][^”\"»]{0,2000}[”\"»]")
VOICE = re.compile(r"\b(?:we|our|ours|us|you|your|yours)\b", re.IGNORECASE)
ASKING = re.compile(
    r"\b(?:support|donat|contribut|subscri|newsletter|inbox|e-?mail|journalis|reader|member|privacy|sign up|log in"
    r"|account|password|payment|free trial|unlimited|cookies?|consent|terms of|app\b|notification|advertis|unsubscribe"
    r"|reporting|newsroom|follow us)",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d")
COUNTED = re.compile(
    r"[A-Z][\w'’-]*(?: [\w'’-]+){0,4}: [~<>]?\d[\d,.]*(?: ?%| ?(?:million|thousand|km|kg|sq km|tons?))?"
)
HOW = re.compile(r"(?:How|Why|Inside|Meet)\b(?!.*\?)")
NUMBERED = re.compile(r"(\d{1,2})[.)]\s")
# A line of a menu or a form has at most this many words; measured on none, chosen so that no headline (four words and
# more) is one.
MENU_WORDS = 3
# A newsletter's name: every word with a capital, but for small ones.
TITLED = re.compile(r"(?:(?:[A-Z][\w'’&.-]*|of|the|and|in|for|on|to|a|&)(?: |$))+")
REACH = 600  # characters in which the voice of a paragraph is looked for


def voice(unit: Unit) -> bool:
    """It speaks as "we" or to "you", outside quotation marks."""
    return VOICE.search(QUOTED.sub(" ", unit.text[:REACH])) is not None


def asking(unit: Unit) -> bool:
    """It speaks in that voice of what publishers ask for: support, subscriptions, addresses."""
    return voice(unit) and ASKING.search(unit.text[:REACH]) is not None


def close_blocks(page: Page) -> None:
    """Give the lines after an opened box, form or letter its label, up to where the article resumes; and its title."""
    for n in sorted(page.labels):
        if page.labels[n].because.rule.startswith("furniture/newsletters/") and n - 1 > page.first:
            title = page.units[n - 1]
            if n - 1 not in page.labels and 2 <= title.words <= 6 and not title.closed and TITLED.fullmatch(title.text):
                page.label(n - 1, "furniture", "code:segment.blocks.box", f"the title over {page.units[n].text[:40]!r}")
    for n in sorted(page.labels):
        opens = page.labels[n].opens
        if opens in ("block", "letter"):
            _run(page, n, letter=opens == "letter")


def _run(page: Page, opener: int, *, letter: bool) -> None:
    """A box goes on over labelled or very short lines and what asks; a letter over all that says "we" or "you".

    Short lines directly before article text are given back: they may be its headline or a heading.
    """
    end = opener
    n = opener + 1
    above = opener < page.first
    while n < len(page.units):
        unit = page.units[n]
        if n in page.labels:
            if page.labels[n].kind not in ("furniture", "credit", "caption", "byline"):
                break
            end = n
        elif unit.prose or unit.closed:
            if unit.words > 5 and dateline(unit, page.known, early=True, talk=False) is not None:
                break  # an article begins, though it may say "we" itself
            if not (asking(unit) or (letter and voice(unit))):
                # One paragraph of a letter may speak of others; the next ones must take up the voice again.
                after = [u for u in page.units[n + 1 : n + 3] if u.prose]
                if not (letter and not above and any(asking(u) for u in after)):
                    break
            end = n
        elif unit.words <= MENU_WORDS and not unit.bullet and not above:
            end = n
        elif unit.words > MENU_WORDS and not (
            letter and not above and any(asking(u) for u in page.units[n + 1 : n + 3])
        ):
            break
        n += 1
    rule = "code:segment.blocks.letter" if letter else "code:segment.blocks.box"
    opened = page.units[opener].text[:50]
    for n in range(opener + 1, end + 1):
        page.label(n, "furniture", rule, f"goes on from {opened!r} and speaks to the reader or is a label of its form")


def letter() -> str:
    """A letter to readers or an appeal: up to where nobody is addressed as "you" and no "we" speaks."""
    return letter.__doc__ or ""


def box() -> str:
    """A box, form or offer: its first line, labels of a few words, sentences that ask for an address or money."""
    return box.__doc__ or ""


def close_lists(page: Page) -> None:
    """Headlines of other stories under "Read more" and the like, up to where the article resumes.

    A lone paragraph between two such headlines is a teaser's summary; two paragraphs in a row, or one that is followed
    by the end, are the article.
    """
    for n in sorted(page.labels):
        if page.labels[n].opens != "list":
            continue
        heading = page.units[n].text[:50]
        box = page.labels[n].because.rule == "furniture/teasers/figures"
        m = n + 1
        while m < len(page.units):
            unit = page.units[m]
            if m in page.labels:
                if page.labels[m].opens == "list":
                    break
            elif numbered(unit) == m - n:
                pass  # "3. Who won?": the third line of a ranking
            elif unit.prose and (figures(unit) if box else headlike(unit, bottom=n * 3 >= len(page.units) * 2)):
                pass  # a sentence of a box of figures; a headline with a full stop
            elif (unit.prose and (box or not _summary(page, m))) or (
                unit.bullet and (unit.prose or "highlights" in page.labels[n].because.rule)
            ):
                break
            m += 1
        for k in range(n + 1, m):
            page.label(k, "furniture", "code:segment.blocks.close_lists", f"under {heading!r}, a line of another story")


def numbered(unit: Unit) -> int | None:
    """The number before a line of a ranking."""
    m = NUMBERED.match(unit.text[:6])
    return int(m.group(1)) if m else None


def figures(unit: Unit) -> bool:
    """A sentence of a box of figures: three numbers or more, and hardly more than five words to each."""
    numbers = sum(1 for w in unit.text.split()[:80] if DIGITS.search(w))
    return numbers >= 3 and unit.words <= 9 * numbers


def headlike(unit: Unit, *, bottom: bool) -> bool:
    """Another story's headline that ends in a full stop: "How a state ran dry."; far down also any in the present."""
    if unit.words > 16 or QUOTED.search(unit.text):
        return False
    return HOW.match(unit.text) is not None or (bottom and TOLD.search(unit.text) is None)


def _summary(page: Page, n: int) -> bool:
    """A teaser's summary: a single paragraph whose neighbours are unclosed lines, with two more such lines to come."""
    rest = page.units[n + 1 : n + 8]
    unclosed = [u for u in rest if not u.prose]
    return (
        n * 2 > len(page.units)
        and bool(rest)
        and not rest[0].prose
        and not page.units[n - 1].prose
        and len(unclosed) * 2 >= len(rest)
        and page.units[n].words <= 45
    )


def label_menus(page: Page) -> None:
    """Four or more lines of at most three words in a row, above or below the article: a menu, a tag list, a form."""
    _runs(
        page,
        4,
        lambda u: u.words <= MENU_WORDS and not u.closed and not u.bullet,
        outside=True,
        what="short lines in a row",
    )


def label_tickers(page: Page) -> None:
    """Three or more short lines in a row of which half are numbers: market figures, scores, a box of statistics."""

    def numbers(unit: Unit) -> bool:
        words = unit.text.split() if len(unit.text) < 120 else []
        return (
            bool(words)
            and len(words) <= 7
            and not unit.bullet
            and sum(1 for w in words if DIGITS.search(w)) * 3 >= len(words)
        )

    _runs(page, 3, numbers, outside=False, what="lines of numbers in a row")
    _runs(page, 3, counted, outside=False, what="names with a number each")


def counted(unit: Unit) -> bool:
    """ "Stations open: 8,273": up to five words, a colon and a count; sums of money are what reports tell."""
    return COUNTED.fullmatch(unit.text[:80]) is not None


def _runs(page: Page, least: int, fits: object, *, outside: bool, what: str) -> None:
    assert callable(fits)
    first, last = page.first, page.last
    start = 0
    while start < len(page.units):
        end = start
        count = 0
        while end < len(page.units) and (fits(page.units[end]) or (end in page.labels and page.units[end].words <= 6)):
            count += 1
            end += 1
        placed = not outside or end <= first or start > last
        if (
            count >= least
            and placed
            and not (start and page.units[start - 1].text.endswith(":") and start - 1 not in page.labels)
        ):
            rule = "code:segment.blocks.label_menus" if outside else "code:segment.blocks.label_tickers"
            for n in range(start, end):
                page.label(n, "furniture", rule, f"{count} {what}")
        start = max(end, start + 1)
