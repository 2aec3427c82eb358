"""A reading ready to be kept and printed: its rows and its JSON line, packed, so that processes can hand it on."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from typing import Any

from dragoman.contract import line, reading_object
from dragoman.model import Reading
from dragoman.record.rows import Row, rows_of, rows_of_object

# Columns of a report's row that are as long as all the others together: they travel once.
LONG = ("reading", "text")


@dataclass(frozen=True, slots=True)
class Prepared:
    """One reading as it is kept. Handing on 33 KB of packed rows takes 0.2 ms, unpickling a Reading five times that.

    line: the contract's object as ``dragoman read --json`` prints it, without its newline.
    packed: the rows by table, for :meth:`tables`; empty where nothing is to be kept.
    """

    report: str
    source: str
    version: str
    text: str
    line: str
    events: int
    quotes: int
    flags: int
    packed: bytes = b""

    @property
    def object(self) -> dict[str, Any]:
        """The contract's object."""
        found: dict[str, Any] = json.loads(self.line)
        return found

    def tables(self) -> dict[str, list[Row]]:
        """The rows by table, without their batch."""
        rows: dict[str, list[Row]] = pickle.loads(self.packed)
        rows["articles"][0].update(reading=self.line, text=self.text)
        return rows


def prepared(reading: Reading, *, keep: bool = True) -> Prepared:
    """keep: with its rows, for a record; without, for printing only."""
    obj, text = reading_object(reading), reading.report.text
    packed, said = b"", ""
    if keep:
        rows = rows_of_object(obj, text)
        article = rows["articles"][0]
        said = article["reading"]
        rows["articles"][0] = {name: value for name, value in article.items() if name not in LONG}
        packed = pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)
    return Prepared(
        obj["id"], reading.report.source, reading.version, text, said or line(obj),
        len(reading.events), len(reading.quotes), len(reading.flags), packed,
    )  # fmt: skip


def tables_of(reading: Reading | Prepared) -> dict[str, list[Row]]:
    """The rows of either by table, without their batch."""
    return reading.tables() if isinstance(reading, Prepared) else rows_of(reading)
