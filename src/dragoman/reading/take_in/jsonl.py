"""One line of a JSON Lines file -> Report."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from dragoman.characters import whole
from dragoman.errors import InputError
from dragoman.model import Report
from dragoman.reading.take_in.made import day_of, report_of_text
from dragoman.reading.take_in.report import from_html, parse_date

FIELDS = ("title", "url", "publisher", "language", "author")


def from_json_line(raw: bytes, source: str, *, published: dt.date | None = None) -> Report:
    """A line that holds one JSON object. Raises InputError (also broken-json)."""
    try:
        value = json.loads(_utf8(raw, source))
    except ValueError as e:
        raise InputError("broken-json", f"{source} is not valid JSON: {e}. Write one JSON object a line.") from e
    except RecursionError as e:
        raise InputError("broken-json", f"{source} is nested too deeply. Write one flat JSON object a line.") from e
    return from_json_object(value, source, published=published)


def _utf8(raw: bytes, source: str) -> str:
    """JSON is UTF-8 by its standard; another encoding is not guessed at."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise InputError(
            "encoding", f"{source} is not valid UTF-8 at byte {e.start} ({e.reason}). Write the file as UTF-8."
        ) from e


def from_json_object(value: Any, source: str, *, published: dt.date | None = None) -> Report:
    """``{"text" | "html", "title"?, "published"?, "url"?, "publisher"?, "language"?, "author"?,
    "modified"?}`` -> Report.

    A ``published`` that names no day leaves the report undated (then ``published`` of the call holds); fields of other
    types than text are left out. Raises InputError.
    """
    if not isinstance(value, dict):
        raise InputError(
            "broken-json",
            f"{source} is {_called(value)}, not a JSON object with a text field. Write one object a line.",
        )
    own = {k: _text_field(value.get(k)) for k in FIELDS}
    day = parse_date(value.get("published"))
    text, html = value.get("text"), value.get("html")
    if isinstance(text, str) and text.strip():
        report = report_of_text(text, source, language=own["language"], trusted=True)
    elif isinstance(html, str) and html.strip():
        report = from_html(html, source, url=own["url"], language=own["language"])
    elif isinstance(text, str) or isinstance(html, str):
        raise InputError("empty", f"{source} has a text that is empty. Leave the line out.")
    else:
        raise InputError("broken-json", f"{source} has neither a text nor an html field. Add one of them.")
    stated, by = (day, "the line's own field") if day else (report.published, "metadata")
    dated, whence = day_of(stated, by, published)
    return Report(
        report.text,
        source,
        title=own["title"] or report.title,
        language=own["language"] or report.language,
        publisher=own["publisher"] or report.publisher,
        published=dated,
        published_from=whence,
        url=own["url"] or report.url,
        author=own["author"] or report.author,
        modified=parse_date(value.get("modified")) or report.modified,
    )


def _text_field(value: object) -> str | None:
    return whole(" ".join(value.split())) or None if isinstance(value, str) else None


def _called(value: object) -> str:
    return "a list" if isinstance(value, list) else "null" if value is None else f"a {type(value).__name__}"
