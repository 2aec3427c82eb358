# ruff: noqa: E501  tables of cases, one a line
"""Reports in tables and in lists: Parquet, CSV, @list."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import resource
from pathlib import Path

import duckdb
import pytest

from dragoman.inputs.table import rows_of_parquet
from dragoman.intake import inputs
from dragoman.model import Failure, Report

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
