"""Single lines known by their shape: rows of a menu, tickers, subjects of mails, readers' comments."""

from __future__ import annotations

import re

from dragoman.model import Reason
from dragoman.reading.segment.page import Label, Page
from dragoman.reading.segment.units import WORD, Unit

ROW_WORDS = 26  # longer lines are no menu
CUTS = re.compile(r"\s*[|»›·•]\s*|\s{2,}|\t+|\s>\s|\s/\s")
STARS = re.compile(r"\s(?:\*{2,}|\+{2,}|/{2,}|•{1,3}|::|<>|\|{1,2})\s")
SHOUTED = re.compile(r"(?:BREAKING|LATEST|LIVE|JUST IN|NEWS FLASH|TICKER|NOW)(?: NEWS)?(?:\s{2,}|\s?[|»:]\s)")
SUBJECT = re.compile(
    r"(?:subject|subj|betreff)\s?:\s*(?:(?:re|fw|fwd|aw)\s?:\s*|\[[^\]]{1,40}\]\s*){0,4}", re.IGNORECASE
)
MAIL = re.compile(r"(?:from|to|date|sent|cc|reply-to|newsgroups|organization|message-id)\s?:\s", re.IGNORECASE)
MAIL_REACH = 8  # a mail's header is no longer than this
# "user_88: ...", "@someone ...", "hill.walker says: ...": names that only accounts have.
ACCOUNT = re.compile(
    r"@\w{2,30}[: ]|(?=[\w.-]{3,30}(?::| says:| wrote:| \d))[a-z][\w-]*(?:[_.-]|\d)[\w.-]*(?::| says:| wrote:) "
)
SAYS = re.compile(
    r"[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20})?(?:,? [A-Z][\w-]{2,20}| \([^)]{2,30}\))? (?:says|writes|wrote):\s"
)
HEADED = re.compile(
    r"(?:\d{1,4}|all|latest|top|reader|readers['’]|user|your|recent|visitor|view)? ?"
    r"(?:comments?|opinions?|responses|replies)"
    r"(?: ?\(?\d{1,4}\)?)?(?: (?:on|to|from|by|so far)\b.{0,80})?:?",
    re.IGNORECASE,
)
STAMP = re.compile(
    r"\b(?:\d{1,2} ?(?:h|hours?|m|mins?|minutes?|d|days?|weeks?|months?) ago|reply|report(?: abuse)?|like|upvote"
    r"|flag)\b",
    re.IGNORECASE,
)


def label_rows(page: Page) -> None:
    """Menus and tickers in one line, above the first paragraph or below the last: ``menu_row``, ``ticker_row``."""
    first, last = page.first, page.last
    for n, unit in enumerate(page.units):
        if n in page.labels or first <= n <= last or unit.words > ROW_WORDS * 2 or len(unit.text) > 400:
            continue
        if menu_row(unit, page.known.furniture.sections):
            page.label(n, "furniture", "code:segment.rows.menu_row", "a row of short names of a site's parts")
        elif ticker_row(unit):
            page.label(n, "furniture", "code:segment.rows.ticker_row", "several stories in one line")


def menu_row(unit: Unit, sections: frozenset[str]) -> bool:
    """Three or more pieces of at most four words between strokes or wide gaps, half of them of one or two words; or
    three or more words that all name sections of a site.
    """
    if unit.bullet or not 2 <= unit.words <= ROW_WORDS:
        return False
    words = [w.casefold() for w in WORD.findall(unit.text)]
    if len(words) >= 3 and all(w in sections for w in words):
        return True
    if unit.closed:
        return False
    pieces = [len(WORD.findall(p)) for p in CUTS.split(unit.text) if p and WORD.search(p)]
    if len(pieces) < 3 or max(pieces) > 6:
        return False
    return sum(1 for p in pieces if p <= 2) * 2 >= len(pieces) or (len(pieces) >= 4 and max(pieces) <= 4)


def ticker_row(unit: Unit) -> bool:
    """Three or more pieces between stars or strokes, whatever they say; or a shouted label before a wide gap."""
    pieces = [p for p in STARS.split(unit.text) if WORD.search(p)]
    return len(pieces) >= 3 or (SHOUTED.match(unit.text) is not None and not unit.prose)


def label_subjects(page: Page) -> None:
    """The subject of a mail is its headline: "Subject:" with another line of a mail's header near."""
    for n, unit in enumerate(page.units):
        found = SUBJECT.match(unit.text[:160])
        if found is None or n > 40 or not 3 <= len(WORD.findall(unit.text[found.end() : 400])) <= 40:
            continue
        around = [*page.units[max(0, n - MAIL_REACH) : n], *page.units[n + 1 : n + 1 + MAIL_REACH]]
        words = " ".join(WORD.findall(unit.text[found.end() :].casefold()))
        if any(u.key == words for u in page.units[n + 1 : n + 30]):
            continue  # its copy below is the headline, and this line one more of the header
        if any(MAIL.match(u.text[:40]) for u in around):
            saw = f"{unit.text[: found.end()].strip()!r} in a mail's header"
            page.labels[n] = Label(
                "headline", Reason("code:segment.rows.label_subjects", saw, unit.span), skip=found.end()
            )


def label_comments(page: Page) -> None:
    """Readers' comments below the article: lines under an account's name, and all below a heading of comments that such
    a line, or the time of one, follows.
    """
    paragraphs = 0
    for n, unit in enumerate(page.units):
        if n not in page.labels and unit.prose:
            paragraphs += 1
        if n <= page.first or not paragraphs:
            continue
        head = unit.text[:80]
        if n not in page.labels and ACCOUNT.match(head) and n * 2 > len(page.units):
            page.label(n, "furniture", "code:segment.rows.label_comments", "an account's name and a colon")
        if paragraphs >= 2 and unit.words <= 12 and HEADED.fullmatch(unit.text[:120]) and _commented(page, n):
            for m in range(n, len(page.units)):
                page.label(
                    m, "furniture", "code:segment.rows.label_comments", f"readers' words below {unit.text[:40]!r}"
                )
            return


def _commented(page: Page, n: int) -> bool:
    after = page.units[n + 1 : n + 4]
    return any(
        ACCOUNT.match(u.text[:80]) or SAYS.match(u.text[:80]) or (u.words <= 8 and STAMP.search(u.text)) for u in after
    )
