# ruff: noqa: E501  tables of cases, one a line
"""Reports in tables and in lists: Parquet, CSV, @list."""

from __future__ import annotations

import datetime as dt
import errno
import gzip
import io
import os
import resource
import shutil
import tempfile
from pathlib import Path

import duckdb
import pytest

from dragoman.inputs.table import COLUMNS, rows_of_parquet
from dragoman.intake import inputs
from dragoman.model import Failure, Report
from dragoman.reading.take_in.kinds import NAMES, kind_of

STORY = (
    "The envoy of Chad met the king in Rabat on Monday and said that the two states would open a new road for trade."
)


def parquet(path: Path, select: str, options: str = "") -> Path:
    duckdb.sql(f"COPY ({select}) TO '{path}' (FORMAT parquet{options})")
    return path


def read(*paths: Path | str) -> list[tuple[str, str]]:
    """(source below the folder, failure's kind or the text's first words)"""
    out = []
    for r in inputs([str(p) for p in paths]):
        if isinstance(r, Failure):
            assert r.source in r.message
        out.append((r.source.rsplit("/", 1)[-1], r.kind if isinstance(r, Failure) else r.text[:9]))
    return out


@pytest.mark.parametrize("name", ["a[1].parquet", "a*.parquet", "?1.parquet"])
def test_a_name_is_no_pattern(tmp_path: Path, name: str) -> None:
    parquet(tmp_path / "a1.parquet", f"SELECT 'Other. {STORY}' AS text")
    parquet(tmp_path / "b.parquet", f"SELECT 'These. {STORY}' AS text").rename(tmp_path / name)
    assert [words for _, words in read(tmp_path / name)] == ["These. Th"]


def test_parquet(tmp_path: Path) -> None:
    rows = f"""
        SELECT '{STORY}' AS "Text", DATE '2023-05-28' AS published, 'A road' AS title, 'https://n.example/1' AS url, 7 AS other
        UNION ALL SELECT '{STORY} More.', NULL, NULL, NULL, 8 UNION ALL SELECT NULL, NULL, NULL, NULL, 9
        UNION ALL SELECT '', NULL, NULL, NULL, 9
    """
    path = parquet(tmp_path / "a.parquet", rows)
    assert read(path) == [
        ("a.parquet:1", "The envoy"), ("a.parquet:2", "The envoy"), ("a.parquet:3", "broken-json"), ("a.parquet:4", "empty"),
    ]  # fmt: skip
    assert read(tmp_path) == read(path)
    first = next(iter(inputs([str(path)])))
    assert isinstance(first, Report)
    assert (first.published, first.title, first.url) == (dt.date(2023, 5, 28), "A road", "https://n.example/1")


def test_parquet_of_pages_moments_and_bytes(tmp_path: Path) -> None:
    page = f"<html><body><article><p>{STORY}</p><p>{STORY} More.</p></article></body></html>"
    moments = f"SELECT '{page}' AS html, TIMESTAMPTZ '2023-05-28 10:00:00+00' AS published"
    (found,) = inputs([str(parquet(tmp_path / "a.parquet", moments))])
    assert isinstance(found, Report)
    assert (found.text[:9], found.published) == ("The envoy", dt.date(2023, 5, 28))
    (found,) = inputs([str(parquet(tmp_path / "b.parquet", f"SELECT '{STORY}'::BLOB AS text"))])
    assert isinstance(found, Report)
    assert found.text == STORY


def test_broken_parquet(tmp_path: Path) -> None:
    whole = parquet(
        tmp_path / "a.parquet", f"SELECT '{STORY}' || i AS text FROM range(5000) t(i)", ", ROW_GROUP_SIZE 1000"
    )
    raw = whole.read_bytes()
    whole.unlink()
    hurt = bytearray(raw)
    hurt[len(raw) // 2 : len(raw) // 2 + 3000] = os.urandom(3000)
    for name, content in {"b": raw[:-20], "c": raw[:200], "d": b"PAR1", "e": bytes(hurt)}.items():
        path = tmp_path / f"{name}.parquet"
        path.write_bytes(content)
        found = read(path)
        assert found[-1] == (f"{name}.parquet", "broken-archive")
    none = parquet(tmp_path / "f.parquet", "SELECT 1 AS a, 2 AS b")
    assert read(none) == [("f.parquet", "broken-json")]
    assert read(parquet(tmp_path / "g.parquet", "SELECT 'x' AS text WHERE false")) == [("g.parquet", "empty")]
    (tmp_path / "h.parquet.gz").write_bytes(gzip.compress(raw))
    assert read(tmp_path / "h.parquet.gz") == [("h.parquet.gz", "unreadable")]


def test_parquet_is_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = "SELECT repeat(md5(i::VARCHAR) || ' the of and to ', 4500) AS text FROM range(1000) t(i)"
    path = parquet(tmp_path / "a.parquet", wide, ", ROW_GROUP_SIZE 50")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in rows_of_parquet(path, "a")) == 1000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # KiB, of 212 MB of text
    monkeypatch.setattr("dragoman.inputs.table.MEMORY", "40MB")
    one_group = parquet(tmp_path / "b.parquet", wide, ", ROW_GROUP_SIZE 2048")
    *_, last = rows_of_parquet(one_group, "b")
    assert isinstance(last, Failure)
    assert last.kind == "too-large"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (f"text,title\n{STORY.replace(',', '')},x\n", ["The envoy"]),
        (f'title,Text\nx,"{STORY}\nA ""second"" line, and more."\n\ny,"{STORY}"\n', ["The envoy", "The envoy"]),
        (f"\ufefftext;title\n{STORY};x\n", ["The envoy"]),
        (f"text\n{STORY}\n,\n", ["The envoy"]),
        (f"title,text\nx\ny,{STORY}\n", ["broken-json", "The envoy"]),
        ("a,b\n1,2\n", ["broken-json"]),
        ("text\n", ["empty"]),
        (f"text\n{STORY} \udcff\n", ["encoding"]),
    ],
)
def test_csv(content: str, wanted: list[str], tmp_path: Path) -> None:
    raw = content.encode("utf-8", "surrogateescape")
    (tmp_path / "a.csv").write_bytes(raw)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(raw))
    (tmp_path / "c.tsv").write_bytes(raw.replace(b",", b"\t").replace(b";", b"\t"))
    for name in ("a.csv", "b.csv.gz", "c.tsv"):
        assert [w for _, w in read(tmp_path / name)] == wanted


def test_csv_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text,title\n"{STORY}\n\nMore.",x\n"{STORY}",y\n')
    assert [s for s, _ in read(tmp_path / "a.csv")] == ["a.csv:4", "a.csv:5"]


def test_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a b.txt", "sub/c.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(STORY)
    Path("list.txt").write_text("b.txt\r\n\n# a note\nsub\na b.txt\ngone.txt\n-\n@list.txt\n")
    wanted = [
        ("b.txt", "The envoy"), ("c.txt", "The envoy"), ("a b.txt", "The envoy"), ("gone.txt", "missing"),
        ("list.txt:7", "unreadable"), ("list.txt:8", "unreadable"),
    ]  # fmt: skip
    assert read("@list.txt") == wanted
    Path("nul.txt").write_bytes(b"b.txt\0sub\0a b.txt\0")
    assert read("@nul.txt") == wanted[:3]
    Path("void.txt").write_text("# nothing\n")
    assert read("@void.txt", "@none.txt") == [("void.txt", "empty"), ("none.txt", "missing")]
    Path("long.txt").write_bytes(b"x" * 200_000 + b"\nb.txt\n")
    assert read("@long.txt") == [("long.txt:1", "unreadable"), ("b.txt", "The envoy")]


def test_a_file_of_that_name_is_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("@odd.txt").write_text(STORY)
    assert read("@odd.txt") == [("@odd.txt", "The envoy")]


def test_a_list_is_read_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    with (tmp_path / "list.txt").open("w") as f:
        for _ in range(300_000):
            f.write(f"{tmp_path}/a.txt\n")
    stream = inputs([f"@{tmp_path}/list.txt"])
    assert [next(stream).source for _ in range(3)] == [str(tmp_path / "a.txt")] * 3


def test_a_record_beside_reports_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    table = tmp_path / "record" / "articles"
    (table / "_delta_log").mkdir(parents=True)
    parquet(table / "part-0.parquet", f"SELECT '{STORY} Kept.' AS text")
    assert read(tmp_path) == [("a.txt", "The envoy"), ("articles", "unreadable")]


def from_stdin(raw: bytes, ending: str = "") -> list[tuple[str, str]]:
    """The same of standard input."""
    items = list(inputs(["-"], stdin=io.BytesIO(raw), ending=ending))
    return [(r.source, r.kind if isinstance(r, Failure) else f"{r.title}: {r.text[:9]}") for r in items]


def test_parquet_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = parquet(tmp_path / "a.parquet", f"SELECT '{STORY}' AS text, 'Road' AS title FROM range(3)").read_bytes()
    assert from_stdin(raw) == [(f"-:{n}", "Road: The envoy") for n in (1, 2, 3)]
    assert from_stdin(raw[:-9]) == [("-", "broken-archive")]
    assert from_stdin(gzip.compress(raw)) == [("-", "unreadable")]
    with (tmp_path / "a.parquet").open("rb") as f:
        assert len(list(inputs(["-"], stdin=f))) == 3
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    waiting = inputs(["-"], stdin=io.BytesIO(raw))
    next(waiting)
    assert list((tmp_path / "tmp").iterdir()) == []  # whoever stops the program leaves nothing behind


def test_no_room_to_lay_a_stream_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = parquet(tmp_path / "a.parquet", f"SELECT '{STORY}' AS text").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    (failure,) = inputs(["-"], stdin=io.BytesIO(raw))
    assert isinstance(failure, Failure)
    assert failure.kind == "unreadable"
    assert "No space left on device" in failure.message


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_from_standard_input(mark: str) -> None:
    """By its line of names; what names only the text is told by --as."""
    table = f'id{mark}"Title"{mark}text\r\n1{mark}Road{mark}{STORY}\r\n'.encode()
    assert from_stdin(table) == [("-:2", "Road: The envoy")]
    assert from_stdin(b"\xef\xbb\xbf" + table) == [("-:2", "Road: The envoy")]
    assert from_stdin(gzip.compress(table)) == [("-:2", "Road: The envoy")]
    one = f"id{mark}text\n1{mark}{STORY}\n".encode()
    assert [s for s, _ in from_stdin(one)] == ["-"]
    assert from_stdin(one, "tsv" if mark == "\t" else "csv") == [("-:2", "None: The envoy")]


@pytest.mark.parametrize(
    "first",
    ["Text, they say, is all.", "The text, the title and the day", "text", "Title, text", "text,title,published"],
)
def test_a_text_that_speaks_of_columns_is_a_text(first: str) -> None:
    """Only a whole first line of names is a table's, and a file that is called a text is one."""
    names = first in ("Title, text", "text,title,published")
    assert kind_of(f"{first}\n{STORY}".encode(), "-") == ("table" if names else "text")
    assert kind_of(f"{first}\n{STORY}".encode(), "a.txt") == "text"
    assert kind_of(first.encode(), "-") == "text"


def test_as(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_text(f"text\n{STORY}\n")
    (tmp_path / "b.txt").write_text(f'{{"text": "{STORY}"}}\n')
    assert [i.source.rsplit("/")[-1] for i in inputs([str(tmp_path / "a.dat")], ending="csv")] == ["a.dat:2"]
    assert [i.source.rsplit("/")[-1] for i in inputs([str(tmp_path / "b.txt")], ending="jsonl")] == ["b.txt:1"]
    assert from_stdin(f'{{"text": "{STORY}"}}'.encode(), "txt") == [("-", 'None: {"text": ')]
    assert from_stdin(f"From: a\nText: {STORY}".encode(), "eml") == [("-", "empty")]


def test_the_columns_that_tell_a_table_are_those_that_are_read() -> None:
    assert {name.encode() for name in COLUMNS} == NAMES
