"""Whatever the shards, their items are those of the whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.cluster.shards import Shard, items, newlines, numbered, packed, shards, unpacked
from dragoman.errors import UsageError
from dragoman.intake import Item, Raw, found
from dragoman.model import Failure

LINES = st.one_of(
    st.text(max_size=40).map(lambda t: json.dumps({"text": t}).encode()),
    st.sampled_from([b"", b" ", b"{", b"\xff", b'{"text": "Caf\xc3\xa9"}\r', b"\x00"]),
)


def told(found_: list[Item]) -> list[tuple[object, ...]]:
    return [(i.content, i.source) if isinstance(i, Raw) else (i,) for i in found_]


def dealt(paths: list[str], size: int) -> list[Shard]:
    some = list(shards(paths, size=size))
    return numbered(some, [None if s.end is None else newlines(s) for s in some])


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(LINES, min_size=1, max_size=30), size=st.integers(1, 200), last=st.booleans())
def test_parts_of_a_file_hold_the_lines_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], size: int, last: bool
) -> None:
    path = tmp_path_factory.mktemp("parts") / "reports.jsonl"
    path.write_bytes(b"\n".join([b'{"text": "Norway asked Sweden."}', *lines]) + b"\n" * last)
    parts = dealt([str(path)], size)
    whole = told(list(found([str(path)])))
    assert told([item for part in parts for item in items(part)]) == whole
    assert [item for part in parts for item in items(part)] == [
        item for s in parts for item in items(unpacked(packed(s)))
    ]
    assert len({part.name for part in parts}) == len(parts)


def test_a_line_longer_than_several_parts(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps({"text": "word " * n}) + "\n" for n in (1, 200, 1, 1)))
    assert told([i for part in dealt([str(path)], 100) for i in items(part)]) == told(list(found([str(path)])))


def test_small_files_share_a_shard_and_keep_their_order(tmp_path: Path) -> None:
    for n in range(7):
        (tmp_path / f"{n}.txt").write_text(f"Report {n} of Norway.")
    some = dealt([str(tmp_path)], 50)
    assert [len(s.paths) for s in some] == [3, 3, 1]
    assert told([i for s in some for i in items(s)]) == told(list(found([str(tmp_path)])))
    assert told(list(items(some[0], skip=2))) == told(list(items(some[0])))[2:]


def test_what_is_left_out_is_said_in_a_shard(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "a.txt").write_text("Norway asked Sweden.")
    some = dealt([str(tmp_path), str(tmp_path / "none")], 1000)
    failures = [i for s in some for i in items(s) if isinstance(i, Failure)]
    assert [f.kind for f in failures] == ["binary", "missing"]


def test_a_file_that_goes_away_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Norway asked Sweden.")
    [shard] = dealt([str(path)], 1000)
    path.unlink()
    [failure] = items(shard)
    assert isinstance(failure, Failure)
    assert failure.kind == "missing"


def test_a_file_that_goes_away_before_it_is_dealt_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.cluster.shards.files", lambda path: iter([path]))
    [shard] = shards([str(tmp_path / "none.txt")])
    assert [f.kind for f in shard.said] == ["missing"]


def test_an_address_that_nothing_answers_to_is_a_failure() -> None:
    pytest.importorskip("pyarrow")
    [shard] = shards(["gopher://news/2019"])
    assert [f.kind for f in shard.said] == ["unreadable"]
    assert "gopher://news/2019" in shard.said[0].message


def test_other_content_is_another_shard(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Norway asked Sweden.")
    [before] = dealt([str(path)], 1000)
    [same] = dealt([str(path)], 1000)
    path.write_text("Norway asked Finland.")
    [after] = dealt([str(path)], 1000)
    assert before.name == same.name != after.name


def test_standard_input_is_seen_by_one_machine_only() -> None:
    with pytest.raises(UsageError, match="standard input"):
        list(shards(["-"]))
