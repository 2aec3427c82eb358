"""A shard is in the record once, whatever happens while it is read."""

from __future__ import annotations

import json
from collections.abc import Container, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from bench.small_cluster import Stub
from dragoman.cluster.shards import Shard, shards
from dragoman.cluster.worker import Done, ShardReader
from dragoman.crew.worker import Known, Result
from dragoman.errors import RecordError
from dragoman.intake import Item, take
from dragoman.model import Report
from dragoman.record import Record
from dragoman.record.one import read_one
from dragoman.record.prepared import prepared
from dragoman.record.store import Store

N = 23


def in_process(items: Iterable[Item], known: Container[str]) -> Generator[Result, None, None]:
    """What a crew does, without its processes."""
    for item in items:
        report = take(item)
        if not isinstance(report, Report):
            yield report
        elif report.id in known:
            yield Known(report.source, report.id)
        else:
            got = read_one(Stub().read, report)
            yield prepared(got) if hasattr(got, "events") else got


@pytest.fixture
def shard(tmp_path: Path) -> Shard:
    lines = [json.dumps({"text": f"Norway met envoy {n}{' ERROR' if n == 5 else ''}."}) for n in range(N - 2)]
    lines += [lines[0], "{"]  # one that is there twice, one that is broken
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(lines))
    Record(tmp_path / "record", create=True)
    [shard] = shards([str(path)])
    return shard


def reader(tmp_path: Path, **how: Any) -> ShardReader:
    return ShardReader(str(tmp_path / "record"), in_process, reports=5, pause=0.0, **how)


def whole(tmp_path: Path, twice: int = 0) -> None:
    """All is there, once, in the tables as they are. twice: rows of texts that stand twice, which no question sees."""
    record = Record(tmp_path / "record")
    assert record.stats()["reports"] == N - 3
    assert record.stats()["events"] == N - 3
    assert sorted(f["kind"] for f in record.failures()) == ["broken-json", "reading"]
    articles = [i for piece in Store(tmp_path / "record").column("articles", "report") for i in piece]
    assert len(set(articles)) == N - 3
    assert len(articles) - len(set(articles)) <= twice


def test_a_shard_is_read_once(tmp_path: Path, shard: Shard) -> None:
    done = reader(tmp_path).read(shard)
    assert (done.items, done.kept, done.known, done.failed, done.before) == (N, N - 3, 1, 2, 0)
    whole(tmp_path)
    again = reader(tmp_path).read(shard)
    assert (again.items, again.kept, again.before, again.finished) == (N, 0, N, True)
    whole(tmp_path)


@pytest.mark.parametrize(
    ("batch", "table"),
    [(0, "events"), (0, "after"), (1, "failures"), (1, "words"), (1, "articles"), (4, "articles"), (4, "after")],
)
def test_killed_in_the_middle_of_a_commit(
    tmp_path: Path, shard: Shard, monkeypatch: pytest.MonkeyPatch, batch: int, table: str
) -> None:
    """Before any table of a batch, and after the last: the next worker goes on from what counts."""

    class KilledError(BaseException):
        pass

    append, seen = Store.append, [0]

    def dies(self: Store, name: str, *args: Any, **kwargs: Any) -> None:
        if name == table and seen[0] == batch:
            raise KilledError
        append(self, name, *args, **kwargs)
        if name == "articles":
            if table == "after" and seen[0] == batch:
                raise KilledError
            seen[0] += 1

    with monkeypatch.context() as patched:
        patched.setattr(Store, "append", dies)
        with pytest.raises(KilledError):
            reader(tmp_path).read(shard)
    done = reader(tmp_path).read(shard)
    assert done.before == min(N, 5 * (batch + (table == "after")))
    assert done.before + done.own == done.items == N
    # The second of two like texts is read again by whoever did not read the first: ids are not looked up in the record.
    whole(tmp_path, twice=batch > 0 or table == "after")


def test_two_have_the_same_shard(tmp_path: Path, shard: Shard) -> None:
    """One that was thought to be lost and one that was given its shard, in turn."""
    second = list[Done]()

    def overtaken(items: Iterable[Item], known: Container[str]) -> Generator[Result, None, None]:
        for n, result in enumerate(in_process(items, known)):
            if n == 7 and not second:
                second.append(reader(tmp_path).read(shard))
            yield result

    first = ShardReader(str(tmp_path / "record"), overtaken, reports=5, pause=0.0).read(shard)
    assert first.finished
    assert second[0].finished
    assert first.kept + second[0].kept in (N - 3, N - 2)
    whole(tmp_path, twice=1)


def test_a_record_that_cannot_be_written_for_a_while(
    tmp_path: Path, shard: Shard, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, left = Store.append, [3]

    def fails(self: Store, name: str, *args: Any, **kwargs: Any) -> None:
        append(self, name, *args, **kwargs)
        if name == "articles" and left[0]:  # it was written, and the answer got lost
            left[0] -= 1
            raise RecordError("the store does not answer")

    monkeypatch.setattr(Store, "append", fails)
    done = reader(tmp_path).read(shard)
    assert done.finished
    assert done.items == N
    whole(tmp_path, twice=1)


def test_a_record_that_can_never_be_written(tmp_path: Path, shard: Shard, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RecordError("the store does not answer")

    monkeypatch.setattr(Store, "append", fails)
    done = reader(tmp_path).read(shard)
    assert not done.finished
    assert done.error == "the store does not answer"


def test_what_the_record_has_is_not_read(tmp_path: Path, shard: Shard) -> None:
    reader(tmp_path).read(shard)
    path = Path(shard.paths[0])
    path.write_text(path.read_text() + "\n" + json.dumps({"text": "Norway met a new envoy."}))
    [longer] = shards([str(path)])
    had = {i for piece in Store(tmp_path / "record").column("articles", "report") for i in piece}
    done = reader(tmp_path, known=had.__contains__).read(longer)
    assert (done.kept, done.known) == (1, N - 2)
    again = reader(tmp_path, again="run 2").read(longer)
    assert again.kept == N - 2
    assert Record(tmp_path / "record").stats()["reports"] == N - 2
