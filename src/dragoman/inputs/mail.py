"""Mail -> reports: one message (.eml) or a mailbox (mbox), newsletters and wire services as they were sent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice
from typing import BinaryIO

from dragoman.characters import whole
from dragoman.errors import InputError
from dragoman.inputs.markup import text_of
from dragoman.model import Failure, Report
from dragoman.reading.take_in import as_of, decode, report_of_text

MAX_MESSAGE = 50_000_000  # bytes with all attachments; mail servers take 25 to 50 MB
MAX_HEADER = 16_000  # characters of one header; lists of many hundred recipients have as many
MAX_PARTS = 200  # pieces of a message; those that it carries have pieces of their own
DEEPEST = 20  # pieces within pieces
# Python's parser asks every boundary that is open at every line, 70 ns each time: so many take it some 20 seconds. Of
# these a mail of 50 MB with three attachments has a hundredth.
MOST_LOOKS = 300_000_000
BOUNDARY = re.compile(rb"boundary\s{0,9}=", re.IGNORECASE)
# The line before a message in a mailbox: "From ada@delta.example Mon May  3 10:00:00 2021".
SEPARATOR = re.compile(rb"From [^\r\n]{1,300}\b(?:19|20)\d\d\b[^\r\n]{0,40}\r?\n?\Z")
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
# A plain text of fewer words beside an HTML one only says that the mail is HTML.
STUB = 20
WORD = re.compile(rb"\w{2,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message that is text.

    flowed: lines that end in a blank go on (RFC 3676); joined: without that blank.
    """

    html: bool
    charset: str | None
    content: bytes
    flowed: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What is read of one message."""

    subject: str | None
    sent: dt.date | None  # in the sender's zone of time
    received: dt.date | None  # by the clock of Greenwich
    sender: str | None
    listed: bool  # it came over a list: a newsletter, a service
    language: str | None
    pieces: tuple[Piece, ...]


def found(raw: BinaryIO, source: str) -> Iterator[tuple[str, Letter] | Failure]:
    """The message of an .eml file, then the messages that it carries; attachments are named and left out."""
    content = raw.read(MAX_MESSAGE + 1)
    if len(content) > MAX_MESSAGE:
        yield _too_large(source)
    elif not content.strip():
        yield Failure(source, "empty", f"{source} is empty. Give a file that holds a message.")
    else:
        yield from _letters(content, source, ":")


def found_in_mailbox(raw: BinaryIO, source: str) -> Iterator[tuple[str, Letter] | Failure]:
    """The messages of a mailbox, in order: ``source``, a colon and the message's number, from 1.

    What stands before the first line that begins a message is number 0. One message is held at a time; one of more than
    MAX_MESSAGE bytes is passed over, a Failure.
    """
    number, held, blank = 0, bytearray(), True
    over = False

    def message() -> Iterator[tuple[str, Letter] | Failure]:
        at = f"{source}:{number}"
        if over:
            yield _too_large(at)
        elif held.strip():
            yield from _letters(ESCAPED.sub(rb"\1", bytes(held)), at, ".")

    whole = True  # the piece before was the end of a line
    while line := raw.readline(1_000_000):
        if whole and blank and line.startswith(b"From ") and SEPARATOR.match(line):
            yield from message()
            number, held, over = number + 1, bytearray(), False
        elif len(held) + len(line) > MAX_MESSAGE:
            held, over = bytearray(), True
        elif not over:
            held += line
        whole = line.endswith(b"\n")
        blank = whole and not line.strip()
    yield from message()
    if number == 0 and not over and not held.strip():
        yield Failure(source, "empty", f"{source} is a mailbox without a message: no line begins with From and a date.")


def report_of(letter: Letter, source: str, published: dt.date | None) -> Report:
    """The report that a message is: its text, its subject as title, the day of its own Date. Raises InputError."""
    report = report_of_text(
        "\n\n".join(filter(None, (_text(p, source) for p in letter.pieces))),
        source,
        stated=letter.sent,
        by="the date of the mail",
        published=published,
        title=letter.subject,
        language=letter.language,
        publisher=letter.sender if letter.listed else None,
        author=None if letter.listed else letter.sender,
    )
    return as_of(report, letter.received)


def _text(piece: Piece, source: str) -> str:
    try:
        text = decode(piece.content, source, declared=piece.charset).replace("\r\n", "\n")
    except InputError as e:
        if e.kind == "empty":  # blanks that only its encoding tells; the message may have other pieces
            return ""
        raise
    if piece.html:
        return text_of(text)
    return _unflowed(text, piece.joined) if piece.flowed else text.strip("\n")


def _unflowed(text: str, joined: bool) -> str:
    """Lines that were broken for the mail's sake, joined again (RFC 3676)."""
    out: list[str] = []
    open_, depth = False, 0
    for line in text.split("\n"):
        quoted = len(line) - len(line.lstrip(">"))
        words = line[quoted:].removeprefix(" ")
        signature = words == "-- "
        if open_ and quoted == depth and not signature:
            out[-1] += words
        else:
            out.append(("> " if quoted else "") + words)
        depth, open_ = quoted, words.endswith(" ") and not signature
        if open_ and joined:
            out[-1] = out[-1][:-1]
    return "\n".join(out).strip("\n")


class _Bounded(Compat32):
    """Headers as Python has always read them, but none so long that taking it apart takes minutes."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]


def _letters(raw: bytes, source: str, mark: str) -> Iterator[tuple[str, Letter] | Failure]:
    if sum(1 for _ in BOUNDARY.finditer(raw)) * raw.count(b"\n") > MOST_LOOKS:
        yield Failure(source, "unreadable", f"{source} is a mail of too many parts and lines. Save its text.")
        return
    try:
        things = list(_opened(BytesParser(policy=_Bounded()).parsebytes(raw), source, mark))
    except RecursionError:
        things = [Failure(source, "unreadable", f"{source} is a mail of parts nested too deeply. Save its text.")]
    except Exception as e:  # the mail parser of Python raises what it likes on damaged headers
        what = f"{type(e).__name__}: {' '.join(str(e).split())}"[:200].rstrip(": ")
        things = [Failure(source, "unreadable", f"{source} is a mail that cannot be parsed ({what}). Save its text.")]
    yield from things


def _opened(message: Message, source: str, mark: str) -> Iterator[tuple[str, Letter] | Failure]:
    count = [0]
    within: list[Message] = []
    left_out: list[str] = []
    pieces = tuple(_pieces(message, within, left_out, count, 0))
    if pieces:
        yield source, _letter(message, pieces)
    elif not within:
        yield Failure(source, "empty", f"{source} is a message without a text. Leave it out, or save what it carries.")
    if left_out:
        at = f"{source} (attachments)"
        yield Failure(at, "binary", f"{at} left out: {', '.join(left_out[:20])}. Save them, and read them as files.")
    for n, carried in enumerate(within, start=1):
        yield from _opened(carried, f"{source}{mark}{n}", ".")


def _pieces(part: Message, within: list[Message], left_out: list[str], count: list[int], depth: int) -> list[Piece]:
    """The parts that are text, in order; of alternatives the plain one, unless it is a stub. Messages that are carried
    go to ``within``, names of attachments to ``left_out``.
    """
    count[0] += 1
    if count[0] > MAX_PARTS or depth > DEEPEST:
        if not left_out or left_out[-1] != "further parts":
            left_out.append("further parts")
        return []
    kind, payload = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" or kind == "message/global":
        within += [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []
        return []
    if isinstance(payload, list):
        chosen = [_pieces(p, within, left_out, count, depth + 1) for p in payload if isinstance(p, Message)]
        if kind == "multipart/alternative":
            return _best([c for c in chosen if c])
        return [p for c in chosen for p in c]
    if kind.startswith("multipart/"):  # its parts were never found
        kind = "text/plain"
    name, how = _decoded(part.get_filename()), part.get_content_disposition()
    if how == "attachment" or kind not in ("text/plain", "text/html"):
        shown = kind.startswith("image/") and how != "attachment"
        if not shown and not kind.startswith(("message/delivery-status", "text/rfc822-headers")):
            left_out.append(f"{name!r}" if name else f"a part of type {kind}")
        return []
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return []
    flowed = str(part.get_param("format") or "").casefold() == "flowed"
    joined = str(part.get_param("delsp") or "").casefold() == "yes"
    charset = part.get_param("charset")
    told = charset if isinstance(charset, str) else None
    return [Piece(kind == "text/html", told and told.strip("'\" "), content, flowed, joined)]


def _best(alternatives: list[list[Piece]]) -> list[Piece]:
    plain = [a for a in alternatives if not any(p.html for p in a)]
    told = [a for a in plain if sum(1 for p in a for _ in islice(WORD.finditer(p.content), STUB)) >= STUB]
    rich = [a for a in alternatives if any(p.html for p in a)]
    return next(iter([*told, *rich, *plain]), [])


def _letter(message: Message, pieces: tuple[Piece, ...]) -> Letter:
    name, address = parseaddr(_decoded(message.get("From")) or "")
    stamps = [str(r).rpartition(";")[2] for r in (message.get_all("Received") or [])[:1]]
    received = _moment(stamps[0]) if stamps else None
    sent = _moment(str(message.get("Date") or ""))
    if received is not None and received.tzinfo is not None:
        received = received.astimezone(dt.UTC)
    return Letter(
        _decoded(message.get("Subject")),
        sent.date() if sent else None,
        received.date() if received else None,
        whole(name).strip("'\" ") or address.rpartition("@")[2] or None,
        bool(message.get("List-Id") or message.get("List-Unsubscribe")),
        _decoded(message.get("Content-Language")),
        pieces,
    )


def _moment(text: str) -> dt.datetime | None:
    """The moment that a mail's header names; None when it names none, or one before there was mail."""
    try:
        moment = parsedate_to_datetime(" ".join(text.split())[:100])
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if 1971 <= moment.year <= 9998 else None


def _decoded(value: Header | str | None) -> str | None:
    """The words of a header: encoded words (RFC 2047) decoded, bare bytes taken for UTF-8, else Windows-1252."""
    if value is None:
        return None
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        parts = [(str(value), None)]
    out = ""
    for part, charset in parts:
        raw = part.encode("ascii", "surrogateescape") if isinstance(part, str) and _escaped(part) else part
        out += raw if isinstance(raw, str) else _characters(raw, charset)
    return whole(" ".join(out.split())) or None


def _escaped(text: str) -> bool:
    return text.isascii() or all(c < "\x80" or "\udc80" <= c <= "\udcff" for c in text)


def _characters(raw: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8", "cp1252"):
        if name and name != "unknown-8bit":
            try:
                return raw.decode(name)
            except (LookupError, UnicodeDecodeError):
                continue
    return raw.decode("latin-1")


def _too_large(source: str) -> Failure:
    return Failure(
        source, "too-large", f"{source} is a message of more than {MAX_MESSAGE:,} bytes. Save its text, and read that."
    )
