"""The record: every reading that was kept, in one folder.

A batch of readings is written table by table under one batch name, ``articles`` last. Questions see a row only when the
report's row in ``articles`` names the same batch (queries/views.sql). So a run killed at any moment leaves nothing that
counts, a rerun doubles nothing, and of two readings of one report the newer wins.
"""

from __future__ import annotations

import datetime as dt
import json
import time
import uuid
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from dragoman.errors import RecordError, UsageError
from dragoman.model import Failure, Reading
from dragoman.record import asking
from dragoman.record.care import bury, compact, erase, migrate, opened, size, tidy
from dragoman.record.check import Checked, check
from dragoman.record.dyad import Dyad, dyad
from dragoman.record.linking import Linked, Story, judge, link, regroup, story
from dragoman.record.lock import held
from dragoman.record.messages import Messages, messages
from dragoman.record.network import Network, network
from dragoman.record.prepared import Prepared, tables_of
from dragoman.record.query import Questions
from dragoman.record.rows import Row, failure_row
from dragoman.record.schema import CHILDREN
from dragoman.record.store import VERSION, Store
from dragoman.record.versions import Versions

# A commit costs some 10 ms a table: at 500 reports that is nothing beside reading them; 30 s is what a kill may cost.
BATCH_REPORTS = 500
BATCH_SECONDS = 30.0
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Kept:
    """One reading out of the record: the contract's object, and the text its offsets count in."""

    object: dict[str, Any]
    text: str


class Record:
    """A folder of readings. Raises RecordError where ``folder`` is no record and ``create`` is not set."""

    def __init__(self, folder: Path | str, *, create: bool = False) -> None:
        self.folder = Path(folder)
        self._store = Store(self.folder)
        if create:
            self._store.create()
            migrate(self._store)
        elif not self._store.exists():
            what = "no record in it" if self.folder.is_dir() else "no such folder"
            raise RecordError(f"{self.folder}: {what}. `dragoman read FILES --to {self.folder}` makes a record")
        else:
            self._store.version()
        self._open: Questions | None = None
        self._state: tuple[int, ...] = ()

    # Asking

    def events(
        self,
        *,
        source: str | None = None,
        target: str | None = None,
        actor: str | None = None,
        type: str | None = None,
        status: str | None = None,
        context: str | None = None,
        occasion: str | None = None,
        place: str | None = None,
        publisher: str | None = None,
        words: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        report: str | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Events, in order of their days.

        source, target, actor: a code (TUR); the name of a state or organisation, which means all that carries its code
        (Turkey); or whole words of any name, whatever their case and accents (erdogan).
        words: whole words of the evidence, side by side; place and publisher: whole words of theirs. A report without a
        publisher has its address in the place of one.
        since, until: days; an event counts when its date may lie between them, and never without a date.
        """
        return self._chosen(
            "events", source=source, target=target, actor=actor, type=type, status=status, context=context,
            occasion=occasion, place=place, publisher=publisher, words=words, since=since, until=until, report=report,
            limit=limit,
        )  # fmt: skip

    def quotes(
        self,
        *,
        source: str | None = None,
        target: str | None = None,
        actor: str | None = None,
        type: str | None = None,
        publisher: str | None = None,
        words: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        report: str | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Quotations, in order of their days: source is who speaks, target who is spoken to, type the kind.

        words: whole words of what is said, side by side. The rest as in :meth:`events`.
        """
        return self._chosen(
            "quotes", source=source, target=target, actor=actor, type=type, publisher=publisher, words=words,
            since=since, until=until, report=report, limit=limit,
        )  # fmt: skip

    def _chosen(self, table: str, **filters: Any) -> list[Row]:
        return self._answer(lambda questions: asking.rows(questions, table, filters))

    def flags(self, *, kind: str | None = None, report: str | None = None, limit: int | None = None) -> list[Row]:
        """What reports say that the tables contradict."""
        return self.ask("flags", kind=kind, report=report, limit=limit)

    def failures(self) -> list[Row]:
        """What could not be read; ``read_since`` tells whether the same source was read later."""
        return self.ask("failures")

    def stats(self) -> Row:
        """How many reports, events, quotes, flags and failures there are.

        types: events by type; publishers: reports of those with the most; stories: deeds that several reports tell.
        """
        return self.ask("stats")[0] | {
            "types": {r["type"]: r["events"] for r in self.ask("types")},
            "publishers": {r["publisher"]: r["reports"] for r in self.ask("publishers")},
        }

    def bytes(self) -> int:
        """How large all files of the record are."""
        return size(self.folder)

    def dyad(self, a: str, b: str, *, since: dt.date | None = None, until: dt.date | None = None) -> Dyad:
        """What two sides do and say to each other. Only asserted events are counted; the others are listed apart.

        a, b: a code, the name of a state or organisation, or words of names ("putin"), which mean everybody of that
        name. since, until: as in :meth:`events`. Raises UsageError when both are the same.
        """
        return dyad(self.ask, self.fetch, a, b, since, until)

    def messages(
        self, who: str, *, occasion: str | None = None, compare: Sequence[int] = (), role: str = "sender"
    ) -> Messages:
        """Whom ``who`` greeted, congratulated and condoled with; with role="recipient", who did so to ``who``.

        occasion: new-year, condolence, national-day ... compare: two years or more, side by side. Raises UsageError.
        """
        return messages(self.ask, who, occasion, compare, role)

    def network(
        self,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        type: str | None = None,
        quad: str | None = None,
        status: str = "asserted",
    ) -> Network:
        """Who deals with whom, by code. quad: a quad class, or one word of it ("conflict"). Raises UsageError."""
        return network(self.ask, since=since, until=until, type=type, quad=quad, status=status)

    def stories(self, *, limit: int | None = None, **filters: Any) -> list[Row]:
        """Deeds that several reports tell, those with the most independent sources first.

        filters: those of :meth:`events`; a story is found when any of its events is. A row has what :meth:`events`
        gives of one of them, and ``story``, ``reports``, ``sources``.
        """
        return self._answer(lambda questions: asking.stories(questions, filters, limit))

    def story(self, event: str) -> Story:
        """The deed that an event is of, with every report of it. event: an id as in :meth:`event_id`."""
        ident = self.event_id(event)
        return self._answer(lambda questions: story(questions, ident))

    def event_id(self, name: str) -> str:
        """The id of the event that ``name`` means: what :meth:`find` takes, ``-e`` and a number. Raises RecordError."""
        report, dash, number = name.rpartition("-e")
        if not dash or not number.isdigit():
            raise RecordError(f"{name} is no event. Give its report, -e, and its number: 05249f54-e1")
        ident = f"{self.find(report)}-e{number}"
        if not self.sql("SELECT id FROM events WHERE report = $report AND id = $id", report=ident[:16], id=ident):
            raise RecordError(f"{self.folder}: {report} has no event {number}. `dragoman show {report}` lists them")
        return ident

    def check(self) -> Checked:
        """Re-read every row against its report's text and reading; see :class:`dragoman.record.check.Checked`."""
        return check(self.ask, self.sql, lambda: self._answer(lambda questions: dict(questions.unfinished)))

    def find(self, name: str) -> str:
        """The id of the one report that ``name`` means: the beginning of its id, its source, or the source's end.

        Raises RecordError when there is none, or more than one.
        """
        found = self.ask("articles", name=name)
        if not found:
            raise RecordError(f"{self.folder}: no report {name}. Give a path, or 4 digits or more of an id")
        if len(found) > 1:
            some = ", ".join(f"{r['report']} ({r['source']})" for r in found[:5])
            raise RecordError(f"{name} may be any of {len(found)} reports: {some}. Give more of the id")
        return str(found[0]["report"])

    def report(self, name: str) -> Kept:
        """The reading of the one report that ``name`` means, as in :meth:`find`."""
        row = self.ask("reading", report=self.find(name))[0]
        return Kept(json.loads(row["reading"]), row["text"])

    def versions(self) -> MutableMapping[str, str]:
        """Every report's id, and the version that read it; what is put in is kept there only, not in the record."""
        return self._answer(Versions)

    def ask(self, query: str, /, **values: Any) -> list[Row]:
        """The rows of one of the queries/."""
        return self._answer(lambda questions: questions.named(query, **values))

    def fetch(self, name: str, keys: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The whole rows of one of the queries/ that end in _told, for keys (report, id), in their order."""
        return self._answer(lambda questions: questions.fetch(name, keys))

    def sql(self, sql: str, /, **values: Any) -> list[Row]:
        """The rows of your own SELECT over the views articles, events, quotes, actors, mentions, flags, reasons."""
        return self._answer(lambda questions: questions.sql(sql, values))

    def _answer(self, asked: Callable[[Questions], Answer]) -> Answer:
        """The answer out of the tables as they were when the first question came, or after our own last commit.

        When their files are gone meanwhile, as somebody joined them or had a report forgotten, they are opened anew.
        """
        if self._open is None:
            self._open, self._state = self.open(), self._store.state()
        try:
            return asked(self._open)
        except RecordError:
            state = self._store.state()
            if state == self._state:
                raise
            self._open, self._state = self.open(), state
            return asked(self._open)

    def open(self) -> Questions:
        """The tables as they are now, open for questions of their own; close them.

        Raises RecordError on a record of an older version, which would be misread.
        """
        found = self._store.version()
        if found < VERSION:
            raise RecordError(
                f"{self.folder}: a record of version {found}, made by an older dragoman. `dragoman compact --record "
                f"{self.folder}` brings it up to date (to version {VERSION}) out of the readings it keeps"
            )
        return opened(self._store)

    # Keeping

    def writer(self, *, reports: int = BATCH_REPORTS) -> Writer:
        """Where readings go in, so many reports a commit: ``with record.writer() as w: w.add(reading)``."""
        return Writer(self, reports=reports)

    def commit(self, readings: Sequence[Reading | Prepared], failures: Sequence[Failure]) -> None:
        """Write one batch. The readings count once this returns, all of them, and not before."""
        # Later batches sort after every batch that was there when they began; the rest of the name keeps it unlike any
        # other, those of killed runs included.
        with held(self._store.folder, "write", exclusive=False):
            self._commit(f"{self._store.commits():010d}-{uuid.uuid4().hex[:12]}", readings, failures)
        self._open = None

    def _commit(self, batch: str, readings: Sequence[Reading | Prepared], failures: Sequence[Failure]) -> None:
        if failures:
            rows = {r["id"]: r | {"batch": batch} for r in map(failure_row, failures)}
            asked = "SELECT id FROM failures_rows WHERE id IN (SELECT unnest($ids::VARCHAR[]))"
            known = {r["id"] for r in self.sql(asked, ids=list(rows))}
            if fresh := [row for ident, row in rows.items() if ident not in known]:
                self._store.append("failures", fresh)
        gathered: dict[str, list[Row]] = {table: [] for table in (*CHILDREN, "articles")}
        newest = {r.report if isinstance(r, Prepared) else r.report.id: r for r in readings}
        for reading in newest.values():
            for table, more in tables_of(reading).items():
                gathered[table] += [row | {"batch": batch} for row in more]
        for table, rows_ in gathered.items():
            if rows_:
                self._store.append(table, rows_)

    # Linking

    def link(self) -> Linked:
        """Compare the events of all readings that were not compared yet, and make story events of them."""
        done = link(self._store, self.open)
        self._open = None
        return done

    def judge(self, a: str, b: str, same: bool | None) -> tuple[str, str]:
        """Rule that two events are one deed, or are not; None takes a ruling back. The ids of both.

        Raises RecordError where there is no such event.
        """
        one, other = self.event_id(a), self.event_id(b)
        if one == other:
            raise UsageError(f"{a} and {b} are one event")
        judge(self._store, self.open, one, other, same)
        self._open = None
        return one, other

    # Care

    def forget(self, name: str) -> str:
        """Erase a report and all that stands on it, from the files of older states too; its id. Raises RecordError.

        name: as in :meth:`find`. Whoever asks meanwhile gets the answer of before or after.
        """
        report = self.find(name)
        sources = [r["source"] for r in self.sql("SELECT source FROM articles WHERE report = $r", r=report)]
        migrate(self._store)
        with held(self._store.folder, "link", exclusive=True):
            touched = [r["event"] for r in self._answer(lambda q: q.of_reports("link_touched", [report]))]
            with held(self._store.folder, "write", exclusive=True):
                erase(self._store, report, sources)
            regroup(self._store, self.open, touched)
            with held(self._store.folder, "write", exclusive=True):
                bury(self._store)
        self._open = None
        return report

    def tidy(self) -> None:
        """Join small files when there are many."""
        if tidy(self._store):
            self._open = None

    def compact(self) -> None:
        """Join all files, without what no question sees: what killed runs left, older readings. Raises RecordError."""
        migrate(self._store)
        compact(self._store)
        self._open = None


class Writer:
    """Collects readings and commits them in batches; at the latest when its ``with`` block ends, however it ends."""

    def __init__(self, record: Record, *, reports: int = BATCH_REPORTS, seconds: float = BATCH_SECONDS) -> None:
        self._record, self._reports, self._seconds = record, reports, seconds
        self._readings: list[Reading | Prepared] = []
        self._failures: list[Failure] = []
        self._since = time.monotonic()

    def add(self, reading: Reading | Prepared) -> None:
        """Keep a reading. The newest reading of a report is the one that counts."""
        self._readings.append(reading)
        self._maybe_commit()

    def add_failure(self, failure: Failure) -> None:
        """Keep what could not be read; the same failure is kept once."""
        self._failures.append(failure)
        self._maybe_commit()

    def _maybe_commit(self) -> None:
        held = len(self._readings) + len(self._failures)
        if held >= self._reports or time.monotonic() - self._since >= self._seconds:
            self.commit()

    def commit(self) -> None:
        """Write what is held."""
        readings, failures, self._readings, self._failures = self._readings, self._failures, [], []
        if readings or failures:
            self._record.commit(readings, failures)
        self._since = time.monotonic()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.commit()
        if kind is None:  # who pressed Ctrl-C does not wait for files to be joined
            self._record.tidy()
