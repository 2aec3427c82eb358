"""Workers and machines are lost while a real cluster reads; every report is in the record once."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.small_cluster import machine, stub, workers
from cluster.conftest import ROOT
from dragoman import intake
from dragoman.cli import main
from dragoman.cluster.run import Done, Plan, deal, read_shards, summed
from dragoman.model import Report
from dragoman.record import Record
from dragoman.record.store import Store

N = 160


def write(folder: Path, special: dict[int, str] | None = None) -> list[str]:
    """Reports that take 20 ms each, in two files."""
    folder.mkdir()
    for name in ("a", "b"):
        with (folder / f"{name}.jsonl").open("w") as file:
            for n in range(N // 2):
                word = (special or {}).get(n, "SLOW") if name == "a" else "SLOW"
                file.write(json.dumps({"text": f"Norway met the envoy number {name} {n} of Sweden. {word}"}) + "\n")
    return [str(folder)]


def plan(to: Path | str, **how: Any) -> Plan:
    return Plan(str(to), stub, size=2_000, reports=20, pause=0.1, **how)


def kill_one() -> None:
    """A worker, as the system does it that has no memory left."""
    os.kill(workers()[0], signal.SIGKILL)


def rows(to: str) -> list[str]:
    """The ids in the table of reports, as it is."""
    return [i for piece in Store(to).column("articles", "report") for i in piece]


def wait_for(so: Callable[[], bool]) -> None:
    """For a minute at most."""
    end = time.monotonic() + 60
    while not so() and time.monotonic() < end:
        time.sleep(0.05)


def read(made: Plan, paths: Sequence[str], events: dict[int, Callable[[], None]] | None = None) -> list[Done]:
    """Read all shards; what is to happen happens once so many are finished."""
    out = list[Done]()
    for done in read_shards(made, deal(paths, made)):
        out.append(done)
        if events and len(out) in events:
            events.pop(len(out))()
    return out


def exact(record: Record, reports: int) -> None:
    """So many reports, each with its event, once, in the tables as they are."""
    stats = record.stats()
    assert (stats["reports"], stats["events"]) == (reports, reports)
    held = rows(str(record.folder))
    assert len(held) == len(set(held)) == reports


def test_a_worker_and_a_machine_are_lost(cluster: Any, tmp_path: Path) -> None:
    paths = write(tmp_path / "in", {40: "POISON", 70: "ERROR"})
    extra = [cluster.add_node(**machine())]

    made = plan(tmp_path / "record")
    done = read(
        made, paths, {1: kill_one, 2: kill_one, 3: lambda: cluster.remove_node(extra.pop(), allow_graceful=False)}
    )
    assert not extra, "the reading was over before the machine was lost"
    assert [d.error for d in done if d.error] == []
    record = Record(tmp_path / "record")
    exact(record, N - 2)
    failures = sorted((f["kind"], Path(f["source"]).name) for f in record.failures())
    assert failures == [("crash", "a.jsonl:41"), ("reading", "a.jsonl:71")]

    again = summed(read(made, paths))
    assert (again.items, again.before, again.own) == (N, N, 0)
    assert sum(d.items for d in done) == N
    exact(record, N - 2)


@pytest.mark.usefixtures("cluster")
def test_what_the_record_has_is_not_read_again(tmp_path: Path) -> None:
    [folder] = write(tmp_path / "in")
    made = plan(tmp_path / "record")
    read(made, [f"{folder}/a.jsonl"])
    with (tmp_path / "in" / "a.jsonl").open("a") as file:
        file.write(json.dumps({"text": "Norway met one more envoy."}) + "\n")
    more = summed(read(made, [folder]))
    assert (more.kept, more.known) == (N // 2 + 1, N // 2)
    exact(Record(tmp_path / "record"), N + 1)


@pytest.mark.usefixtures("cluster")
def test_a_shard_that_takes_its_workers_with_it_is_listed(tmp_path: Path) -> None:
    """What is read has a process of its own, but a table or an archive is opened by the worker itself."""
    from threading import Thread

    folder = write(tmp_path / "in")[0]
    made = replace(plan(tmp_path / "record", workers=1, lost=1), size=2_000_000)
    [shard] = deal([f"{folder}/a.jsonl"], made)  # its worker commits four times, and is killed after the first
    [other] = deal([f"{folder}/b.jsonl"], made)
    thread = Thread(target=lambda: (wait_for(lambda: len(list(rows(made.to))) > 0), kill_one()))
    thread.start()
    done = {d.shard: d for d in read_shards(made, [shard, other])}
    thread.join()
    assert sorted([done[shard.name].finished, done[other.name].finished]) == [False, True]
    lost = next(d for d in done.values() if d.error)
    assert "was lost 1 times" in (lost.error or "")
    more = summed(list(read_shards(made, [shard, other])))
    assert more.items == N
    assert N > more.before > N // 2
    exact(Record(tmp_path / "record"), N)


@pytest.fixture
def plain(tmp_path: Path, nlp_reader: Any) -> Record:
    """The examples as one process reads them."""
    record = Record(tmp_path / "plain", create=True)
    with record.writer() as writer:
        for item in intake.inputs([str(ROOT / "examples")]):
            if isinstance(item, Report):
                writer.add(nlp_reader.read(item))
    return record


def test_the_true_reader_reads_the_same(
    cluster: Any, tmp_path: Path, plain: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command, on a cluster: the rows are those of one process."""
    assert (
        main(["read", "--ray", cluster.address, str(ROOT / "examples"), "--to", str(tmp_path / "record"), "--quiet"])
        == 0
    )
    assert "read in" in capsys.readouterr().out
    for table in ("articles", "events", "quotes", "actors", "mentions", "reasons", "words"):
        asked = f"SELECT * EXCLUDE (batch) FROM {table} ORDER BY ALL"
        assert Record(tmp_path / "record").sql(asked) == plain.sql(asked), table
    checked = Record(tmp_path / "record").check()
    assert checked.findings == ()


@pytest.mark.usefixtures("cluster")
def test_in_an_object_store(s3: str, tmp_path: Path) -> None:
    """Workers commit to S3; the record that is copied from there is whole."""
    from pyarrow import fs

    paths = write(tmp_path / "in", {40: "POISON"})
    where = fs.S3FileSystem(endpoint_override=s3.removeprefix("http://"), scheme="http")
    for name in ("a", "b"):
        with where.open_output_stream(f"news/in/{name}.jsonl") as out:
            out.write((tmp_path / "in" / f"{name}.jsonl").read_bytes())
    began = time.monotonic()
    made = plan("s3://news/record")
    done = summed(read(made, ["s3://news/in"], {2: kill_one}))
    assert (done.items, done.failed) == (N, 1), paths
    again = summed(read(made, ["s3://news/in"]))
    assert (again.items, again.before) == (N, N)
    fs.copy_files("news/record", str(tmp_path / "copy"), source_filesystem=where)
    exact(Record(tmp_path / "copy"), N - 1)
    assert time.monotonic() - began < 600
