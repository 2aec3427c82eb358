"""Bytes -> str, without changing a character."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from dragoman.errors import InputError
from dragoman.reading.take_in.kinds import refuse_binary
from dragoman.reading.take_in.made import MAX_CHARACTERS, fit

MAX_BYTES = 4 * MAX_CHARACTERS  # UTF-8 takes at most four bytes a character

# What browsers take these names for (WHATWG, Encoding Standard): pages that name them hold Windows quotation marks.
MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}

MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
BEYOND_ASCII = bytes(range(128, 256))
SAMPLE = 500_000  # bytes or characters that are looked at to judge an encoding
# Characters that text holds and damaged bytes do not: the Windows code page's quotes, dashes, ellipsis, euro, spaces.
TYPOGRAPHY = frozenset("‘’“”–—…•€£§©®°·«»\u00a0´`¿¡½¼¾™")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(raw: bytes, source: str, *, declared: str | None = None, limit: int = MAX_CHARACTERS) -> str:
    """The characters that ``raw`` stands for; a byte order mark is dropped, nothing else is changed.

    limit: characters that it may have.

    UTF-8 first and strictly; then UTF-16 and UTF-32 by their marks; then the encoding ``declared`` by the page; then
    Windows-1252 or what charset-normalizer finds, when the outcome is plausible text. Raises InputError: empty, binary,
    encoding, too-large.
    """
    if not raw.strip():
        raise InputError("empty", f"{source} is empty. Give a file that holds a report.")
    refuse_binary(raw, source)
    text = fit(_decode(raw, source, declared), source, limit)
    controls = sum(text.count(chr(c)) for c in range(1, 32) if c not in (9, 10, 11, 12, 13))
    if controls * 50 > len(text):
        raise InputError(
            "binary",
            f"{source} is not text: {controls} of its {len(text)} characters are control characters. Leave it out.",
        )
    return text


def _decode(raw: bytes, source: str, declared: str | None) -> str:
    for bom, name in BOMS:
        if raw.startswith(bom):
            return _strictly(raw[len(bom) :], name, source, len(bom))
    if b"\0" in raw[:4000]:
        return _without_mark(raw, source)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as e:
        at, why = e.start, e.reason
    if declared is not None:
        try:
            name = codecs.lookup(declared).name
            if name != "utf-8":
                return raw.decode(MEANT.get(name, name))
        except (LookupError, UnicodeDecodeError):
            pass
    # Letters of UTF-8 beside one broken byte: the file is UTF-8 and damaged; another encoding would give mojibake.
    sample = raw[:SAMPLE]
    good = MULTIBYTE.findall(sample)
    if len(good) * 2 < _high(sample) - sum(map(len, good)) or not good:
        guess = _windows(raw) or _normalizer(raw)
        if guess is not None:
            return guess
    raise InputError(
        "encoding",
        f"{source} is not valid UTF-8 at byte {at} ({why}), and no other encoding gives plausible text. Save it "
        f"as UTF-8.",
    )


def _strictly(raw: bytes, name: str, source: str, skipped: int) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as e:
        raise InputError(
            "encoding",
            f"{source} starts with the mark of {name} but breaks it at byte {e.start + skipped} ({e.reason}). "
            f"Save it as UTF-8.",
        ) from e


def _without_mark(raw: bytes, source: str) -> str:
    """UTF-16 without a mark: nearly every second byte of English text is then zero."""
    head = raw[:4000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) * 10 > len(zeros) * 8:
            return _strictly(raw, name, source, 0)
    at = raw.find(b"\0")
    raise InputError("binary", f"{source} is not text: byte {at} is zero. Leave it out, or save it as UTF-8 text.")


def _windows(raw: bytes) -> str | None:
    """Windows-1252, when what lies beyond ASCII is sparse and is quotes, dashes or letters within words."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None
    head = text[:SAMPLE]
    beyond = [n for n, c in enumerate(head) if c > "\x7f"]
    odd = sum(1 for n in beyond if not (head[n] in TYPOGRAPHY or (head[n].isalpha() and _in_word(head, n))))
    return text if len(beyond) * 8 <= len(head) and odd * 20 <= len(beyond) else None


def _high(raw: bytes) -> int:
    return len(raw) - len(raw.translate(None, BEYOND_ASCII))


def _in_word(text: str, n: int) -> bool:
    """Beside an ASCII letter: "café", "Erdoğan", but not a row of letters that are none ("ÐŸÑƒ")."""
    return (n > 0 and text[n - 1].isascii() and text[n - 1].isalpha()) or (
        n + 1 < len(text) and text[n + 1].isascii() and text[n + 1].isalpha()
    )


def _normalizer(raw: bytes) -> str | None:
    """charset-normalizer's verdict on the first 200,000 bytes, when its outcome is clean and mostly ASCII."""
    if _high(raw) * 4 > len(raw):
        return None
    best = from_bytes(raw[:200_000]).best()
    if best is None or best.percent_chaos > 5 or best.encoding in ("utf_7",):
        return None
    try:
        return raw.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
