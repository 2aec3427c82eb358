"""The ledger: filled from the record's files, and kept up with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman.record.ledger.places import Places
from dragoman.record.query import Questions, listed
from dragoman.record.store import File

SQL = Path(__file__).parent
# A ledger is made of so many events at most: each million takes 80 MB of memory, and twice that while it is made, so
# that a process with 9.5 million had 1,951 MiB at most.
MOST_EVENTS = 10_500_000
PLACED = ("articles", "events", "quotes")
TAKEN_IN = ("deals", "quotes")
SORTED = {
    "ledger_deals": "day NULLS LAST, report, n", "ledger_quotes": "day NULLS LAST, report, n",
    "ledger_reports": "day NULLS LAST, report",
}  # fmt: skip


class Ledger:
    """The ledger of one record, in the database that its files are open in.

    Whoever asks sees each change of it whole or not at all, as it is made in one transaction with that of the views.
    exact: whether all ids are a report's, a letter and the place in the order; else it knows none, and answers nothing.
    """

    def __init__(self, opened: Questions) -> None:
        """Fill it: some 3 seconds of processor for each million of events. Raises RecordError."""
        self._questions = questions = opened.beside()
        self.places: dict[str, Places] = {table: Places() for table in PLACED}
        self.exact = True
        questions.run_all(sql("tables"))
        self._take_in_reports(questions.files("articles"))
        for table in TAKEN_IN:
            for path in questions.files(table):
                self._take_in(table, path, "ANTI JOIN replaced USING (report, batch)")
        for table, order in SORTED.items():
            questions.run(f"CREATE TABLE sorted AS FROM {table} ORDER BY {order}")
            questions.run(f"DROP TABLE {table}")
            questions.run(f"ALTER TABLE sorted RENAME TO {table}")
        for table, places in self.places.items():
            places.add([(path, *self._placed(path)) for path in questions.files(table)])
        questions.run_all(sql("told"))

    def opened(self) -> Questions:
        """The state of the record that the ledger is of, open for whoever asks."""
        return self._questions.beside()

    def follow(self, files: Mapping[str, Sequence[File]]) -> None:
        """Take in what was added since, and leave out what is gone or was read again. Raises RecordError."""
        questions = self._questions
        before = {table: set(questions.files(table)) for table in files}
        fewer = any(before[table] - {f.path for f in some} for table, some in files.items())
        questions.run("BEGIN")
        try:
            fresh = [f.path for f in files.get("articles", ()) if f.path not in before["articles"]]
            self._added(fresh)
            again = """SELECT report FROM added
                SEMI JOIN ledger_reports AS l ON l.report = ('0x' || added.report)::UBIGINT"""
            questions.follow(files, again=fewer or bool(questions.sql(again)))
            # Of a reading that is not the newest nothing counts, here or there.
            questions.run(
                "DELETE FROM added USING replaced AS r WHERE r.report = added.report AND r.batch = added.batch"
            )
            gone = [row["report"] for row in questions.sql(again)]
            if fewer:
                gone += [
                    row["report"]
                    for row in questions.sql("""SELECT printf('%016x', l.report) AS report
                    FROM ledger_reports AS l
                    ANTI JOIN articles AS a ON a.batch = l.batch AND ('0x' || a.report)::UBIGINT = l.report
                """)
                ]
            self._leave_out(gone)
            self._take_in_reports(fresh, "SEMI JOIN added USING (report, batch)")
            placed = []
            for table in {*PLACED, *TAKEN_IN}:
                for path in questions.files(table):
                    if path not in before[table]:
                        if table in TAKEN_IN:
                            self._take_in(table, path, "SEMI JOIN added USING (report, batch)")
                        if table in PLACED:
                            placed.append((table, path, *self._placed(path)))
            if gone or {f.path for f in files.get("stories", ())} != before.get("stories"):
                questions.run_all(sql("told"))
            questions.run("COMMIT")
        except BaseException:
            questions.run("ROLLBACK")
            raise
        for table, path, reports, rows in placed:
            self.places[table].add([(path, reports, rows)])

    def _added(self, fresh: Sequence[str]) -> None:
        """Make the table of the readings in new files that the ledger has not: files of joined ones have others too."""
        asked = (
            f"SELECT report, batch FROM read_parquet([{listed(fresh)}])"
            if fresh
            else "SELECT '' AS report, '' AS batch WHERE false"
        )
        self._questions.run(f"""CREATE OR REPLACE TEMP TABLE added AS SELECT f.* FROM ({asked}) AS f
            ANTI JOIN ledger_reports AS l ON l.batch = f.batch AND l.report = ('0x' || f.report)::UBIGINT""")

    def _leave_out(self, reports: Sequence[str]) -> None:
        if not reports:
            return
        numbers = ", ".join(str(int(report, 16)) for report in reports)
        quotes = f"SELECT quote FROM ledger_quotes WHERE report IN ({numbers})"
        self._questions.run(f"DELETE FROM ledger_named WHERE quote IN ({quotes})")
        for table in ("ledger_deals", "ledger_quotes", "ledger_reports"):
            self._questions.run(f"DELETE FROM {table} WHERE report IN ({numbers})")
        self._questions.run(f"DELETE FROM ledger_messages WHERE report IN ({listed(reports)})")

    def _take_in_reports(self, paths: Sequence[str], of: str = "ANTI JOIN replaced USING (report, batch)") -> None:
        if paths:
            self._questions.run(f"""INSERT INTO ledger_reports
                SELECT ('0x' || report)::UBIGINT, batch, dated_start, dated_end, coalesce(dated_end, dated_start)
                FROM read_parquet([{listed(paths)}]) {of}""")

    def _take_in(self, table: str, path: str, of: str) -> None:
        """The rows of a file that count. of: a join that leaves out the others."""
        questions = self._questions
        questions.run(f"CREATE OR REPLACE TEMP TABLE incoming AS SELECT * FROM read_parquet({listed([path])}) {of}")
        ident = "event <> 'e' || n" if table == "deals" else "id <> report || '-q' || n"
        odd = f"SELECT count(*) AS odd FROM incoming WHERE {ident} OR NOT regexp_full_match(report, '[0-9a-f]{{16}}')"
        self.exact = self.exact and not questions.sql(odd)[0]["odd"]
        if self.exact:
            questions.run_all(sql(table))
        questions.run("DROP TABLE incoming")

    def _placed(self, path: str) -> tuple[Any, Any]:
        """The reports of a file whose rows lie together, and their first rows."""
        found = self._questions.columns(f"""SELECT
                ('0x' || report)::UBIGINT AS report, min(file_row_number)::UINTEGER AS row
            FROM read_parquet({listed([path])}, file_row_number = true) ANTI JOIN replaced USING (report, batch)
            GROUP BY report HAVING max(file_row_number) - min(file_row_number) + 1 = count(*)""")
        return found["report"], found["row"]


def sql(name: str) -> str:
    """The statements of ``name``.sql beside this file."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
