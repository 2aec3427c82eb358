"""Care of a record's files: joining small ones, erasing reports, bringing an older record up to date.

All of it happens while nobody adds (record/lock.py); whoever asks meanwhile still finds the files that he began with.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.record.lock import held
from dragoman.record.query import Questions
from dragoman.record.rows import Row, rows_of_object
from dragoman.record.schema import CHILDREN, ORDER, TABLES
from dragoman.record.store import VERSION, File, Store

# From so many files on, opening them is most of what a question costs (measured: 100 files 30 ms, 1,000 files 250 ms).
MANY_FILES = 200
# Older files are joined with newer ones when they are at most so many times as large as those together. Then a record
# that grows report by report has few files, and a row is written anew about once whenever its record has doubled.
TIMES = 2
# What joining may hold in memory; the rest goes to a temporary folder.
MEMORY = "1GB"
# Files of older states are kept for those who are at a question or an export that began with them.
HOURS = 1
STRAY_HOURS = 24
AT_ONCE = 2_000
# Tables that older records lack, or have with other columns: words and sketches since version 2, deals since 3.
MADE_ANEW = ("quotes", "deals", "words", "sketches")


def opened(store: Store) -> Questions:
    """The tables as they are now."""
    # articles first: whatever it names was there before it, and so is in the tables opened after it.
    return Questions({table: store.files(table) for table in reversed(list(TABLES))})


def tidy(store: Store) -> bool:
    """Join the newer files of every table, when any has many; whether there were."""
    if max(len(store.files(table)) for table in TABLES) <= MANY_FILES:
        return False
    with held(store.folder, "link", exclusive=True), held(store.folder, "write", exclusive=True):
        if max(len(store.files(table)) for table in TABLES) > MANY_FILES:
            _join(store, everything=False)
    return True


def compact(store: Store) -> None:
    """Join all files of every table, without what no question sees.

    What was joined is deleted by the next compact or reading an hour later: somebody may be at an export of it.
    """
    with held(store.folder, "link", exclusive=True), held(store.folder, "write", exclusive=True):
        _join(store, everything=True)
        for table in TABLES:
            store.sweep(table, STRAY_HOURS, strays=True)


def _join(store: Store, *, everything: bool) -> None:
    questions = opened(store)
    try:
        with tempfile.TemporaryDirectory(prefix="dragoman-") as scratch:
            quoted = scratch.replace("'", "''")
            questions.run(f"SET temp_directory = '{quoted}'")
            questions.run(f"SET memory_limit = '{MEMORY}'")
            # articles last: as long as its rows are there, those of the others count, whether joined or not.
            for table in TABLES:
                files = store.files(table)
                chosen = files if everything else newest(files)
                if len(chosen) > 1 or (everything and chosen):
                    _rewrite(store, questions, table, chosen)
    finally:
        questions.close()
    for table in TABLES:
        store.sweep(table, HOURS, strays=False)


def newest(files: Sequence[File]) -> list[File]:
    """The newest files, and older ones as long as those are not much larger than all newer ones together."""
    ordered = sorted(files, key=lambda f: (f.last or "", f.first or ""), reverse=True)
    chosen: list[File] = []
    for file in ordered:
        if chosen and file.bytes > TIMES * sum(f.bytes for f in chosen):
            break
        chosen.append(file)
    # Files that share batches with a chosen one are replaced with it.
    while True:
        since = min((f.first or "" for f in chosen), default="")
        more = [f for f in files if (f.last or "") >= since]
        if len(more) == len(chosen):
            return more
        chosen = more


def _rewrite(store: Store, questions: Questions, table: str, files: Sequence[File]) -> None:
    since = min(f.first or "" for f in files)
    view = table if table != "failures" else "failures_rows"
    if table in CHILDREN:  # without what is left of a report that was once forgotten by half
        view += " SEMI JOIN articles USING (report)"
    rows = questions.stream(f"SELECT * FROM {view} WHERE batch >= '{since}' ORDER BY {ORDER[table]}")
    store.replace(table, since, rows)


def erase(store: Store, report: str, sources: Sequence[str]) -> None:
    """Delete every row of a report from every table, and the files of older states that held them.

    sources: where it was read from; failures of these go too. The row in ``articles`` goes last: whoever is killed in
    the middle finds the report again, and has it forgotten again. The caller holds the locks.
    """
    for table in TABLES:
        if table == "failures":
            store.delete(table, "source", sources)
        elif table != "articles":
            store.delete(table, "report", [report])
    for table in ("links", "judgements"):
        store.delete(table, "other_report", [report])
    store.delete("stories", "copy_of", [report])
    store.delete_beginning("stories", "story", f"{report}-")
    store.delete("articles", "report", [report])


def bury(store: Store) -> None:
    """Delete all files and commits but those of the newest state. The caller holds the locks."""
    for table in TABLES:
        store.cut_log(table)
        store.sweep(table, 0, strays=True)


def migrate(store: Store) -> None:
    """Bring an older record up to date: make the tables it lacks out of the readings it keeps. Raises RecordError."""
    if store.version() == VERSION:
        return
    with held(store.folder, "link", exclusive=True), held(store.folder, "write", exclusive=True):
        if store.version() == VERSION:  # somebody else did meanwhile
            return
        store.upgrade()
        # Anew, whatever there is: a migration that was killed may have made half.
        for table in MADE_ANEW:
            store.renew(table)
        questions = opened(store)
        try:
            for rows in _readings(questions):
                gathered: dict[str, list[Row]] = {table: [] for table in MADE_ANEW}
                for row in rows:
                    new = rows_of_object(json.loads(row["reading"]), row["text"])
                    for table, more in gathered.items():
                        more += [r | {"batch": row["batch"]} for r in new[table]]
                for table, more in gathered.items():
                    if more:
                        store.append(table, more)
        finally:
            questions.close()
        _join(store, everything=True)  # the old logs hold words of the reports; the new files' do not
        bury(store)
        store.mark()


def _readings(questions: Questions) -> Iterator[list[dict[str, Any]]]:
    ids = [r["report"] for r in questions.sql("SELECT report FROM articles ORDER BY report")]
    for begin in range(0, len(ids), AT_ONCE):
        first, last = ids[begin], ids[min(begin + AT_ONCE, len(ids)) - 1]
        yield questions.sql(
            "SELECT reading, text, batch FROM articles WHERE report BETWEEN $first AND $last ORDER BY report",
            {"first": first, "last": last},
        )


def size(folder: Path) -> int:
    """Bytes of all files of a folder."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
