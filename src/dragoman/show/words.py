"""Words fit to print, and the table that every command lays them out in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console as Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

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


def days(edtf: str | None) -> str:
    """A date of the contract for people: 2023-05-28, "by 2023-05-28", "from 2021-12-08 to 2022-09-06"."""
    if not edtf or edtf in ("..", "../.."):
        return "—"
    first, slash, last = edtf.partition("/")
    if not slash:
        return edtf
    if first in ("", ".."):
        return f"by {last}"
    return f"from {first}" if last in ("", "..") else f"{first} to {last}"


def short(ident: str) -> str:
    """The part of a row's id after its report's: "e1"."""
    return ident.rpartition("-")[2]


def hanging(out: Console, label: Text | str, body: Text, indent: int = 2) -> None:
    """``body`` wrapped to the width behind ``label``, further lines below its first word."""
    head = Text(" " * indent).append_text(label if isinstance(label, Text) else Text(label))
    for n, line in enumerate(body.wrap(out, max(20, out.width - len(head)))):
        line.rstrip()
        out.print((head if n == 0 else Text(" " * len(head))) + line, no_wrap=True, overflow="ignore", crop=False)


def rows(out: Console, heads: tuple[str, ...], lines: Sequence[Row], indent: int = 2) -> None:
    """Wide: one line a row, the words in the last column. Narrow: the words under the row."""
    if out.width >= WIDE:
        _wide(out, heads, lines, indent)
        return
    label = max((len(line[0]) for line in lines), default=0) + 1
    for ident, left, kind, right, day, said in lines:
        title = kind.copy()
        title.pad_right(max(0, 10 - len(title)))
        dated = "" if day == "—" else f" · {day}"
        head = Text.assemble(title, " ", left, *((" → ", right) if right.plain != "—" else ()), dated)
        hanging(out, Text(f"{ident:<{label}}", style="dim"), head, indent)
        hanging(out, " " * label, Text(said, style="italic"), indent)


def _wide(out: Console, heads: tuple[str, ...], lines: Sequence[Row], indent: int) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("", no_wrap=True, style="dim")
    for head in heads:
        table.add_column(head, overflow="fold", max_width=24 if head == "day" else 32)
    table.add_column("words", overflow="fold", ratio=1)
    for ident, left, kind, right, day, said in lines:
        table.add_row(ident, left, kind, right, day, Text(said, style="italic"))
    out.print(Padding(table, (0, 0, 0, indent)))
