"""Text and pages -> Report."""

from __future__ import annotations

import datetime as dt
import re

from htmldate import find_date
from lxml.etree import LxmlError  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document

from dragoman.characters import whole
from dragoman.errors import InputError
from dragoman.model import Report
from dragoman.reading.take_in.attributes import thinned
from dragoman.reading.take_in.decode import decode
from dragoman.reading.take_in.language import check_english
from dragoman.reading.take_in.made import day_of, fit, report_of_text

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
LANG = re.compile(r"<html[^>]{0,600}?\slang\s{0,3}=\s{0,3}[\"']?([a-zA-Z-]{2,12})", re.IGNORECASE)
# A page's markup is often ten times its text.
MAX_PAGE = 20_000_000
FEWEST_WORDS = 20  # a shorter "article" is a cookie notice, a login page or a menu

# htmldate: the page's own statements only (no guessing from any date in its text), the first publication rather than
# the last change; a bound that is no clock, so that the same page gives the same date on any day.
FAR = "2100-12-31"
DATES = {"original_date": True, "extensive_search": False, "max_date": FAR}
# Only what a page itself calls its last change, in the words of its markup.
MODIFIED = re.compile(
    r"dateModified|modified_time|updated_time|[\"' ](?:last-?)?(?:modified|updated?)[\"' ]", re.IGNORECASE
)

LINKED = re.compile(r"[\"']dateModified[\"']\s{0,9}:\s{0,9}[\"']([^\"']{8,40})")


def from_text(raw: bytes, source: str, *, published: dt.date | None = None) -> Report:
    """A plain text file as it stands. Raises InputError."""
    return report_of_text(decode(raw, source), source, published=published)


def from_html(
    page: bytes | str,
    source: str,
    *,
    published: dt.date | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Report:
    """The article of an English page: its headline, then its text; metadata as the page states them.

    published holds for a page that states no date. language: declared from outside. Raises InputError (also no-article
    and language).
    """
    report = page_report(page, source, published=published, url=url, language=language)
    check_english(report.text, source, report.language, trusted=language is not None)
    return report


def page_report(
    page: bytes | str,
    source: str,
    *,
    published: dt.date | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Report:
    """The same of a page in whatever language it is. Raises InputError (also no-article)."""
    if isinstance(page, bytes):
        found = CHARSET.search(page[:20_000])
        page = decode(page, source, declared=found.group(1).decode("ascii") if found else None, limit=MAX_PAGE)
    page = thinned(whole(page).replace("\0", "\ufffd"))
    tag = LANG.search(page[:20_000])
    article = _article(page, source, url)
    if article is None or not article.text or len(article.text.split()) < FEWEST_WORDS:
        raise InputError(
            "no-article", f"{source} is a page in which no article was found. Save the article's own page, or its text."
        )
    title = _one_line(article.title)
    text = article.text
    if title and not _starts_with(text, title):
        text = f"{title}\n\n{text}"
    day = parse_date(article.date)
    dated, whence = day_of(day, "metadata", published)
    return Report(
        fit(text, source),
        source,
        title=title,
        language=language or (tag.group(1) if tag else None),
        publisher=_one_line(article.sitename) or _one_line(article.hostname),
        published=dated,
        published_from=whence,
        url=url or article.url,
        author=_one_line(article.author),
        modified=_modified(page, day),
    )


def _modified(page: str, published: dt.date | None) -> dt.date | None:
    """The day of the last change that the page states, when it is later than its publication."""
    if published is None or not MODIFIED.search(page):
        return None
    linked = LINKED.search(page)  # htmldate stops at the first statement of either kind, and JSON-LD comes last
    day = parse_date(linked.group(1)) if linked else None
    if day is None:
        try:
            day = parse_date(find_date(page, original_date=False, extensive_search=False, max_date=FAR))
        except (LxmlError, ValueError, RecursionError, TypeError, AttributeError, KeyError, IndexError):
            return None  # a page that htmldate cannot read has an article all the same
    return day if day is not None and day > published else None


def _article(page: str, source: str, url: str | None) -> Document | None:
    try:
        found = bare_extraction(
            page,
            url=url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params=dict(DATES),
        )
    except (LxmlError, ValueError, RecursionError, TypeError, AttributeError, KeyError, IndexError) as e:
        # A page can be broken in ways that no parser foresees; it must not stop the others.
        raise InputError(
            "unreadable",
            f"{source} is a page that cannot be parsed ({type(e).__name__}). Save it again, or save its text.",
        ) from e
    return found if isinstance(found, Document) else None


def parse_date(value: object) -> dt.date | None:
    """The day that a metadata value names, or None: ISO 8601 with or without a time, words, or e-mail style."""
    if not isinstance(value, str):
        return None
    value = value.strip()[:60]
    for size, style in ((10, "%Y-%m-%d"), (10, "%Y/%m/%d"), (8, "%Y%m%d")):
        if len(value) == size or (len(value) > size and value[size] in "T "):
            try:
                return dt.datetime.strptime(value[:size], style).date()
            except ValueError:
                continue
    for style in ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%a, %d %b %Y"):
        try:
            return dt.datetime.strptime(value[:16] if style.startswith("%a") else value, style).date()
        except ValueError:
            continue
    return None


def _one_line(value: str | None) -> str | None:
    return whole(" ".join(value.split())) or None if value else None


def _starts_with(text: str, title: str) -> bool:
    head = " ".join(text[: len(title) * 2 + 20].split()).casefold()
    return head.startswith(title.casefold())
