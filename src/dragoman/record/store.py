"""Delta tables in a folder, or in an object store (s3://...). The only file that imports deltalake.

A commit is whole or not there, several processes may append at once, and readers never wait. In an object store one of
two commits at once wins because a commit's file is put on the condition that it is not there yet.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arro3.core import Array, DataType, RecordBatchReader, Table, list_array
from deltalake import CommitProperties, DeltaTable, QueryBuilder, Transaction, WriterProperties, write_deltalake
from deltalake._internal import DeltaFileSystemHandler
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from dragoman.errors import RecordError
from dragoman.record.lock import NAMES
from dragoman.record.schema import TABLES, Column, arrow_schema, arrow_type

EPOCH = dt.date(1970, 1, 1)
# In a path the table library, which opens folders by address, stumbles over the first of these (deltalake 1.6); for the
# last two DuckDB takes it for a pattern, which a copy of the record may match.
REFUSED = "%[]\\^|*?"
LAST = "articles"  # created last and written last: where it is, everything before it is too
# The version of the folder's layout, in MARK; a folder without one is of version 1.
VERSION = 3
MARK = "record.json"
# Which columns a table's log keeps the least and greatest value of. Not those that hold words: a log outlives its rows.
SETTINGS = {"delta.dataSkippingStatsColumns": "batch", "delta.logRetentionDuration": "interval 1 hours"}
# Rows that are fetched together. Texts and readings are long. Of events and quotations a hundred reports are fetched
# out of 4,000 in half the time that they take out of 16,000, and all are read as fast (1.5 million events).
GROUPS = {"articles": 2_000, "events": 4_096, "quotes": 4_096}
GROUP = 16_384
FILE_BYTES = 256 * 2**20
# How often a commit looks for the next free number when others were faster: deltalake's own 15 are for a few writers.
TRIES = 200
UNSAFE = "AWS_S3_ALLOW_UNSAFE_RENAME"


@dataclass(frozen=True, slots=True)
class Step:
    """How far somebody's work has come, committed together with its rows: ``name`` goes from ``before`` to ``after``.

    before: what :meth:`Store.reached` said; None at the first step.
    """

    name: str
    before: int | None
    after: int


class OvertakenError(Exception):
    """Somebody else has taken this step meanwhile; nothing was written to the table."""


@dataclass(frozen=True, slots=True)
class File:
    """A Parquet file of a table. first, last: the least and the greatest batch in it; None where the log has none."""

    path: str
    bytes: int
    rows: int
    first: str | None
    last: str | None


class Store:
    """The tables of one folder: which files they are made of, and appending to them."""

    def __init__(self, folder: Path | str, *, busy: bool = False) -> None:
        """folder: or the address of one in an object store, for which the environment has the keys.

        busy: keep tables open between commits and read only what was added to their logs; for one thread.
        """
        far = "://" in str(folder)
        self.address = str(folder).rstrip("/") if far else None
        self.folder = Path(folder) if far else Path(folder).absolute()
        self._busy = busy
        self._open: dict[str, DeltaTable] = {}

    def __str__(self) -> str:
        return self.address or str(self.folder)

    def exists(self) -> bool:
        """Whether the folder holds a record."""
        if self.address:
            return bool(self._guard(lambda: DeltaTable.is_deltatable(self._at(LAST))))
        return (self.folder / LAST / "_delta_log").is_dir()

    def _at(self, table: str) -> str:
        return f"{self.address}/{table}" if self.address else str(self.folder / table)

    def version(self) -> int:
        """The version of the folder's layout. Raises RecordError when it is newer than this program's."""
        try:
            found = json.loads(self._far_mark() if self.address else (self.folder / MARK).read_bytes())["version"]
        except FileNotFoundError:
            return 1
        except (OSError, ValueError, LookupError, TypeError) as e:
            raise RecordError(f"{self}/{MARK} cannot be read, so the record's version is not known") from e
        if not isinstance(found, int) or found > VERSION:
            raise RecordError(
                f"{self}: a record of version {found}; this dragoman knows up to {VERSION}. Use a newer dragoman"
            )
        return found

    def mark(self) -> None:
        """Say that the layout is of this program's version."""
        if self.address:
            file = self._far().open_output_stream(MARK)
            file.write(json.dumps({"version": VERSION}).encode() + b"\n")
            file.close()
            return
        part = self.folder / f".{MARK}.{os.getpid()}"
        part.write_text(json.dumps({"version": VERSION}) + "\n", encoding="utf-8")
        part.replace(self.folder / MARK)

    def create(self) -> None:
        """Make the tables that are not there yet.

        Raises RecordError when the folder holds something else, or cannot be written.
        """
        if self.address:
            self._create_far()
            return
        bad = sorted({c for c in str(self.folder) if c in REFUSED or not c.isprintable()})
        if bad:
            raise RecordError(f"{self.folder}: the path of a record's folder may not have {' '.join(bad)} in it")
        own = {*TABLES, MARK, *(f".{name}.lock" for name in NAMES)}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            others = sorted(
                p.name
                for p in self.folder.iterdir()
                if p.name not in own and not p.name.startswith((f".{MARK}.", ".watch."))
            )
        except OSError as e:
            raise RecordError(f"{self.folder}: no record can be made here: {e.strerror}. Name another folder") from e
        if others:
            raise RecordError(
                f"{self.folder}: no record, and not empty either: it holds {others[0]}. Name a new folder with --to"
            )
        fresh = not self.exists()
        if fresh:
            self._guard(self.mark)  # before the tables: one without a mark would be taken for an old record
        for table in TABLES:
            self._guard(lambda t=table: self._create(t))

    def _create_far(self) -> None:
        if os.environ.get(UNSAFE, "").casefold() in ("1", "true", "yes", "on", "y"):
            raise RecordError(f"{UNSAFE} is set: commits of several writers would overwrite each other. Unset it")
        if not self.exists():
            self._guard(self.mark)
        for table in TABLES:
            self._guard(lambda t=table: self._create(t))

    def _far(self) -> Any:
        """The place's files, by the same keys as its tables.

        deltalake's public class over this one needs pyarrow, and cannot write through pyarrow 26.
        """
        return DeltaFileSystemHandler(self.address or "")

    def _far_mark(self) -> bytes:
        return bytes(self._guard(lambda: self._far().open_input_file(MARK).read(1_000)))

    def _create(self, table: str) -> None:
        path = self._at(table)
        DeltaTable.create(path, arrow_schema(table), mode="ignore", configuration=SETTINGS)

    def has(self, table: str) -> bool:
        """Whether the table is there; older records lack some."""
        return (self.folder / table / "_delta_log").is_dir()

    def append(self, table: str, rows: Sequence[Mapping[str, Any]], step: Step | None = None) -> None:
        """Add rows in one commit, and ``step`` with them. Raises RecordError; OvertakenError when another took it."""
        columns = TABLES[table]
        arrays = [column_array(column, [row.get(column.name) for row in rows]) for column in columns]
        data = Table.from_arrays(arrays, schema=arrow_schema(table))

        def write() -> None:
            found = self._newest(table)
            if step is not None and found.transaction_version(step.name) != step.before:
                raise OvertakenError(step.name)
            taken = [] if step is None else [Transaction(step.name, step.after)]
            how = CommitProperties(max_commit_retries=TRIES, app_transactions=taken)
            try:
                write_deltalake(found, data, mode="append", commit_properties=how)
            except CommitFailedError as e:
                # Between looking and writing; deltalake has no kind of its own for it.
                if step is not None and "concurrent transaction" in str(e).casefold():
                    raise OvertakenError(step.name) from e
                raise

        self._guard(write)

    def reached(self, name: str, table: str = LAST) -> int | None:
        """The last step that was committed under this name; None when there was none."""
        found: int | None = self._guard(lambda: self._newest(table).transaction_version(name))
        return found

    def _newest(self, table: str) -> DeltaTable:
        """The newest state of a table."""
        if self._busy and table in self._open:
            try:
                self._open[table].update_incremental()
                return self._open[table]
            except DeltaError:  # the log was cut meanwhile
                pass
        found = DeltaTable(self._at(table))
        if self._busy:
            self._open[table] = found
        return found

    def column(self, table: str, name: str) -> Iterator[list[str]]:
        """One column of texts, piece by piece, of all rows: those that no question sees too."""
        ask = f'SELECT "{name}" FROM t'
        for piece in self._guard(lambda: QueryBuilder().register("t", self._newest(table)).execute(ask)):
            yield piece.column(0).to_pylist()

    def append_stream(self, table: str, rows: Any) -> None:
        """Add the rows of an Arrow stream, whose columns are the table's. Raises RecordError."""
        self._guard(lambda: self._write(table, rows, mode="append"))

    def replace(self, table: str, since: str, rows: Any) -> None:
        """Put the rows of an Arrow stream in the place of all whose batch is ``since`` or greater, in one commit."""
        quoted = since.replace("'", "''")
        self._guard(lambda: self._write(table, rows, mode="overwrite", predicate=f"batch >= '{quoted}'"))

    def _write(self, table: str, rows: Any, **how: Any) -> None:
        properties = WriterProperties(compression="ZSTD", max_row_group_size=GROUPS.get(table, GROUP))
        stream = RecordBatchReader.from_arrow(rows)
        path = str(self.folder / table)
        write_deltalake(path, stream, target_file_size=FILE_BYTES, writer_properties=properties, **how)

    def renew(self, table: str) -> None:
        """Leave a table without rows, with the columns that it has in this program's version. Raises RecordError."""
        empty = [column_array(column, []) for column in TABLES[table]]
        data = Table.from_arrays(empty, schema=arrow_schema(table))
        self._guard(lambda: write_deltalake(str(self.folder / table), data, mode="overwrite", schema_mode="overwrite"))

    def delete(self, table: str, column: str, values: Sequence[str]) -> None:
        """Delete the rows with one of these values, which are ids or batches. Raises RecordError."""
        if values and self.has(table):
            some = ", ".join("'" + v.replace("'", "''") + "'" for v in values)
            self._guard(lambda: DeltaTable(str(self.folder / table)).delete(f"{column} IN ({some})"))

    def delete_beginning(self, table: str, column: str, start: str) -> None:
        """Delete the rows whose value begins so; ``start`` has no wildcard of SQL in it. Raises RecordError."""
        if self.has(table):
            self._guard(lambda: DeltaTable(str(self.folder / table)).delete(f"{column} LIKE '{start}%'"))

    def files(self, table: str) -> list[File]:
        """The Parquet files that make up the newest state of a table, in the order of their batches."""
        if not self.has(table) and self.exists():
            return []
        found = self._guard(lambda: DeltaTable(str(self.folder / table)).get_add_actions(flatten=True))
        held = {name: found.column(name).to_pylist() for name in found.schema.names}
        none = [None] * found.num_rows
        # Addresses come percent-encoded, so only the file's own name is taken of them.
        files = [
            File(str(self.folder / table / uri.replace("\\", "/").rsplit("/", 1)[-1]), size, rows or 0, first, last)
            for uri, size, rows, first, last in zip(
                held["path"], held["size_bytes"], held["num_records"],
                held.get("min.batch", none), held.get("max.batch", none), strict=True,
            )
        ]  # fmt: skip
        return sorted(files, key=lambda f: (f.first or "", f.last or "", f.path))

    def commits(self, table: str = LAST) -> int:
        """How many commits a table has had; that of articles grows with every batch."""
        return int(self._guard(lambda: self._newest(table).version()))

    def state(self) -> tuple[int, ...]:
        """Grows whenever any table changes."""
        return tuple(self.commits(table) if self.has(table) else -1 for table in TABLES)

    def sweep(self, table: str, hours: int, *, strays: bool) -> None:
        """Delete files that no newer state has, if they are so many hours old.

        strays: also those that no state ever had, which killed runs left; nobody may be writing meanwhile.
        """
        self._guard(
            lambda: DeltaTable(str(self.folder / table)).vacuum(
                hours, dry_run=False, enforce_retention_duration=False, full=strays
            )
        )

    def cut_log(self, table: str) -> None:
        """Forget older states of a table: its log then begins with the newest."""

        def cut() -> None:
            path = str(self.folder / table)
            # One more commit: the last one may have been to delete rows, and names what it deleted.
            DeltaTable(path).alter.set_table_properties(SETTINGS)
            DeltaTable(path).create_checkpoint()
            keep = DeltaTable(path).version()
            for commit in self._log(table):
                if int(commit.name[:20]) < keep:
                    commit.unlink(missing_ok=True)

        self._guard(cut)

    def _log(self, table: str) -> Iterator[Path]:
        """The commits and checkpoints of a table's log."""
        for path in sorted((self.folder / table / "_delta_log").iterdir()):
            if path.name[:20].isdigit():
                yield path

    def upgrade(self) -> None:
        """Make the tables that an older record lacks, and give the others our settings."""
        for table in TABLES:
            self._guard(lambda t=table: self._create(t))
            self._guard(lambda t=table: DeltaTable(str(self.folder / t)).alter.set_table_properties(SETTINGS))

    def _guard(self, action: Any) -> Any:
        try:
            return action()
        except TableNotFoundError as e:
            raise RecordError(f"{self}: no record here. `dragoman read FILES --to FOLDER` makes one") from e
        except (DeltaError, OSError) as e:
            raise RecordError(f"{self}: the record cannot be read or written: {' '.join(str(e).split())}") from e


def column_array(column: Column, values: Sequence[Any]) -> Array:
    """One column of values as Arrow; None is null."""
    if column.kind == "text":
        return Array([None if v is None else storable(v) for v in values], DataType.utf8())
    if column.kind == "texts":
        offsets, flat = [0], list[str]()
        for value in values:
            flat += [storable(v) for v in value or ()]
            offsets.append(len(flat))
        inner = Array(flat, DataType.utf8())
        return list_array(Array(offsets, DataType.int32()), inner, type=arrow_type("texts"))
    if column.kind == "day":
        days = [None if v is None else (v - EPOCH).days for v in values]
        return Array(days, DataType.int32()).cast(DataType.date32())
    return Array(list(values), arrow_type(column.kind))


def storable(text: str) -> str:
    """``text`` with lone surrogates, which UTF-8 has no bytes for, as "?": as many characters as before."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
