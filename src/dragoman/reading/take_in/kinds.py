"""What an input is, by its first bytes and its ending."""

from __future__ import annotations

import re

from dragoman.errors import InputError

# Enough to see a page's first tag past a comment or a licence note.
HEAD = 4096

GZIP = b"\x1f\x8b"
MAGIC = (
    (b"%PDF", "a PDF", "Convert it first: pdftotext FILE.pdf FILE.txt"),
    (b"PK\x03\x04", "a ZIP, Word or EPUB file", "Unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file", "Save it as plain text"),
    (b"\x89PNG", "a PNG picture", "Leave it out"),
    (b"\xff\xd8\xff", "a JPEG picture", "Leave it out"),
    (b"GIF8", "a GIF picture", "Leave it out"),
    (b"RIFF", "a sound, film or picture file", "Leave it out"),
    (b"ID3", "a sound file", "Leave it out"),
    (b"\x7fELF", "a program", "Leave it out"),
    (b"MZ\x90", "a program", "Leave it out"),
    (b"SQLite format 3", "an SQLite database", "Export its reports as JSON Lines"),
    (b"PAR1", "a Parquet file", "Give it as a file of its own"),
    (b"BZh", "a bzip2 file", "Unpack it first: bunzip2 FILE"),
    (b"\xfd7zXZ", "an xz file", "Unpack it first: unxz FILE"),
    (b"(\xb5/\xfd", "a Zstandard file", "Unpack it first: unzstd FILE"),
    (b"7z\xbc\xaf", "a 7z file", "Unpack it first"),
    (b"Rar!", "a RAR file", "Unpack it first"),
    (b"{\\rtf", "an RTF file", "Save it as plain text"),
    (b"bplist", "a web archive or property list", "Save the page as HTML"),
)
PAGE = re.compile(rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|article[\s>]|div[\s>])", re.IGNORECASE)
FIRST_TAG = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<[!a-zA-Z?]")
WARC = b"WARC/"
PARQUET = b"PAR1"
# A mailbox begins with the line that mail programs put before each message; a message with its headers, and one that
# no person writes by hand stands among them.
MAILBOX = re.compile(rb"\AFrom [^\r\n]{1,200}\b(?:19|20)\d\d\b[^\r\n]{0,40}\r?\n>?[!-9;-~]{1,80}:")
MESSAGE = re.compile(
    rb"\A(?:return-path|received|delivered-to|message-id|mime-version|from|date|subject|to|x-[a-z-]{1,60}|dkim-signature"
    rb"|arc-[a-z-]{1,40}|list-[a-z]{1,20}): ?[^\r\n]",
    re.IGNORECASE,
)
BY_PROGRAM = re.compile(rb"\n(?:message-id: ?<|mime-version: ?1|received: (?:from|by) )", re.IGNORECASE)
JSON_OBJECT = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"(?:[^"\\]|\\.){1,60}"\s*:')
# The line of names with which a table of comma-separated values begins: one that reports go by, and one more of ours.
TEXTS = frozenset((b"text", b"html"))
NAMES = frozenset((b"title", b"published", b"url", b"publisher", b"language", b"author", b"modified")) | TEXTS

ENDINGS = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "shtml": "html",
    "php": "html",
    "aspx": "html",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "json": "jsonl",
    "warc": "warc",
    "parquet": "parquet",
    "csv": "table",
    "tsv": "table",
    "eml": "mail",
    "mbox": "mailbox",
    "txt": "text",
    "text": "text",
}


def kind_of(head: bytes, name: str) -> str:
    """gzip, warc, parquet, mailbox, mail, table (CSV), html, jsonl or text, from the first HEAD bytes and the name
    (".gz" taken off by the caller).

    What a page says of itself wins over its ending: a page saved as .txt is a page. Only a file without a telling
    ending is taken for JSON Lines by its content, since a report may start with a brace, or for a table.
    """
    if head.startswith(GZIP):
        return "gzip"
    if head.startswith(WARC):
        return "warc"
    if head.startswith(PARQUET):
        return "parquet"
    if FIRST_TAG.match(head) and PAGE.search(head[:HEAD]):
        return "html"
    _, _, ending = name.rpartition("/")[2].rpartition(".")
    by_name = ENDINGS.get(ending.casefold()) if "." in name else None
    if by_name is None and JSON_OBJECT.match(head[:HEAD]):
        return "jsonl"
    if by_name in (None, "mail", "mailbox") and MAILBOX.match(head):
        return "mailbox"
    if by_name is None and _is_table(head):
        return "table"
    if by_name is None and MESSAGE.match(head) and BY_PROGRAM.search(head):
        return "mail"
    return by_name or "text"


def _is_table(head: bytes) -> bool:
    """Whether the first line holds names of columns, two that are known among them, and one of those the text's."""
    first, end, _ = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    for mark in (b",", b";", b"\t") if end else ():
        names = {name.strip(b' \r"').lower() for name in first.split(mark)}
        if names & TEXTS and len(names & NAMES) > 1:
            return True
    return False


def refuse_binary(raw: bytes, source: str) -> None:
    """Raise InputError (binary) when the first bytes are those of a picture, a PDF, a program and the like."""
    for magic, what, advice in MAGIC:
        if raw.startswith(magic):
            raise InputError("binary", f"{source} is {what}, not text. {advice}.")
