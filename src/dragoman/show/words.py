"""Words fit to print, and the table that every command lays them out in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = ["Console", "Object", "Row", "clip", "console", "count", "plain", "quoted", "rows", "words"]

Object = Mapping[str, Any]  # one report or a part of one, as docs/record.md has it
Row = tuple[str, Text, Text, Text, str, str]  # id, left side, kind, right side, day, words

WIDE = 130  # columns from which the words stand beside a row instead of under it: they then have some 50 of their own
HARMLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # invisible, but they move and hide nothing


def console(*, stderr: bool = False) -> Console:
    """A console that colours only a terminal, obeys NO_COLOR and reads no markup out of what it prints."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def plain(text: str) -> str:
    """``text`` on one line, blanks as single spaces, control and bidirectional characters as escapes."""
    return "".join(_shown(c) for c in " ".join(text.split()))


def _shown(char: str) -> str:
    if char.isprintable() or char in HARMLESS:
        return char
    category, code = unicodedata.category(char), ord(char)
    if category.startswith("Z"):
        return " "
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def clip(text: str, width: int) -> str:
    """The beginning of ``text``, cut at a word, within ``width`` characters."""
    if len(text) <= width:
        return text
    head = text[: width - 1]
    if " " in head[width // 2 :]:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:") + "…"


def words(text: str, span: Object | None) -> str:
    """The words of a span of the contract, ready to print."""
    return "" if span is None else plain(text[span["start"] : span["end"]])


def quoted(said: str) -> str:
    """``said`` in quotation marks, unless it already stands in some from end to end."""
    return said if said[:1] in '“"‘«' and said[-1:] in '”"’»' else f"“{said}”"


def count(n: int, noun: str) -> str:
    """A number with its noun: 1 event, 1,234 events."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def rows(out: Console, heads: tuple[str, ...], lines: Iterable[Row], indent: int = 2) -> None:
    """Wide: one line a row, the words in the last column. Narrow: the words under the row."""
    wide = out.width >= WIDE
    table = Table(box=None, padding=(0, 2 if wide else 1, 0, 0), pad_edge=False, show_header=wide, header_style="dim")
    table.add_column("", no_wrap=True, style="dim")
    if wide:
        for head in heads:
            table.add_column(head, no_wrap=head == "day", overflow="fold", max_width=None if head == "day" else 34)
    table.add_column("words", overflow="fold", ratio=1)
    for ident, left, kind, right, day, said in lines:
        if wide:
            table.add_row(ident, left, kind, right, day, Text(said, style="italic"))
        else:
            top = Text.assemble(left, " → ", right, "  ", kind, "  ", day)
            table.add_row(ident, Text("\n").join([top, Text(said, style="italic dim")]))
    out.print(Padding(table, (0, 0, 0, indent)))
