"""A feed as it came -> its stories: RSS and Atom in whatever state, and JSON Feed. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from dragoman.characters import whole
from dragoman.errors import InputError
from dragoman.inputs.markup import text_of
from dragoman.model import Report
from dragoman.reading.take_in import MAX_CHARACTERS, as_of, report_of_text
from dragoman.reading.take_in.report import parse_date

MOST_STORIES = 2000  # of one feed; the longest archives that are given as a feed have some hundred
JSON_FEED = re.compile(rb'"version"\s{0,9}:\s{0,9}"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')
# What readers are followed by; the same article has the same address without it.
TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|ocid|at_\w+|rss)\Z", re.IGNORECASE)
GONE_BY = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Story:
    """One entry of a feed: what it says itself. text: plain, without the title."""

    feed: str  # address
    link: str | None
    title: str | None
    text: str
    published: dt.date | None
    modified: dt.date | None
    author: str | None
    publisher: str | None
    language: str | None

    @property
    def words_key(self) -> str:
        """The same words are the same story, whatever number the feed gives it now."""
        words = GONE_BY.sub(" ", f"{self.title or ''}\n{self.text}").strip()
        return "words:" + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def link_key(self) -> str | None:
        """The article's address, what tracks its readers left out."""
        return f"link:{plain_link(self.link)}" if self.link else None


def stories(body: bytes, url: str, headers: Mapping[str, str]) -> list[Story]:
    """The stories of a feed, in its order, each once. headers: the answer's, names in small letters.

    Raises InputError (unreadable) when it is no feed at all; a damaged feed gives what can be had of it.
    """
    try:
        found = list(_json_feed(body, url) if JSON_FEED.search(body[:4096]) else _feed(body, url, headers))
    except InputError:
        raise
    except Exception as e:  # parsers of what anybody may write raise what they like
        raise InputError(
            "unreadable", f"{url} is a feed that cannot be parsed ({type(e).__name__}). Tell its publisher."
        ) from e
    return list({s.words_key: s for s in reversed(found)}.values())[::-1]


def report_of(story: Story, source: str, published: dt.date | None, *, seen: dt.date | None = None) -> Report:
    """The feed's own text of a story as a report: its title, then what the feed tells. Raises InputError."""
    title, body = story.title, story.text
    begins = title is not None and GONE_BY.sub(" ", body).casefold().startswith(title.casefold())
    text = body if title is None or begins else f"{title}\n\n{body}".strip()
    if not text.strip():
        raise InputError("empty", f"{source} is a story without words. Ask for its article with --fetch.")
    report = report_of_text(
        text,
        source,
        stated=story.published,
        by="the feed",
        published=published,
        title=title,
        language=story.language,
        publisher=story.publisher,
        url=story.link,
        author=story.author,
        modified=story.modified,
    )
    return as_of(report, seen)


def plain_link(link: str) -> str:
    """``link`` without its fragment and without what tracks readers."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)]
    return urlunsplit(parts._replace(netloc=parts.netloc.casefold(), query=urlencode(kept), fragment=""))


def _feed(body: bytes, url: str, headers: Mapping[str, str]) -> Iterator[Story]:
    import feedparser

    # A stream, never a name: given a text, feedparser would open a file or an address of that name.
    told = {k: headers[k] for k in ("content-type", "content-language") if k in headers}
    parsed = feedparser.parse(io.BytesIO(body), response_headers=told, resolve_relative_uris=False, sanitize_html=False)
    if not parsed.get("version") and not parsed.entries:
        raise InputError(
            "unreadable", f"{url} is no feed: neither RSS, Atom nor JSON Feed. Look for the feed's own address."
        )
    publisher, language = _title(parsed.feed, "title"), _line(parsed.feed.get("language"))
    for entry in parsed.entries[:MOST_STORIES]:
        texts = [_text(c.get("value"), c.get("type")) for c in entry.get("content", [])]
        texts.append(_text(entry.get("summary"), entry.get("summary_detail", {}).get("type")))
        link = _line(entry.get("link")) or next((_line(x.get("href")) for x in entry.get("links", [])), None)
        published, updated = _day(entry, "published"), _day(entry, "updated")
        source = entry.get("source")
        yield Story(
            url,
            _link(url, link),
            _title(entry, "title"),
            max(texts, key=len),
            published or updated,
            updated if published and updated and updated > published else None,
            _line(entry.get("author")),
            (_title(source, "title") if isinstance(source, Mapping) else None) or publisher,
            _line(entry.get("language")) or language,
        )


def _json_feed(body: bytes, url: str) -> Iterator[Story]:
    """https://www.jsonfeed.org/version/1.1/"""
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as e:
        raise InputError("unreadable", f"{url} is a JSON Feed that does not parse ({type(e).__name__}).") from e
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in (items if isinstance(items, list) else [])[:MOST_STORIES]:
        if not isinstance(item, dict):
            continue
        authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
        names = [_line(a.get("name")) for a in authors or [] if isinstance(a, dict)]
        published, updated = _moment(item.get("date_published")), _moment(item.get("date_modified"))
        texts = (
            _text(item.get("content_text"), "text/plain"),
            _text(item.get("content_html"), "text/html"),
            _text(item.get("summary"), "text/plain"),
        )
        yield Story(
            url,
            _link(url, _line(item.get("url")) or _line(item.get("external_url"))),
            _line(item.get("title")),
            next((t for t in texts if t), ""),
            published or updated,
            updated if published and updated and updated > published else None,
            next((n for n in names if n), None),
            _line(feed.get("title")),
            _line(item.get("language")) or _line(feed.get("language")),
        )


def _text(value: object, kind: str | None) -> str:
    if not isinstance(value, str) or len(value) > 10 * MAX_CHARACTERS:
        return ""
    return whole(value.strip() if kind == "text/plain" and "</" not in value else text_of(value))


def _title(thing: Mapping[str, Any], name: str) -> str | None:
    """A title in one line; feeds put markup and escaped characters into it that do not belong there."""
    value = thing.get(name)
    if not isinstance(value, str):
        return None
    kind = (thing.get(f"{name}_detail") or {}).get("type")
    marked = kind != "text/plain" or re.search(r"</?\w{1,10}[ />]|&#?\w{2,8};", value)
    return _line(text_of(value) if marked and re.search(r"[<&]\S", value) else value)


def _line(value: object) -> str | None:
    return whole(" ".join(value.split()))[:4000] or None if isinstance(value, str) else None


def _link(base: str, link: str | None) -> str | None:
    try:
        whole = urljoin(base, link) if link else ""
        return whole if urlsplit(whole).scheme in ("http", "https") else None
    except ValueError:
        return None


def _day(entry: Mapping[str, Any], name: str) -> dt.date | None:
    # feedparser's own look-up answers with the day of publication where it is asked for a change that is not told.
    own = dict(entry.items())
    day, parsed = _moment(own.get(name)), own.get(f"{name}_parsed")
    if day is None and parsed is not None:
        try:
            day = dt.date(*parsed[:3])
        except (ValueError, TypeError):
            return None
    return day if day is not None and day.year > 1971 else None  # the first days of 1970 are clocks that were never set


def _moment(value: object) -> dt.date | None:
    """The day that a feed's date names, in the zone in which it was written."""
    if not isinstance(value, str):
        return None
    day = parse_date(value)
    if day is None:
        try:
            day = parsedate_to_datetime(value.strip()[:100]).date()
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    return day if day.year > 1971 else None
