"""A folder into which files are put, by writers of all kinds."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.model import Failure
from dragoman.watch.folder import FolderWatch
from dragoman.watch.state import TABLES, Feed, Look, State

STORY = (
    "The envoy of Chad met the king in Rabat on Monday and said that the two states would open a new road for trade."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "press"
    made.mkdir()
    return made


@pytest.fixture
def watch(tmp_path: Path, folder: Path) -> Iterator[Callable[..., FolderWatch]]:
    """Makes a watch of the folder with what an earlier one has kept."""
    states: list[State] = []

    def make(record: Path = tmp_path / "record", once: bool = False) -> FolderWatch:
        states.append(State(tmp_path))
        return FolderWatch(folder, record, states[-1], threading.Event(), once)

    yield make
    for state in states:
        state.close()


def told(watch: FolderWatch) -> list[str]:
    """One round: the last part of each path, with a failure's kind."""
    out = [f"{Path(r.source).name}: {r.kind}" if isinstance(r, Failure) else Path(r.source).name for r in watch.round()]
    watch.keep()
    return out


def test_files_are_read_once_they_are_the_same_at_two_looks(watch: Callable[..., FolderWatch], folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    (folder / "sub").mkdir()
    (folder / "sub" / "b.txt").write_text(STORY)
    one = watch()
    assert told(one) == []
    assert told(one) == ["a.txt", "b.txt"]
    assert told(one) == []
    assert told(watch()) == []


def test_a_file_that_grows_waits(watch: Callable[..., FolderWatch], folder: Path) -> None:
    one = watch()
    with (folder / "a.jsonl").open("a") as f:
        for _ in range(3):
            f.write('{"text": "' + STORY + '"}\n')
            f.flush()
            assert told(one) == []
    assert told(one) == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3"]


def test_a_file_that_is_changed_is_read_again(watch: Callable[..., FolderWatch], folder: Path) -> None:
    one = watch()
    path = folder / "a.txt"
    path.write_text(STORY)
    told(one)
    assert told(one) == ["a.txt"]
    before = path.stat()
    path.write_text(STORY.replace("Monday", "Friday"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))  # as quick as a clock can tell
    told(one)
    assert told(one) == ["a.txt"]
    os.utime(path, ns=(0, 0))  # set back
    told(one)
    assert told(one) == ["a.txt"]


def test_files_that_go_away_or_are_empty(watch: Callable[..., FolderWatch], folder: Path) -> None:
    one = watch()
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").touch()
    told(one)
    (folder / "a.txt").unlink()
    assert told(one) == []
    (folder / "b.txt").write_text(STORY)
    told(one)
    assert told(one) == ["b.txt"]


def test_what_is_no_report_is_told_of_once(watch: Callable[..., FolderWatch], folder: Path) -> None:
    (folder / "p.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.txt").write_text(STORY)
    (folder / "x.txt.part").write_text("Der Minister und die Botschafter haben sich mit dem Kanzler getroffen, " * 9)
    one = watch()
    assert told(one) == ["p.png: binary"]
    assert told(one) == ["x.txt.part: language"]
    assert told(one) == []
    assert told(watch()) == []


def test_a_folder_that_is_gone_comes_back(watch: Callable[..., FolderWatch], folder: Path) -> None:
    one = watch()
    folder.rename(folder.with_name("away"))
    assert told(one) == ["press: missing"]
    assert told(one) == []
    folder.with_name("away").rename(folder)
    (folder / "a.txt").write_text(STORY)
    told(one)
    assert told(one) == ["a.txt"]


def test_a_record_within_the_folder_is_not_read(watch: Callable[..., FolderWatch], folder: Path) -> None:
    record = folder / "record"
    record.mkdir()
    (record / "a.txt").write_text(STORY)
    (folder / "b.txt").write_text(STORY)
    one = watch(record)
    told(one)
    assert told(one) == ["b.txt"]


def test_a_round_that_was_not_kept_is_done_again(watch: Callable[..., FolderWatch], folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    one = watch()
    told(one)
    assert len(list(one.round())) == 1
    assert told(watch(once=True)) == ["a.txt"]


def test_once_looks_twice(watch: Callable[..., FolderWatch], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.watch.folder.SETTLED", 0.1)
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").write_text(STORY)
    one = watch(once=True)

    def wait(_: float) -> bool:
        (folder / "b.txt").write_text(STORY * 2)
        return False

    monkeypatch.setattr(one.stop, "wait", wait)
    assert told(one) == ["a.txt", "b.txt: unreadable"]


def test_whoever_stops_it_loses_nothing(watch: Callable[..., FolderWatch], folder: Path) -> None:
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"{STORY} {n}")
    one = watch()
    told(one)
    items = one.round()
    next(items)
    one.stop.set()
    assert list(items) == []
    one.keep()
    assert told(watch(once=True)) == ["1.txt", "2.txt"]


def test_what_is_remembered_is_one_file(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.keep([Feed("a", "e", "m", 7.0, 2, True)], [("k", 0), ("l", 2)], 100.0)
    state.keep_files([("p", Look(1, 2))])
    state.close()
    again = State(tmp_path)
    assert again.feed("a") == Feed("a", "e", "m", 7.0, 2, True)
    assert again.feed("b") == Feed("b")
    assert (again.tries("k"), again.tries("l"), again.tries("m")) == (0, 2, None)
    assert (again.look("p"), again.look("q")) == (Look(1, 2), None)
    again.keep([], [], 1e9)  # years later
    assert again.tries("k") is None
    again.close()


def test_a_memory_that_is_damaged_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".watch.sqlite").write_bytes(b"garbage" * 1000)
    with pytest.raises(RecordError, match="delete that file"):
        State(tmp_path)
    with pytest.raises(RecordError):
        State(tmp_path / "none")


def test_nothing_of_articles_and_files_can_be_read_in_the_memory(tmp_path: Path) -> None:
    """So that a report that is forgotten leaves nothing there."""
    link, path = "link:https://news.example/a-secret-story", "/press/odd\udcff/a-secret-file.txt"
    state = State(tmp_path)
    state.keep([Feed("https://news.example/feed")], [(link, 0)], 5.0)
    state.keep_files([(path, Look(1, 2))])
    state.close()
    again = State(tmp_path)
    assert (again.tries(link), again.look(path)) == (0, Look(1, 2))
    held = b"".join(p.read_bytes() for p in tmp_path.glob(".watch.sqlite*"))
    assert b"news.example/feed" in held
    assert b"secret" not in held
    again.close()


def test_a_memory_of_before_that_was_so(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / ".watch.sqlite")) as db:
        db.executescript(TABLES)
        db.execute("PRAGMA journal_mode=WAL")
        db.executemany(
            "INSERT INTO stories VALUES (?, 4e9, 0)", [(f"link:https://secret.example/{n}",) for n in range(900)]
        )
        db.execute("INSERT INTO files VALUES ('/secret/a.txt', 7, 8)")
        db.commit()
    for _ in range(2):
        state = State(tmp_path)
        assert [state.tries(f"link:https://secret.example/{n}") for n in (0, 899, 900)] == [0, 0, None]
        assert state.look("/secret/a.txt") == Look(7, 8)
        assert b"secret" not in b"".join(p.read_bytes() for p in tmp_path.glob(".watch.sqlite*"))
        state.close()
