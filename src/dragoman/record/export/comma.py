"""Comma-separated values: one table, with a header; lists joined by "|", as `dragoman events --csv` has them."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.record.export import tables
from dragoman.record.export.selection import Selection

LISTS = "array_to_string({}, '|')"


def header(selection: Selection, table: str) -> str:
    """The names of the columns, as the first line."""
    return ",".join(selection.names(tables.query(table))) + "\n"


def lines(selection: Selection, table: str) -> Iterator[list[str]]:
    """The rows of a table in batches."""
    sql = tables.query(table, lists=LISTS)
    cells = " || ',' || ".join(f'comma_cell("{name}")' for name in selection.names(sql))
    for batch in selection.batches(f"SELECT {cells} || chr(10) FROM ({sql})"):
        yield [row[0] for row in batch]
