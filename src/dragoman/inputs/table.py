"""Tables of reports: Parquet files and CSV, a report a row, by the names that a line of JSON Lines has."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.errors import InputError
from dragoman.model import Failure

COLUMNS = ("text", "html", "title", "published", "url", "publisher", "language", "author", "modified")
ROWS = 64  # that are held at a time: a row may hold a text of megabytes
MAX_CELL = 16_000_000  # characters, as of a line of JSON Lines
# For DuckDB, which unfolds 2,048 rows at a time: 200,000 rows of 4,900 characters took 446 MB with half of this.
MEMORY = "1GB"
DESCRIPTORS = Path("/proc/self/fd")
# DuckDB takes a path for a pattern, which other files may match.
LITERAL = {ord(c): f"[{c}]" for c in "*?["}


def rows_of_parquet(path: Path, source: str) -> Iterator[tuple[str, dict[str, Any]] | Failure]:
    """The rows of a Parquet file in their order, as JSON Lines has them: ``source``, a colon and the row, from 1.

    Columns beside the known ones are not read. A damaged file is a Failure after the rows that were whole.
    """
    import duckdb

    file = str(path).translate(LITERAL)
    number = 0
    with duckdb.connect(
        config={"threads": "1", "memory_limit": MEMORY, "enable_external_access": "true"}
    ) as connection:
        try:
            told = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [file]).description or []
            columns = _known([str(d[0]) for d in told], source)
            chosen = ", ".join(f'"{name}"' for name in columns.values())
            connection.execute(f"SELECT {chosen} FROM read_parquet(?)", [file])
            while rows := connection.fetchmany(ROWS):
                for row in rows:
                    number += 1
                    yield f"{source}:{number}", {k: _plain(v) for k, v in zip(columns, row, strict=True)}
        except InputError as e:
            yield Failure(source, e.kind, e.message)
            return
        except duckdb.OutOfMemoryException:
            why = f"{source} has rows after row {number} that are too large to be unfolded together"
            yield Failure(source, "too-large", f"{why}. Write it as JSON Lines.")
            return
        except duckdb.Error as e:
            what = str(e).splitlines()[0][:200] if str(e) else type(e).__name__
            after = f" after row {number}" if number else ""
            yield Failure(
                source, "broken-archive", f"{source} cannot be read as a Parquet file{after} ({what}). Write it again."
            )
            return
    if number == 0:
        yield Failure(source, "empty", f"{source} is a table without rows. Give one that holds a report a row.")


def rows_of_parquet_stream(raw: BinaryIO, source: str) -> Iterator[tuple[str, dict[str, Any]] | Failure]:
    """The same of bytes that come one after the other, laid down in a file first: a table's directory is at its end."""
    with tempfile.TemporaryFile() if DESCRIPTORS.is_dir() else tempfile.NamedTemporaryFile() as whole:
        try:
            shutil.copyfileobj(raw, whole)
            whole.flush()
        except OSError as e:
            where, why = tempfile.gettempdir(), e.strerror or e
            told = f"{source} cannot be laid down in {where} to be read ({why}). Give the table as a file."
            yield Failure(source, "unreadable", told)
            return
        # Where the system has names for open files, none is left behind by a program that is stopped.
        name = whole.name if isinstance(whole.name, str) else DESCRIPTORS / str(whole.fileno())
        yield from rows_of_parquet(Path(name), source)


def rows_of_csv(raw: BinaryIO, source: str, *, tabs: bool) -> Iterator[tuple[str, dict[str, Any]] | Failure]:
    """The same of comma-separated values with a line of names first; tabs: values are separated by tabs.

    ``source``, a colon and the line at which the row ends. A semicolon or a tab separates where the names have no
    comma.
    """
    number = 0
    old = csv.field_size_limit(MAX_CELL)
    try:
        lines = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="strict", newline="")
        first = lines.readline(65_536)
        marks = "\t" if tabs else [m for m in ",;\t" if m in first]
        mark = marks[0] if marks else ","
        names = next(csv.reader([first], delimiter=mark), [])
        columns = _known([n.strip() for n in names], source)
        places = {key: [n.strip() for n in names].index(name) for key, name in columns.items()}
        reader = csv.reader(lines, delimiter=mark)
        for row in reader:
            if any(cell.strip() for cell in row):
                number += 1
                at = f"{source}:{reader.line_num + 1}"
                yield at, {k: row[n] for k, n in places.items() if n < len(row) and row[n] != ""}
    except InputError as e:
        yield Failure(source, e.kind, e.message)
        return
    except UnicodeDecodeError as e:
        yield Failure(
            source, "encoding", f"{source} is not valid UTF-8 after row {number} ({e.reason}). Write the file as UTF-8."
        )
        return
    except csv.Error as e:
        yield Failure(
            source, "broken-json", f"{source} is no table after row {number}: {e}. Write it again, quotes doubled."
        )
        return
    finally:
        csv.field_size_limit(old)
    if number == 0:
        yield Failure(source, "empty", f"{source} is a table without rows. Give one that holds a report a row.")


def _known(names: Sequence[str], source: str) -> dict[str, str]:
    """The known columns among ``names``, whatever their capitals. Raises InputError when there is no text."""
    lower = {n.casefold(): n for n in reversed(names)}
    found = {c: lower[c] for c in COLUMNS if c in lower and '"' not in lower[c]}
    if "text" not in found and "html" not in found:
        some = ", ".join(n[:40] for n in names[:12]) or "none"
        raise InputError(
            "broken-json",
            f"{source} has no column named text or html (it has: {some}). Name the column of the reports text.",
        )
    return found


def _plain(value: object) -> object:
    """As JSON has it: a day as text, bytes as the characters of UTF-8."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
