"""Headlines, headings, repeated lines, and what is left over above and below the article."""

from __future__ import annotations

import re
from collections import defaultdict

from dragoman.reading.segment.page import Page
from dragoman.reading.segment.units import WORD, Unit

# A headline or a heading within the text: longer lines without a full stop are text that was cut off.
HEADLINE_WORDS = 32
HEADING_WORDS = 16
LATEST = re.compile(r"(?:latest|top|most|trending|more|breaking|popular|today['’]s|recent)\b.{0,30}$", re.IGNORECASE)
TURN = re.compile(r"[A-Z][\w .'’-]{0,30}:\s")  # a speaker's turn in a transcript, where "Q: Yes?" may come twice
# A line that ends in one of these was cut off within its sentence; no headline does.
CUT_OFF = re.compile(
    r" (?:that|the|an?|of|to|in|on|and|or|for|with|by|from|as|at|its|his|her|their|was|were|is|has|had|who|which),?$"
)
NAMED = re.compile(r"[\"“‘'«(\[]?[A-Z0-9\u00c0-\u024f$£€]")


def label_repeats(page: Page) -> None:
    """A line said before, or lifted word for word out of a paragraph: a repeated headline, a pull quote.

    The first of two equal lines stays; of a line and the paragraph that holds it, the paragraph stays.
    """
    copies: dict[str, list[int]] = defaultdict(list)
    first = page.first
    for n, unit in enumerate(page.units):
        if (
            n not in page.labels
            and unit.words >= 4
            and len(unit.text) <= 4000
            and (n < first or not TURN.match(unit.text))
        ):
            copies[unit.key].append(n)
    for same in copies.values():
        if len(same) > 1:
            kept = next((n for n in same if _heads_something(page, n)), same[0])
            for n in same:
                if n != kept:
                    saw = f"the same words as line {kept + 1}"
                    page.label(n, "furniture", "code:segment.heads.label_repeats", saw)
    _pull_quotes(page)


def _heads_something(page: Page, n: int) -> bool:
    """A byline, a dateline or a paragraph comes next: of several copies above the article, this one is its headline."""
    if n + 1 >= len(page.units):
        return False
    label = page.labels.get(n + 1)
    return page.units[n + 1].prose if label is None else label.kind in ("byline", "dateline")


def label_breadcrumbs(page: Page) -> None:
    """A line that ends in another whole line, after a few words of its own: a path through the site's sections."""
    texts = {u.text for u in page.units if 4 <= u.words <= HEADLINE_WORDS}
    for n, unit in enumerate(page.units):
        if n in page.labels or not 5 <= unit.words <= HEADLINE_WORDS + 6:
            continue
        for at in range(3, min(len(unit.text) - 15, 60)):
            if unit.text[at:] in texts:
                page.label(
                    n,
                    "furniture",
                    "code:segment.heads.label_breadcrumbs",
                    f"{unit.text[:at]!r} before a whole line's words",
                )
                break


def _pull_quotes(page: Page) -> None:
    """One walk over all words: candidates are looked up by their first five, so the cost is the page's length."""
    candidates: dict[tuple[str, ...], list[int]] = defaultdict(list)
    words = {n: u.key.split() for n, u in enumerate(page.units) if n not in page.labels}
    for n, w in words.items():
        if 6 <= len(w) <= 60 and n > page.first:
            candidates[tuple(w[:5])].append(n)
    if not candidates:
        return
    for n, w in words.items():
        for at in range(len(w) - 4):
            for m in candidates.get(tuple(w[at : at + 5]), ()):
                if m != n and len(words[m]) < len(w) and w[at : at + len(words[m])] == words[m]:
                    page.label(
                        m,
                        "furniture",
                        "code:segment.heads.label_repeats",
                        f"a pull quote: its words stand in line {n + 1}",
                    )


def label_headlines(page: Page) -> None:
    """The lines above the first paragraph that have a headline's shape, and the line that is the stated title.

    Lines of one or two words above a longer one are a section's name.
    """
    title = " ".join(WORD.findall((page.report.title or "").casefold()))
    first = page.first
    above = [n for n in range(first) if n not in page.labels]
    if first == len(page.units):
        above = above[:1]
    sized = [n for n in above if page.units[n].words >= 4]
    menu = _menu_above(page, sized)
    for n in above:
        unit = page.units[n]
        if title and unit.key == title:
            page.label(n, "headline", "code:segment.heads.label_headlines", "the title that the report states")
        elif n < menu:
            page.label(
                n,
                "furniture",
                "code:segment.heads.label_headlines",
                f"another story's line above the menu in line {menu + 1}",
            )
        elif masthead(unit, page) and any(m > n for m in sized):
            page.label(n, "furniture", "code:segment.heads.masthead", "the name of a paper above the headline")
        elif unit.words <= 2 and sized and not unit.closed:
            page.label(n, "furniture", "code:segment.heads.label_headlines", "a section's name above the headline")
        elif unit.words <= HEADLINE_WORDS and not unit.bullet and unit.text[-1] not in ".,;:":
            page.label(
                n, "headline", "code:segment.heads.label_headlines", "above the first paragraph, without a full stop"
            )
    if title:
        for n, unit in enumerate(page.units):
            if n not in page.labels and unit.key == title:
                page.label(n, "headline", "code:segment.heads.label_headlines", "the title that the report states")


def masthead(unit: Unit, page: Page) -> bool:
    """Up to five words, each with a capital, of which the last is one that papers are called by: The Coastal Herald."""
    words = unit.text.split()
    return (
        2 <= len(words) <= 5
        and words[-1].casefold() in page.known.furniture.papers
        and all(w[0].isupper() or w in ("of", "the", "and") for w in words)
        and not unit.closed
    )


def _menu_above(page: Page, sized: list[int]) -> int:
    """The last line of a menu or an address that still has a headline below it; 0 when there is none."""
    for n in range(len(sized) - 3, -1, -1):
        # "Latest news" and three or more lines in a row: the last of them is this page's own headline.
        if sized[n + 2] == sized[n] + 2 and sized[n] > 0 and LATEST.match(page.units[sized[n] - 1].text):
            end = n
            while end + 1 < len(sized) and sized[end + 1] == sized[end] + 1:
                end += 1
            return sized[end]
    marks = ("label_menus", "contact-line", "sections", "label_tickers")
    for n in range(sized[-1] if sized else 0, 0, -1):
        label = page.labels.get(n)
        if label is not None and label.because.rule.endswith(marks):
            return n
    return 0


def label_headings(page: Page) -> None:
    """A short line without a full stop between paragraphs: a heading of the article itself, read like a headline."""
    last = page.last
    for n in range(page.first, last):
        unit = page.units[n]
        if n not in page.labels and heading(unit) and n + 1 not in page.labels:
            page.label(
                n,
                "headline",
                "code:segment.heads.label_headings",
                "a short line without a full stop between paragraphs",
            )


def heading(unit: Unit) -> bool:
    """Short, not closed, not a list's item, and begins as a title does."""
    return (
        0 < unit.words <= HEADING_WORDS
        and not unit.closed
        and not unit.bullet
        and unit.text[-1] not in ':,;"”'
        and NAMED.match(unit.text) is not None
    )


def label_leftovers(page: Page) -> None:
    """Below the last paragraph: headline-like lines are other stories'; a list that a colon announces stays."""
    last = page.last
    if last < 0:
        return
    tail = [n for n in range(last + 1, len(page.units)) if n not in page.labels]
    announced = page.units[last].text.endswith(":")
    for n in tail:
        unit = page.units[n]
        if unit.text.endswith(":"):
            announced = True
        elif (
            announced
            or unit.bullet
            or unit.closed
            or (n + 1 < len(page.units) and page.units[n + 1].bullet)
            or CUT_OFF.search(unit.text[-12:])
        ):
            continue
        elif len(tail) > 1 or unit.words <= 12 or n - 1 in page.labels:
            page.label(
                n, "furniture", "code:segment.heads.label_leftovers", "below the last paragraph, without a full stop"
            )


def label_wordless(page: Page) -> None:
    """A line without a word; on a page in Latin letters, one mostly in others: links to other languages, ornaments."""
    counts = [_letters(unit.text[:400]) for unit in page.units]
    latin = 2 * sum(foreign for _, foreign in counts) <= sum(letters for letters, _ in counts)
    for n, (letters, foreign) in enumerate(counts):
        if page.units[n].words == 0 and not foreign:
            page.label(n, "furniture", "code:segment.heads.label_wordless", "no words")
        elif latin and foreign * 2 > letters:
            saw = f"{foreign} of {letters} letters are not Latin"
            page.label(n, "furniture", "code:segment.heads.label_wordless", saw)


def _letters(text: str) -> tuple[int, int]:
    """How many letters, and how many of them are not Latin."""
    letters = [c for c in text if c.isalpha()]
    return len(letters), sum(1 for c in letters if c > "\u024f" and not "\u1e00" <= c <= "\u1eff")
