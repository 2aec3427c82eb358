"""Which events, quotations and reports an export holds, and asking for them in batches."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, TypeVar

from dragoman.record import asking
from dragoman.record.export import codes
from dragoman.record.query import Questions
from dragoman.record.record import Record

Answer = TypeVar("Answer")

HERE = Path(__file__).parent
# What an export's questions may hold in memory; what is more is put aside on disk meanwhile.
MEMORY = "1GB"

# Filters that no quotation has: asked for one of them, no quotation is chosen.
OF_EVENTS = ("type", "status", "context", "occasion", "place")

# Reports that are sorted together. Files are read in groups of 2,000 reports, so that of smaller pieces more is read
# than is used: to read nineteen files takes 3 microseconds an event with 10,000 and 1.5 with 40,000.
PIECE = 30_000
# Bytes of a piece's lines that are held in memory; more go to a file.
HELD = 2**26
# Rows fetched at once; larger batches are no faster.
BATCH = 5_000

# What is of the reports of one piece.
OF_PIECE = "report >= getvariable('first_report') AND report < getvariable('last_report')"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a piece, in UTF-8, and how many."""

    file: IO[bytes]
    rows: int


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


class Selection:
    """The chosen part of a record, open for the exports' SQL (views.sql). A ``with`` block. Raises RecordError.

    Quotations pass by the same who, when and report as events, and not at all when a type, status, context, occasion or
    place is asked for. Words are looked for in evidences and in what is said. Reports: those that a chosen event or
    quotation is of; every report when nothing is filtered.

    What is asked piece by piece is asked in as many threads as there are cores, each piece in one of them: pieces share
    no work, and come back in their order.
    """

    def __init__(self, record: Record, filters: Filters, *, events_only: bool = False) -> None:
        """events_only: the export asks for events, not for quotations nor for reports as such."""
        self._aside = contextlib.ExitStack()
        self._folder = self._aside.enter_context(tempfile.TemporaryDirectory(prefix="dragoman-"))
        self._questions = record.open()
        self._aside.callback(self._questions.close)
        run = self._questions.run
        quoted = self._folder.replace("'", "''")
        run(f"SET temp_directory = '{quoted}'")
        run(f"SET memory_limit = '{MEMORY}'")
        # The planner cannot know how many rows a reading unnests to, and would hold all of them, texts included, to
        # look for the few codes in them; as written, the codes are held. This halves the peak of memory.
        run("SET disabled_optimizers = 'build_side_probe_side,join_order'")
        # Every thread of ours asks its own question, alone.
        self._threads = int(self.table("SELECT current_setting('threads') AS n")[0]["n"])
        if filters == Filters():
            self._none_left_out()
        elif events_only and filters == Filters(status=filters.status):
            run("CREATE TABLE chosen_status AS SELECT lower($status::VARCHAR) AS status", {"status": filters.status})
            self._none_left_out("its_status = (SELECT status FROM chosen_status)")
        else:
            self._leave_out(asdict(filters))
        run("SET threads = 1")
        run("SET VARIABLE first_report = ''")
        run("SET VARIABLE last_report = 'g'")
        codes.create(self._questions)
        run((HERE / "views.sql").read_text(encoding="utf-8"))

    def _none_left_out(self, events: str = "true") -> None:
        self._reports = int(self.table("SELECT count(*) AS n FROM articles")[0]["n"])
        self._macros(events, "true", "true")

    def _leave_out(self, wanted: dict[str, Any]) -> None:
        run = self._questions.run
        self._choose("events", wanted)
        if any(wanted[name] for name in OF_EVENTS):
            run("CREATE TABLE chosen_quotes (report VARCHAR, id VARCHAR)")
        else:
            self._choose("quotes", wanted)
        run(
            "CREATE TABLE chosen_reports AS SELECT report FROM ("
            "SELECT report FROM chosen_events UNION SELECT report FROM chosen_quotes) ORDER BY report"
        )
        self._reports = int(self.table("SELECT count(*) AS n FROM chosen_reports")[0]["n"])
        self._macros(
            f"its_id IN (SELECT id FROM chosen_events WHERE {OF_PIECE})",
            f"its_id IN (SELECT id FROM chosen_quotes WHERE {OF_PIECE})",
            f"its_report IN (SELECT report FROM chosen_reports WHERE {OF_PIECE})",
        )

    def _choose(self, table: str, wanted: dict[str, Any]) -> None:
        run = self._questions.run
        run(f"CREATE TABLE chosen_{table} (report VARCHAR, id VARCHAR)")
        asked, values = asking.statement(self._questions, table, wanted)
        # Sorted, so that a piece's rows are found without a look at all.
        run(f"INSERT INTO chosen_{table} SELECT report, id FROM (\n{asked}) ORDER BY report", values)

    def _macros(self, events: str, quotes: str, reports: str) -> None:
        self._questions.run(f"CREATE MACRO is_chosen_event(its_id, its_status) AS {events}")
        self._questions.run(f"CREATE MACRO is_chosen_quote(its_id) AS {quotes}")
        self._questions.run(f"CREATE MACRO is_chosen_report(its_report) AS {reports}")

    def __enter__(self) -> Selection:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._aside.close()

    def text(self, lines: str, order: str, between: str = "") -> Iterator[Lines]:
        """The column ``line`` of a SELECT of the rows of a piece, in UTF-8, piece by piece.

        order: columns of it, report first. between: what stands between two lines of a piece.
        """
        asked = f"SELECT line FROM (\n{lines}) ORDER BY {order}"

        def written(questions: Questions) -> Lines:
            file, rows = tempfile.SpooledTemporaryFile(HELD, dir=self._folder), 0  # noqa: SIM115 -- closed once taken
            for batch in questions.batches(asked, BATCH):
                text = (between if rows else "") + between.join(row[0] for row in batch)
                file.write(text.encode("utf-8", "replace"))
                rows += len(batch)
            file.seek(0)
            return Lines(file, rows)

        for some in self._by_piece(written):
            with some.file:
                yield some

    def rows(self, sql: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a SELECT of the rows of a piece that is ordered by report first, a batch at a time."""

        def sorted_(questions: Questions) -> Questions:
            questions.run(f"CREATE OR REPLACE TEMP TABLE piece AS {sql}")
            return questions

        for questions in self._by_piece(sorted_):
            yield from questions.batches("FROM piece", BATCH)

    def _by_piece(self, ask: Callable[[Questions], Answer]) -> Iterator[Answer]:
        """What is answered for each piece, in the order of the pieces.

        An answer may be the questions themselves: nothing else is asked of them before the next answer is taken.
        """
        bounds = _bounds(max(1, -(-self._reports // PIECE)))
        asking = [self._questions.beside() for _ in range(self._threads + 1)]
        pool = ThreadPoolExecutor(self._threads, thread_name_prefix="dragoman-export")

        def piece(n: int) -> Answer:
            questions = asking[n % len(asking)]
            for name, bound in zip(("first", "last"), bounds[n], strict=True):
                questions.run(f"SET VARIABLE {name}_report = $report", {"report": bound})
            return ask(questions)

        try:
            # No more pieces are held than threads, and the one that is taken.
            coming = deque(pool.submit(piece, n) for n in range(min(self._threads, len(bounds))))
            for n in range(self._threads, len(bounds) + self._threads):
                answer = coming.popleft().result()
                if n < len(bounds):
                    coming.append(pool.submit(piece, n))
                yield answer
        finally:
            for questions in asking:
                questions.interrupt()
            pool.shutdown(cancel_futures=True)
            for questions in asking:
                questions.close()

    def table(self, sql: str) -> list[dict[str, Any]]:
        """All rows of a small SELECT."""
        return self._questions.sql(sql)

    def names(self, sql: str) -> list[str]:
        """The columns of a SELECT."""
        return [c["column_name"] for c in self._questions.sql(f"DESCRIBE {sql}")]

    def run(self, sql: str) -> None:
        """Any statement over the views."""
        self._questions.run(sql)


def _bounds(pieces: int) -> list[tuple[str, str]]:
    """From which id on, and up to which, so many pieces go: ids are hashes, so that pieces are about as large."""
    cuts = [f"{n * 2**64 // pieces:016x}" for n in range(pieces)]
    return list(zip(cuts, [*cuts[1:], "g"], strict=True))
