"""Words -> Report: what must hold of any report's text, whatever it came in, and how its day is told."""

from __future__ import annotations

import datetime as dt

from dragoman.characters import whole
from dragoman.errors import InputError
from dragoman.model import Report
from dragoman.reading.take_in.language import check_english

# The longest report that is read. Book-length dossiers have about 1,000,000 characters.
MAX_CHARACTERS = 2_000_000


def report_of_text(
    text: str,
    source: str,
    *,
    stated: dt.date | None = None,
    by: str = "metadata",
    published: dt.date | None = None,
    title: str | None = None,
    language: str | None = None,
    trusted: bool = False,
    publisher: str | None = None,
    url: str | None = None,
    author: str | None = None,
    modified: dt.date | None = None,
) -> Report:
    """A report of an English text.

    stated: the day of publication that the input itself states; by: where it does ("the feed"); published: the day of
    inputs that state none. trusted: see :func:`dragoman.reading.take_in.language.check_english`. Raises InputError:
    empty, too-large, binary, language.
    """
    text = fit(text, source)
    check_english(text, source, language, trusted=trusted)
    day, whence = day_of(stated, by, published)
    return Report(
        text,
        source,
        title=title,
        language=language,
        publisher=publisher,
        published=day,
        published_from=whence,
        url=url,
        author=author,
        modified=modified,
    )


def day_of(stated: dt.date | None, by: str, published: dt.date | None) -> tuple[dt.date | None, str | None]:
    """The day of publication, and who says so."""
    if stated is not None:
        return stated, by
    return published, "--published" if published is not None else None


def fit(text: str, source: str, limit: int = MAX_CHARACTERS) -> str:
    """``text`` with half characters replaced.

    Raises InputError: too-large (more than ``limit`` characters), empty, binary.
    """
    if len(text) > limit:
        raise InputError(
            "too-large",
            f"{source} has {len(text):,} characters, over the limit of {limit:,}. Split it into its reports.",
        )
    if not text.strip():
        raise InputError("empty", f"{source} holds nothing but blanks. Give what holds a report, or leave it out.")
    if (at := text.find("\0")) >= 0:
        raise InputError(
            "binary",
            f"{source} holds a NUL at character {at}: it is not text, or is damaged. Save it again as UTF-8 text.",
        )
    return whole(text)
