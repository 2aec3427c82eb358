"""Questions to a record: the SQL of queries/ over its Parquet files, in DuckDB.

Values reach SQL as parameters only.
"""

from __future__ import annotations

import copy
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from dragoman.errors import RecordError
from dragoman.record.schema import CHILDREN, LINKING, TABLES, create_statement
from dragoman.record.store import File

QUERIES = Path(__file__).parent / "queries"
SETUP = ("counted", "views")  # those that are no questions
# Everything that questions need is built in: never fetch an extension.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


# So many ids are fetched by one list in SQL, which lets the reader of the files skip what holds none of them; more are
# joined.
LISTED = 1_000
REPORT = re.compile(r"[0-9a-f]{16}")
OF_REPORTS = re.compile(r"FROM (\w+) WHERE report IN \(SELECT unnest\(\$reports::VARCHAR\[\]\)\)")


class Questions:
    """One state of a record's tables, open for questions.

    ``unfinished``: rows by table that no question sees, as their batch was never completed.
    """

    def __init__(self, files: Mapping[str, list[File]]) -> None:
        """Open the Parquet files of each table; a table without files is empty. Raises RecordError."""
        self._connection = duckdb.connect(":memory:", config=CONFIG)
        # What does not fit into memory goes there, not into the folder that one happens to be in.
        spill = str(Path(tempfile.gettempdir()) / f"dragoman-{os.getpid()}")
        self._connection.execute("SET temp_directory = " + _quoted(spill))
        # What each file holds where is read once: files never change.
        self._connection.execute("SET parquet_metadata_cache = true")
        self.unfinished: dict[str, int] = {}
        self._in_files: dict[str, list[str]] = {}
        self._replaced: bool | None = None
        try:
            self._open("articles", files.get("articles", []))
            self._connection.execute(_sql("counted"))
            self._open_rest(files)
            self._connection.execute(_sql("views"))
        except duckdb.Error as e:
            raise RecordError(f"The record's files cannot be read: {_first_line(e)}") from e

    def follow(self, files: Mapping[str, Sequence[File]], *, again: bool) -> None:
        """Open these files in the place of those that were. For whoever is beside: within one transaction.

        again: whether files are gone, or reports among them that were there before. Raises RecordError.
        """
        fresh = [f.path for f in files.get("articles", ()) if f.path not in self.files("articles")]
        try:
            self._open("articles", files.get("articles", ()))
            if fresh:
                self._connection.execute(
                    f"INSERT INTO batches SELECT DISTINCT batch FROM read_parquet([{listed(fresh)}])"
                )
            if again:
                self._connection.execute("DROP TABLE batches; DROP TABLE replaced")
                self._connection.execute(_sql("counted"))
            self._open_rest(files)
        except duckdb.Error as e:
            raise RecordError(f"The record's files cannot be read: {_first_line(e)}") from e

    def _open_rest(self, files: Mapping[str, Sequence[File]]) -> None:
        whole = {row[0] for row in self._connection.execute("SELECT batch FROM batches").fetchall()}
        for table in TABLES:
            if table != "articles":
                self._open(table, self._whole(table, files.get(table, ()), whole))
        replaced = self._connection.execute("FROM replaced LIMIT 1").fetchone() is not None
        if replaced != self._replaced:
            for view in _views(replaced):
                self._connection.execute(view)
            self._replaced = replaced

    def _open(self, table: str, files: Sequence[File]) -> None:
        before = self._in_files.get(table)
        paths = [f.path for f in files]
        if paths and paths != before:
            if before == []:
                self._connection.execute(f"DROP TABLE {table}_rows")
            asked = f"SELECT * FROM read_parquet([{listed(paths)}])"
            self._connection.execute(f"CREATE OR REPLACE VIEW {table}_rows AS {asked}")
        elif not paths and before != []:
            if before:
                self._connection.execute(f"DROP VIEW {table}_rows")
            self._connection.execute(create_statement(table, f"{table}_rows"))
        self._in_files = {**self._in_files, table: paths}  # whoever is beside keeps what he began with

    def files(self, table: str) -> Sequence[str]:
        """The files that a table's rows are asked of."""
        return self._in_files.get(table, [])

    def _whole(self, table: str, files: Sequence[File], whole: set[str]) -> Sequence[File]:
        """Without the files of batches that were never completed: those of killed runs, or of one that is at it.

        A file of several batches is made by joining files, which joins only what is whole.
        """
        if table not in CHILDREN:
            return files
        kept = [f for f in files if f.first is None or f.first != f.last or f.first in whole]
        self.unfinished[table] = sum(f.rows for f in files) - sum(f.rows for f in kept)
        return kept

    def named(self, name: str, /, **values: Any) -> list[dict[str, Any]]:
        """The rows of queries/``name``.sql with its parameters filled in. Raises RecordError."""
        return self.sql(_sql(name), values)

    def text(self, name: str) -> str:
        """The SQL of queries/``name``.sql."""
        return _sql(name)

    def names(self, words: str) -> list[str]:
        """Every name in events and quotations that has these whole words in it."""
        return [row["name"] for row in self.named("names", words=words)]

    def fetch(self, name: str, keys: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The whole rows of queries/``name``.sql for keys (report, id) that another question found, in their order.

        The words of ten million rows are not touched to find a hundred: first the keys, then the rows.
        """
        ids = {k["id"]: n for n, k in enumerate(keys)}
        rows = [row for row in self.of_reports(name, sorted({k["report"] for k in keys})) if row["id"] in ids]
        return sorted(rows, key=lambda row: ids[row["id"]])

    def of_reports(self, name: str, reports: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of queries/``name``.sql for these reports."""
        if not reports:
            return []
        sql = _sql(name)
        if len(reports) <= LISTED and all(REPORT.fullmatch(report) for report in reports):
            sql = OF_REPORTS.sub(lambda found: f"FROM {self._holding(found[1], reports)}", sql)
        return self.sql(sql, {"reports": list(reports)} if "$reports" in sql else {})

    def _holding(self, table: str, reports: Sequence[str]) -> str:
        """SQL for the rows of a table that are of these reports, out of the files that hold them only.

        Every file has reports from the least id to the greatest, so that a list of ids alone would have a piece of each
        file read for each id: eight times as long with twenty files.
        """
        if not self.files(table):
            return f"(SELECT * FROM {table} WHERE report IN ({listed(reports)}))"
        files = listed(self._in_files[table])
        asked = f"SELECT DISTINCT filename, report FROM read_parquet([{files}]) WHERE report IN ({listed(reports)})"
        held: dict[str, list[str]] = {}
        for row in self.sql(asked):
            held.setdefault(row["filename"], []).append(row["report"])
        if not held:
            return f"(SELECT * FROM {table} WHERE false)"
        pieces = [
            f"SELECT * FROM read_parquet({_quoted(file)}) WHERE report IN ({listed(sorted(some))})"
            for file, some in sorted(held.items())
        ]
        return f"(SELECT h.* FROM ({' UNION ALL '.join(pieces)}) AS h ANTI JOIN replaced USING (report, batch))"

    def sql(self, sql: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of any SELECT over the views of queries/views.sql. Raises RecordError."""
        try:
            *before, last = duckdb.extract_statements(sql)
            given = dict(values or {})
            for statement in before:
                self._connection.execute(statement, {name: given[name] for name in statement.named_parameters})
            done = self._connection.execute(last, given)
            names = [column[0] for column in done.description or ()]
            return [dict(zip(names, row, strict=True)) for row in done.fetchall()]
        except duckdb.Error as e:
            raise RecordError(f"The record cannot answer this: {_first_line(e)}") from e

    def stream(self, sql: str) -> Any:
        """The rows of a SELECT as an Arrow stream. Raises RecordError."""
        try:
            return self._connection.sql(sql)
        except duckdb.Error as e:
            raise RecordError(f"The record cannot answer this: {_first_line(e)}") from e

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        """Any statement, for tables and views of one's own. Raises RecordError."""
        try:
            self._connection.execute(sql, dict(values) if values else None)
        except duckdb.Error as e:
            raise RecordError(f"The record cannot answer this: {_first_line(e)}") from e

    def run_all(self, sql: str) -> None:
        """Several statements without parameters. Raises RecordError."""
        for statement in duckdb.extract_statements(sql):
            self.run(statement.query)

    def columns(self, sql: str) -> dict[str, Any]:
        """The columns of a SELECT as arrays of NumPy. Raises RecordError."""
        try:
            found: dict[str, Any] = self._connection.execute(sql).fetchnumpy()
        except duckdb.Error as e:
            raise RecordError(f"The record cannot answer this: {_first_line(e)}") from e
        return found

    def batches(self, sql: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a SELECT, so many at a time; no more are held in memory. Raises RecordError."""
        try:
            asked = self._connection.execute(sql)
            while rows := asked.fetchmany(size):
                yield rows
        except duckdb.Error as e:
            raise RecordError(f"The record cannot answer this: {_first_line(e)}") from e

    def beside(self) -> Questions:
        """The same tables for another thread, which sees what is made here but for what is temporary; close both."""
        other = copy.copy(self)
        other._connection = self._connection.cursor()
        other._connection.execute("SET parquet_metadata_cache = true")
        return other

    def interrupt(self) -> None:
        """End what another thread is asking."""
        self._connection.interrupt()

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()


def _sql(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def _views(replaced: bool) -> Iterator[str]:
    """A view a table: what counts of it. Where nothing was read again there is nothing to leave out."""
    for table in (*CHILDREN, "articles"):
        leave_out = "ANTI JOIN replaced USING (report, batch)" if replaced else ""
        yield f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM {table}_rows {leave_out}"
    for table in LINKING:
        # A row of linking counts while the reading that it is of does. Those of links have two.
        if table == "judgements" or not replaced:
            yield f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM {table}_rows"
            continue
        leave_out = "ANTI JOIN replaced AS r ON r.report = t.report AND r.batch = t.of_batch"
        if table == "links":
            leave_out += " ANTI JOIN replaced AS s ON s.report = t.other_report AND s.batch = t.other_batch"
        yield f"CREATE OR REPLACE VIEW {table} AS SELECT t.* FROM {table}_rows AS t {leave_out}"


def _quoted(text: str) -> str:
    """A text as SQL writes it: for paths and ids only; values that users give are parameters."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Sequence[str]) -> str:
    """Paths or ids as SQL lists them."""
    return ", ".join(map(_quoted, texts))


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
