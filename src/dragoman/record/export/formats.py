"""The formats by name, and writing one of them to a file or a stream."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import RecordError, UsageError
from dragoman.record.export import comma, parquet, plover, sqlite, tables, tabs, web_annotations
from dragoman.record.export.selection import Filters, Lines, Selection
from dragoman.record.record import Record


@dataclass(frozen=True, slots=True)
class Format:
    """What a format can take. ``status``: it has a place for it, so that events of every status go in."""

    about: str
    status: bool = False
    header: bool | None = None  # whether its first line names the columns; None: it has no such line
    binary: bool = False  # cannot go to standard output
    tables: bool = False  # holds one table, which may be chosen

    @property
    def events_only(self) -> bool:
        """Whether it holds nothing but events: those that have a place for the status hold quotations and more, too."""
        return not self.status


FORMATS: Mapping[str, Format] = {
    "gdelt-events": Format("GDELT 2.0, table of events", header=False),
    "gdelt-mentions": Format("GDELT 2.0, table of mentions", header=False),
    "icews": Format("ICEWS", header=True),
    "polecat": Format("POLECAT", header=True),
    "phoenix": Format("Phoenix", header=False),
    "plover": Format("PLOVER, JSON Lines"),
    "annotations": Format("W3C Web Annotations, JSON-LD", status=True),
    "csv": Format("one table, comma-separated values", status=True, header=True, tables=True),
    "parquet": Format("one table, Parquet", status=True, binary=True, tables=True),
    "sqlite": Format("all tables, SQLite with full-text search", status=True, binary=True),
}


def export(
    record: Record,
    format: str,
    to: Path | BinaryIO,
    filters: Filters | None = None,
    *,
    all_status: bool = False,
    header: bool | None = None,
    table: str = "events",
) -> int:
    """Write the chosen events in a format; how many rows it came to.

    to: a file, which is there whole or not at all, or a binary stream. all_status: planned, denied and hypothetical
    events too, in formats that have no place to say so. header: name the columns first or not, where the format's own
    way is the other. table: of csv and parquet. Raises RecordError and UsageError.
    """
    if format not in FORMATS:
        raise UsageError(f"no format {format}. There are: {', '.join(FORMATS)}")
    kind, filters = FORMATS[format], filters or Filters()
    if table not in tables.ORDER:
        raise UsageError(f"no table {table}. There are: {', '.join(tables.ORDER)}")
    if table != "events" and not kind.tables:
        raise UsageError(f"{format} has no choice of tables; csv and parquet have")
    if header is not None and kind.header is None:
        raise UsageError(f"{format} has no line that names columns")
    if kind.binary and not isinstance(to, Path):
        raise UsageError(f"{format} is no text: name a file with --to")
    if not (kind.status or all_status or filters.status):
        filters = replace(filters, status="asserted")
    if isinstance(to, Path) and to.is_dir():
        raise UsageError(f"{to} is a folder; name a file in it")
    with Selection(record, filters, events_only=kind.events_only) as selection:
        if not isinstance(to, Path):
            return _write_text(selection, format, to, kind.header if header is None else header, table)
        part = to.with_name(f".{to.name}.{os.getpid()}.part")
        try:
            if format == "parquet":
                count = parquet.fill(selection, part, table)
            elif format == "sqlite":
                count = sqlite.fill(selection, part)
            else:
                with part.open("wb") as out:
                    count = _write_text(selection, format, out, kind.header if header is None else header, table)
            part.replace(to)
            return count
        except OSError as e:
            raise RecordError(f"{to} cannot be written: {e.strerror or e}") from e
        finally:
            part.unlink(missing_ok=True)


def _write_text(selection: Selection, format: str, out: BinaryIO, header: bool | None, table: str) -> int:
    """The formats that are text, in UTF-8."""
    if format == "plover":
        return _put(out, plover.lines(selection))
    if format == "annotations":
        made, around = web_annotations.lines(selection), web_annotations
        return _put(out, made, around.HEAD, between=around.BETWEEN, tail=around.TAIL)
    if format == "csv":
        return _put(out, comma.lines(selection, table), comma.header(selection, table) if header else "")
    name = format.replace("-", "_")
    return _put(out, tabs.lines(selection, name), tabs.header(name) if header else "")


def _put(out: BinaryIO, pieces: Iterable[Lines], head: str = "", *, between: str = "", tail: str = "") -> int:
    count = 0
    out.write(head.encode())
    for piece in pieces:
        if piece.rows:
            out.write(between.encode() if count else b"")
            shutil.copyfileobj(piece.file, out, 2**20)
            count += piece.rows
    out.write(tail.encode())
    return count
