"""Which events, quotations and reports an export holds, and asking for them in batches."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from dragoman.record import asking
from dragoman.record.export import codes
from dragoman.record.record import Record

HERE = Path(__file__).parent
# Rows asked for at once: larger batches are no faster (measured on 100,000 events).
BATCH = 5_000
# What an export's questions may hold in memory; what is more is put aside on disk meanwhile.
MEMORY = "1GB"
# Readings are long: some 20 times their text.
BATCH_READINGS = 50

# Filters that no quotation has: asked for one of them, no quotation is chosen.
OF_EVENTS = ("type", "status", "context", "occasion", "place")

# Reports that are sorted together: what is made of all of them at once would be put aside on disk several times over.
PIECE = 10_000

# What is of the reports of one piece.
OF_PIECE = "report BETWEEN getvariable('first_report') AND getvariable('last_report')"
READINGS = f"""
SELECT reading, text, coalesce(url, source),
    coalesce(published, CASE WHEN dated_start = dated_end THEN dated_start END), e.ids, q.ids
FROM (FROM articles WHERE {OF_PIECE}) AS a SEMI JOIN (FROM chosen_reports WHERE {OF_PIECE}) USING (report)
LEFT JOIN (SELECT report, list(id) AS ids FROM chosen_events WHERE {OF_PIECE} GROUP BY report) AS e USING (report)
LEFT JOIN (SELECT report, list(id) AS ids FROM chosen_quotes WHERE {OF_PIECE} GROUP BY report) AS q USING (report)
ORDER BY report
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of :meth:`Record.events`."""

    source: str | None = None
    target: str | None = None
    actor: str | None = None
    type: str | None = None
    status: str | None = None
    context: str | None = None
    occasion: str | None = None
    place: str | None = None
    publisher: str | None = None
    words: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    report: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One report: the contract's object, and which of its events and quotations are chosen."""

    object: dict[str, Any]
    text: str
    link: str
    published: dt.date | None
    events: frozenset[str]
    quotes: frozenset[str]


class Selection:
    """The chosen part of a record, open for the exports' SQL (views.sql). A ``with`` block. Raises RecordError.

    Quotations pass by the same who, when and report as events, and not at all when a
    type, status, context, occasion or place is asked for. Words are looked for in evidences and in what is said.
    Reports: those that a chosen event or quotation is of; every report when nothing is filtered.
    """

    def __init__(self, record: Record, filters: Filters) -> None:
        self._aside = contextlib.ExitStack()
        folder = self._aside.enter_context(tempfile.TemporaryDirectory(prefix="dragoman-"))
        self._questions = record.open()
        self._aside.callback(self._questions.close)
        run = self._questions.run
        quoted = folder.replace("'", "''")
        run(f"SET temp_directory = '{quoted}'")
        run(f"SET memory_limit = '{MEMORY}'")
        # The planner cannot know how many rows a reading unnests to, and would hold all of them, texts included, to
        # look for the few codes in them; as written, the codes are held. This halves the peak of memory.
        run("SET disabled_optimizers = 'build_side_probe_side,join_order'")
        wanted = asdict(filters)
        self._choose("events", wanted)
        if any(getattr(filters, name) for name in OF_EVENTS):
            run("CREATE TEMP TABLE chosen_quotes (report VARCHAR, id VARCHAR)")
        else:
            self._choose("quotes", wanted)
        if filters == Filters():
            run("CREATE TEMP TABLE chosen_reports AS SELECT report FROM articles ORDER BY report")
        else:
            run(
                "CREATE TEMP TABLE chosen_reports AS SELECT report FROM ("
                "SELECT report FROM chosen_events UNION SELECT report FROM chosen_quotes) ORDER BY report"
            )
        codes.create(self._questions)
        run((HERE / "views.sql").read_text(encoding="utf-8"))

    def _choose(self, table: str, wanted: dict[str, Any]) -> None:
        run = self._questions.run
        run(f"CREATE TEMP TABLE chosen_{table} (report VARCHAR, id VARCHAR)")
        asked, values = asking.statement(self._questions, table, wanted)
        # Sorted, so that a piece's rows are found without a look at all.
        run(f"INSERT INTO chosen_{table} SELECT report, id FROM (\n{asked}) ORDER BY report", values)

    def __enter__(self) -> Selection:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._aside.close()

    def batches(self, sql: str, size: int = BATCH) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a SELECT over the views, a batch at a time."""
        return self._questions.batches(sql, size)

    def by_report(self, sql: str, size: int = BATCH) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a SELECT over the views of readings that is ordered by report first, a batch at a time."""
        bounds = self.table(
            "SELECT min(report) AS first, max(report) AS last FROM ("
            f"SELECT report, (row_number() OVER (ORDER BY report) - 1) // {PIECE} AS piece FROM chosen_reports"
            ") GROUP BY piece ORDER BY piece"
        )
        for piece in bounds:
            for name in ("first", "last"):
                self._questions.run(f"SET VARIABLE {name}_report = $report", {"report": piece[name]})
            yield from self.batches(sql, size)

    def readings(self) -> Iterator[Told]:
        """The chosen reports one after the other, in the order of their ids."""
        for batch in self.by_report(READINGS, BATCH_READINGS):
            for reading, text, link, published, events, quotes in batch:
                yield Told(json.loads(reading), text, link, published, frozenset(events or ()), frozenset(quotes or ()))

    def table(self, sql: str) -> list[dict[str, Any]]:
        """All rows of a small SELECT."""
        return self._questions.sql(sql)

    def names(self, sql: str) -> list[str]:
        """The columns of a SELECT."""
        return [c["column_name"] for c in self._questions.sql(f"DESCRIBE {sql}")]

    def run(self, sql: str) -> None:
        """Any statement over the views."""
        self._questions.run(sql)
