"""SQLite: all tables of the record in one file, with full-text search over the words; ready for Datasette.

Lists are JSON, days are text, yes/no is 1 and 0. ``events_fts`` and ``quotes_fts`` are FTS5 tables over the words of
events and quotations, which Datasette finds by itself.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dragoman.record.export import tables
from dragoman.record.export.selection import Selection

SQLITE_TYPES = {
    "text": "TEXT",
    "texts": "TEXT",
    "whole": "INTEGER",
    "number": "REAL",
    "day": "TEXT",
    "yes/no": "INTEGER",
}
KEYS = {"articles": ("report",), "events": ("id",), "quotes": ("id",), "flags": ("id",), "actors": ("report", "id"),
        "reasons": ("report", "owner", "step")}  # fmt: skip
INDEXES = ("events (report)", "events (type)", "events (date_start)", "quotes (report)", "quotes (speaker_code)",
           "mentions (report, actor)", "actors (code)")  # fmt: skip
SEARCHED = {"events": "evidence", "quotes": "content"}


def fill(selection: Selection, path: Path) -> int:
    """Write the file; the number of events in it."""
    with closing(sqlite3.connect(path)) as db:
        # The file is put in its place only when it is whole: no journal is needed meanwhile.
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        for table in tables.ORDER:
            columns = tables.columns_of(table)
            cells = [f'"{c.name}" {SQLITE_TYPES[c.kind]}' for c in columns]
            if table in KEYS:
                cells.append(f"PRIMARY KEY ({', '.join(KEYS[table])})")
            if table != "articles":
                cells.append("FOREIGN KEY (report) REFERENCES articles (report)")
            db.execute(f'CREATE TABLE "{table}" ({", ".join(cells)})')
            sql = tables.query(table, lists="to_json({})::VARCHAR", days="{}::VARCHAR", wide=False, piece=True)
            marks = ", ".join("?" * len(columns))
            for batch in selection.rows(f"{sql} ORDER BY {tables.ORDER[table]}"):
                db.executemany(f'INSERT INTO "{table}" VALUES ({marks})', batch)
        for index in INDEXES:
            name = "_".join(index.replace("(", "").replace(")", "").replace(",", "").split())
            db.execute(f"CREATE INDEX {name} ON {index}")
        for table, column in SEARCHED.items():
            options = f"content='{table}', tokenize='unicode61 remove_diacritics 2'"
            db.execute(f"CREATE VIRTUAL TABLE {table}_fts USING fts5({column}, {options})")
            db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
        db.commit()
        return int(db.execute("SELECT count(*) FROM events").fetchone()[0])
