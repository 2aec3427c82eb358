"""Archives of the web (WARC, ISO 28500) -> reports: the pages that servers answered with, one record at a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.inputs.body import dechunked, unpacked
from dragoman.inputs.sections import DamagedError, Sections
from dragoman.model import Failure, Report
from dragoman.reading.take_in import as_of, decode, from_html, from_text, kind_of
from dragoman.reading.take_in.kinds import HEAD

MAX_BODY = 20_000_000  # bytes of a page, as it was sent and unpacked
MAX_HEADER = 65_536  # bytes of a record's own headers, and of the answer's
VERSION = b"WARC/"
STATUS = re.compile(rb"HTTP/\d(?:\.\d)? {1,3}(\d{3})\b")
FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[ \t]*([^\r\n]*)")
CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
PAGES = frozenset(("text/html", "application/xhtml+xml"))


class _RecordError(Exception):
    """This record is broken; its words say how. The next one may be whole."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered: a page or a plain text, as it was sent."""

    number: int  # of its record, from 1, all kinds counted
    url: str | None
    fetched: dt.date | None
    mime: str  # text/html or text/plain
    charset: str | None
    encodings: str  # Content-Encoding
    body: bytes


def found(raw: BinaryIO, source: str, *, packed: bool) -> Iterator[tuple[str, Page] | Failure]:
    """Every page of an archive with its name (``source``, a colon, the record's number), in order.

    A broken record is a Failure in its place, and the rest goes on. Only responses (and saved resources) are taken,
    only those of status 200, only HTML and plain text. packed: gzip.
    """
    some = False
    for page in pages(raw, source, packed=packed):
        some = True
        yield page if isinstance(page, Failure) else (f"{source}:{page.number}", page)
    if not some:
        yield Failure(
            source, "empty", f"{source} is a web archive without a page: no answer of status 200 that is HTML or text."
        )


def report_of(page: Page, source: str, published: dt.date | None) -> Report:
    """The report on a page; it was written by the day on which it was fetched. Raises InputError."""
    try:
        body = unpacked(dechunked(page.body), page.encodings, source, MAX_BODY)
        if page.mime == "text/plain":
            text = decode(body, source, declared=page.charset).encode("utf-8", "replace")
            report = replace(from_text(text, source, published=published), url=page.url)
        else:
            told = decode(body, source, declared=page.charset) if page.charset else body
            report = from_html(told, source, published=published, url=page.url)
    except InputError as e:
        raise InputError(e.kind, f"{e.message} Its address is {page.url}." if page.url else e.message) from e
    return as_of(report, page.fetched)


def pages(raw: BinaryIO, source: str, *, packed: bool) -> Iterator[Page | Failure]:
    """The answers in an archive, in order, with a Failure for each record that is broken or too large."""
    sections = Sections(raw, packed=packed)
    number, going = 0, sections.next()
    while going:
        number += 1
        try:
            start = _start(sections)
            if start is None:
                number, going = number - 1, sections.next()
                continue
            found = _record(sections, start, f"{source}:{number}", number)
            if found is not None:
                yield found
        except DamagedError as e:
            yield _broken(f"{source}:{number}", str(e))
            going = sections.next()
        except _RecordError as e:
            yield _broken(f"{source}:{number}", str(e))
            going = _go_on(sections)


def _go_on(sections: Sections) -> bool:
    """Find the record after a broken one: in the same section by its first line, else in the next."""
    try:
        if sections.find(VERSION):
            return True
    except DamagedError:
        pass
    return sections.next()


def _start(sections: Sections) -> bytes | None:
    """The first line of the next record, blank lines before it left out; None where the section ends."""
    while line := sections.line(MAX_HEADER):
        if line.strip():
            return line
    return None


def _record(sections: Sections, start: bytes, source: str, number: int) -> Page | Failure | None:
    """One record from its second line on; None when it is no page. Raises _RecordError, DamagedError."""
    if not start.startswith(VERSION):
        raise _RecordError("does not begin as a record does")
    headers = _headers(sections)
    try:
        length = int(headers.get("content-length", ""))
    except ValueError:
        length = -1
    if length < 0:
        raise _RecordError("does not say how long it is")
    head, size, answer = _answer(sections, headers, length)
    if answer is None:
        _leave(sections, length - size)
        return None
    mime, charset, encodings = answer
    url = headers.get("warc-target-uri", "").strip("<> ")[:4000] or None
    if length - size + len(head) > MAX_BODY:
        _leave(sections, length - size)
        return Failure(
            source,
            "too-large",
            f"{source} is a page of {length:,} bytes, over the limit of {MAX_BODY:,}. Leave it out.",
        )
    body = head + sections.read(length - size)
    if len(body) < length - size + len(head):
        raise _RecordError("ends before its data do")
    if not _ended(sections):
        # A length that is too great has swallowed what comes next.
        at = body.find(b"\r\n\r\n" + VERSION)
        if at >= 0:
            sections.unread(body[at + 2 :])
        raise _RecordError("is not as long as it says")
    return Page(number, url, _day(headers.get("warc-date", "")), mime, charset, encodings, body)


def _answer(
    sections: Sections, headers: Mapping[str, str], length: int
) -> tuple[bytes, int, tuple[str, str | None, str] | None]:
    """What of the body was read with the answer's headers; how many bytes of the record that took; its type, charset
    and encodings, or None when it is not to be read.
    """
    kind, outer = headers.get("warc-type", ""), headers.get("content-type", "").casefold()
    if kind == "resource":
        head = sections.read(min(length, HEAD))
        return head, len(head), type_of(outer, "", head)
    if kind != "response" or "application/http" not in outer:
        return b"", 0, None
    head = sections.read(min(length, MAX_HEADER))
    size = len(head)
    if size < min(length, MAX_HEADER):
        raise _RecordError("ends before its data do")
    status = STATUS.match(head)
    if status is None or status[1] != b"200":
        return b"", size, None
    end = re.search(rb"\r?\n\r?\n", head)
    if end is None:
        if length > MAX_HEADER:
            raise _RecordError("has an answer whose headers do not end")
        return b"", size, None
    fields = {m[1].decode("ascii").casefold(): m[2].decode("latin-1") for m in FIELD.finditer(head, 0, end.start())}
    body = head[end.end() :]
    return body, size, type_of(fields.get("content-type", ""), fields.get("content-encoding", ""), body)


def type_of(content_type: str, encodings: str, head: bytes) -> tuple[str, str | None, str] | None:
    """Type, charset and encodings of an answer that is a page or a text; without a type its head tells."""
    mime = content_type.partition(";")[0].strip().casefold()
    if not mime and not encodings and kind_of(head[:HEAD], "") == "html":
        mime = "text/html"
    charset = CHARSET.search(content_type)
    if mime in PAGES:
        return "text/html", charset[1] if charset else None, encodings
    return ("text/plain", charset[1] if charset else None, encodings) if mime == "text/plain" else None


def _leave(sections: Sections, size: int) -> None:
    if sections.skip(size) < size:
        raise _RecordError("ends before its data do")
    if not _ended(sections):
        raise _RecordError("is not as long as it says")


def _ended(sections: Sections) -> bool:
    """Whether a record ends here: by its two blank lines, by the next record or the section's end. Nothing is taken."""
    try:
        after = sections.read(len(VERSION) + 4)
    except DamagedError:
        return True  # what comes next is broken, and will be told of
    sections.unread(after)
    rest = after.lstrip(b"\r\n")
    return not rest or rest.startswith(VERSION) or after.startswith((b"\r\n\r\n", b"\n\n"))


def _headers(sections: Sections) -> dict[str, str]:
    """Named fields up to the blank line, names in small letters; a line that begins with a blank goes on with the one
    before.
    """
    out: dict[str, str] = {}
    left, last = MAX_HEADER, ""
    while (line := sections.line(left)).strip():
        left -= len(line)
        if left <= 0:
            raise _RecordError("has headers that do not end")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        name, colon, value = text.partition(":")
        if text[:1] in " \t" and last:
            out[last] += " " + text.strip()
        elif colon:
            last = name.strip().casefold()
            out.setdefault(last, value.strip())
    if not line:
        raise _RecordError("ends within its headers")
    return out


def _day(stamp: str) -> dt.date | None:
    """The day, by the clock of Greenwich, of ``2023-05-28T10:00:00Z``."""
    try:
        return dt.date.fromisoformat(stamp[:10])
    except ValueError:
        return None


def _broken(source: str, why: str) -> Failure:
    return Failure(source, "broken-archive", f"{source} is a broken record: it {why}. What follows it is read.")
