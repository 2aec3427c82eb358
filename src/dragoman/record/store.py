"""Delta tables in a folder. The only file that imports deltalake.

A commit is whole or not there, several processes may append at once, and readers never wait.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from arro3.core import Array, DataType, Table, list_array
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from dragoman.errors import RecordError
from dragoman.record.schema import TABLES, Column, arrow_schema, arrow_type

EPOCH = dt.date(1970, 1, 1)
# The table library opens folders by address and stumbles over these in a path (deltalake 1.6).
REFUSED = "%[]\\^|"
LAST = "articles"  # created last and written last: where it is, everything before it is too


class Store:
    """The tables of one folder: which files they are made of, and appending to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def exists(self) -> bool:
        """Whether the folder holds a record."""
        return (self.folder / LAST / "_delta_log").is_dir()

    def create(self) -> None:
        """Make the tables that are not there yet.

        Raises RecordError when the folder holds something else, or cannot be written.
        """
        bad = sorted({c for c in str(self.folder) if c in REFUSED or not c.isprintable()})
        if bad:
            raise RecordError(f"{self.folder}: the path of a record's folder may not have {' '.join(bad)} in it")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            others = sorted(p.name for p in self.folder.iterdir() if p.name not in TABLES)
        except OSError as e:
            raise RecordError(f"{self.folder}: no record can be made here: {e.strerror}. Name another folder") from e
        if others:
            raise RecordError(
                f"{self.folder}: no record, and not empty either: it holds {others[0]}. Name a new folder with --to"
            )
        for table in TABLES:
            self._guard(lambda t=table: DeltaTable.create(str(self.folder / t), arrow_schema(t), mode="ignore"))

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows in one commit. Raises RecordError."""
        columns = TABLES[table]
        arrays = [column_array(column, [row.get(column.name) for row in rows]) for column in columns]
        data = Table.from_arrays(arrays, schema=arrow_schema(table))
        self._guard(lambda: write_deltalake(str(self.folder / table), data, mode="append"))

    def files(self, table: str) -> list[str]:
        """The Parquet files that make up the newest state of a table."""
        # Addresses come percent-encoded, so only the file's own name is taken of them.
        found = self._guard(lambda: DeltaTable(str(self.folder / table)).file_uris())
        return sorted(str(self.folder / table / uri.replace("\\", "/").rsplit("/", 1)[-1]) for uri in found)

    def version(self) -> int:
        """How many commits the table of articles has had; grows with every batch."""
        return int(self._guard(lambda: DeltaTable(str(self.folder / LAST)).version()))

    def compact(self) -> None:
        """Join the small files of every table into large ones; nothing that a question can see changes."""
        for table in TABLES:
            self._guard(lambda t=table: DeltaTable(str(self.folder / t)).optimize.compact())

    def _guard(self, action: Any) -> Any:
        try:
            return action()
        except TableNotFoundError as e:
            raise RecordError(f"{self.folder}: no record here. `dragoman read FILES --to FOLDER` makes one") from e
        except (DeltaError, OSError) as e:
            raise RecordError(f"{self.folder}: the record cannot be read or written: {' '.join(str(e).split())}") from e


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
    return text.encode("utf-8", "replace").decode("utf-8")
