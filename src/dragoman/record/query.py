"""Questions to a record: the SQL of queries/ over its Parquet files, in DuckDB.

Values reach SQL as parameters only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from dragoman.errors import RecordError
from dragoman.record.schema import TABLES, create_statement

QUERIES = Path(__file__).parent / "queries"
# Everything that questions need is built in: never fetch an extension.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Questions:
    """One state of a record's tables, open for questions."""

    def __init__(self, files: Mapping[str, list[str]]) -> None:
        """Open the Parquet files of each table; a table without files is empty. Raises RecordError."""
        self._connection = duckdb.connect(":memory:", config=CONFIG)
        try:
            for table in TABLES:
                if files.get(table):
                    self._connection.read_parquet(files[table]).create_view(f"{table}_rows")
                else:
                    self._connection.execute(create_statement(table, f"{table}_rows"))
            self._connection.execute(_sql("views"))
        except duckdb.Error as e:
            raise RecordError(f"The record's files cannot be read: {_first_line(e)}") from e

    def named(self, name: str, /, **values: Any) -> list[dict[str, Any]]:
        """The rows of queries/``name``.sql with its parameters filled in. Raises RecordError."""
        return self.sql(_sql(name), values)

    def sql(self, sql: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of any SELECT over the views of queries/views.sql. Raises RecordError."""
        try:
            done = self._connection.execute(sql, dict(values or {}))
            names = [column[0] for column in done.description or ()]
            return [dict(zip(names, row, strict=True)) for row in done.fetchall()]
        except duckdb.Error as e:
            raise RecordError(f"The record cannot answer this: {_first_line(e)}") from e

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        """Any statement, for tables and views of one's own. Raises RecordError."""
        try:
            self._connection.execute(sql, dict(values) if values else None)
        except duckdb.Error as e:
            raise RecordError(f"The record cannot answer this: {_first_line(e)}") from e

    def batches(self, sql: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a SELECT, so many at a time; no more are held in memory. Raises RecordError."""
        try:
            asked = self._connection.execute(sql)
            while rows := asked.fetchmany(size):
                yield rows
        except duckdb.Error as e:
            raise RecordError(f"The record cannot answer this: {_first_line(e)}") from e

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()


def _sql(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
