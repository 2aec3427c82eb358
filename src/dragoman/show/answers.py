"""Answers out of the record: tables, JSON lines, CSV."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from rich.text import Text

from dragoman.show.report import kind_of, name_of
from dragoman.show.words import Console, count, days, hanging, plain, quoted, rows, short

Answer = Mapping[str, Any]
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def address(row: Answer) -> str:
    """What `dragoman explain` takes: the beginning of the report's id, and the row's."""
    return f"{row['report'][:8]}-{short(row['id'])}"


def side(codes: Sequence[str | None], names: Sequence[str | None]) -> Text:
    """One side of a row of the record."""
    shown = [name_of(plain(name or ""), code or None) for code, name in zip(codes, names, strict=True) if name]
    return Text(", ").join(shown) if shown else Text("—", style="dim")


def event_rows(out: Console, found: Sequence[Answer]) -> None:
    """Events of the record."""
    lines = [
        (
            address(r),
            side(r["source_codes"], r["source_names"]),
            kind_of(r),
            side(r["target_codes"], r["target_names"]),
            days(r["date"]),
            quoted(plain(r["evidence"])),
        )
        for r in found
    ]
    if lines:
        rows(out, ("source", "type", "target", "day"), lines, indent=0)


def quote_rows(out: Console, found: Sequence[Answer]) -> None:
    """Quotations of the record."""
    lines = [
        (
            address(r),
            side([r["speaker_code"]], [r["speaker_name"]]),
            Text(r["kind"], style="dim"),
            side(r["addressee_codes"], r["addressee_names"]),
            days(r["date"]),
            quoted(plain(r["content"])),
        )
        for r in found
    ]
    if lines:
        rows(out, ("speaker", "kind", "addressee", "day"), lines, indent=0)


def flag_rows(out: Console, found: Sequence[Answer]) -> None:
    """Flags of the record."""
    for r in found:
        hanging(out, Text(address(r) + "  ", style="dim"), Text(plain(r["message"]), style="yellow"), 0)
        hanging(out, " " * 13, Text(f"{quoted(plain(r['words']))} in {plain(r['report_source'])}", style="dim"), 0)
    out.print(Text(count(len(found), "flag"), style="dim"))


def failure_rows(out: Console, found: Sequence[Answer]) -> None:
    """Failures of the record."""
    for r in found:
        begun = r["message"].startswith(r["source"])
        text = plain(r["message"] if begun else f"{r['source']}: {r['message']}")
        hanging(out, f"{r['kind']:<14}", Text(text + ("  (read since)" if r["read_since"] else "")), 0)
    out.print(Text(count(len(found), "failure"), style="dim"))


def stats(out: Console, found: Answer) -> None:
    """What the record holds."""
    for name in ("reports", "events", "quotes", "flags", "failures"):
        out.print(f"{name:<10} {found[name]:>10,}")
    if found["first_day"] or found["last_day"]:
        out.print(f"{'days':<10} {found['first_day'] or '..'}/{found['last_day'] or '..'}")
    for kind, n in found["types"].items():
        out.print(f"  {kind:<10} {n:>8,}")
    if found["stories"]:
        out.print(f"{'stories':<10} {found['stories']:>10,}  deeds that several reports tell")
    for publisher, n in found["publishers"].items():
        out.print(Text(f"  {plain(publisher)}  {n:,}", style="dim"))


def json_line(line: str, terminal: bool) -> str:
    """A line of JSON; on a terminal with control and bidirectional characters as JSON's own escapes."""
    return RAW.sub(lambda m: f"\\u{ord(m[0]):04x}", line) if terminal else line


def csv_rows(out: TextIO, found: Sequence[Answer], terminal: bool) -> None:
    """Rows as CSV with a header; lists joined by "|"."""
    if not found:
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(found[0])
    for row in found:
        cells = [_cell(value) for value in row.values()]
        writer.writerow([plain(cell) for cell in cells] if terminal else cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join("" if v is None else str(v) for v in value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
