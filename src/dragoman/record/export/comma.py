"""Comma-separated values: one table, with a header; lists joined by "|", as `dragoman events --csv` has them."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.record.export import tables
from dragoman.record.export.selection import Lines, Selection

LISTS = "array_to_string({}, '|')"


def header(selection: Selection, table: str) -> str:
    """The names of the columns, as the first line."""
    return ",".join(selection.names(tables.query(table))) + "\n"


def lines(selection: Selection, table: str) -> Iterator[Lines]:
    """The rows of a table."""
    sql = tables.query(table, lists=LISTS, piece=True)
    cells = " || ',' || ".join(f'comma_cell("{name}")' for name in selection.names(sql))
    return selection.text(f"SELECT *, {cells} || chr(10) AS line FROM ({sql})", tables.ORDER[table].replace("t.", ""))
