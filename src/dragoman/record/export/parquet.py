"""Parquet: one table of the record, lists as lists and days as days."""

from __future__ import annotations

from pathlib import Path

from dragoman.record.export import tables
from dragoman.record.export.selection import Selection


def fill(selection: Selection, path: Path, table: str) -> int:
    """Write the file; the number of its rows."""
    sql = tables.query(table)
    target = str(path).replace("'", "''")
    # With one thread row groups are cut at the same rows in every run, so that the same record gives the same bytes.
    selection.run("SET threads = 1")
    selection.run(f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    return int(selection.table(f"SELECT count(*) AS n FROM read_parquet('{target}')")[0]["n"])
