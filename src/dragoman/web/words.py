"""Words and addresses fit for a page: what templates call on values out of reports."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from dragoman.show.words import HARMLESS, clip, count, days, plain, quoted, short

QUAD_WORDS = {
    "verbal cooperation": "words, cooperation",
    "material cooperation": "deeds, cooperation",
    "verbal conflict": "words, conflict",
    "material conflict": "deeds, conflict",
}
# The shape says what the colour says: read without colours, or by a reader that speaks, nothing is lost.
QUAD_SIGNS = {
    "verbal cooperation": "○",
    "material cooperation": "●",
    "verbal conflict": "◇",
    "material conflict": "◆",
}


def quad_class(quad: str) -> str:
    """The name of a quad class in the style sheet: vc, mc, vx or mx."""
    return f"{quad[:1]}{'c' if quad.endswith('cooperation') else 'x'}"


def safe_url(url: str | None) -> str | None:
    """``url`` when it is an address of the web that may be clicked, else None."""
    if not url or any(unicodedata.category(c).startswith("C") for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def hidden(char: str) -> str | None:
    """The number of a character that would turn, hide or break the words around it, else None."""
    if char in "\n\t" or char in HARMLESS or char.isprintable():
        return None
    if unicodedata.category(char) == "Zs":
        return None
    return f"U+{ord(char):04X}"


def query(values: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> str:
    """The part of an address behind its question mark; what is empty is left out."""
    pairs = values.items() if isinstance(values, Mapping) else values
    return urlencode([(k, str(v)) for k, v in pairs if v not in (None, "")])


def sides(codes: Sequence[str | None] | None, names: Sequence[str | None] | None) -> list[tuple[str, str | None]]:
    """Names with their codes, of one side of a row of the record; a code that is the name itself is left out."""
    both = zip(codes or (), names or (), strict=False)
    return [(plain(name), code if code and code != name else None) for code, name in both if name]


def figure(value: float | None) -> str:
    """A number with its sign, or a dash."""
    return "—" if value is None else f"{value:+.1f}".replace("-", "−")


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the record as JSON has it: days as text."""
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in row.items()}


FILTERS = {
    "plain": lambda v: plain(str(v)) if v is not None else "",
    "clip": lambda v, width=160: clip(plain(str(v or "")), width),
    "days": days,
    "short": short,
    "quoted": lambda v: quoted(plain(str(v or ""))),
    "quad_class": quad_class,
    "quad_sign": lambda v: QUAD_SIGNS.get(v, "·"),
    "quad_words": lambda v: QUAD_WORDS.get(v, v),
    "safe_url": safe_url,
    "figure": figure,
    "query": query,
    "number": lambda v: f"{v:,}",
    "dict_with": lambda values, name, value: dict(values) | {name: value},
}
FUNCTIONS = {"sides": sides, "count": count}
