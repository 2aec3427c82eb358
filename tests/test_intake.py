# ruff: noqa: E501  tables of cases, one a line
"""Paths to reports: files, folders, standard input, gzip, and all that can be wrong with them."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import resource
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import FAILURE_KINDS
from dragoman.intake import inputs
from dragoman.model import Failure, Report

ENGLISH = (
    "The envoy of Chad met the king in Rabat on Monday and said that the two states would open a new road for trade.\n"
)
LINE = json.dumps({"text": ENGLISH}).encode() + b"\n"


def read(*paths: Path | str, **more: Any) -> list[tuple[str, str]]:
    """(source below the folder, failure's kind or "report")"""
    out = []
    for r in inputs([str(p) for p in paths], **more):
        if isinstance(r, Failure):
            assert r.kind in FAILURE_KINDS
            assert r.source in r.message
            assert r.message.endswith(".")
        out.append((r.source.rsplit("/", 1)[-1], r.kind if isinstance(r, Failure) else "report"))
    return out


def test_order_is_that_of_the_call(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(ENGLISH)
    assert read(tmp_path / "b.txt", tmp_path / "none.txt", tmp_path / "a.txt") == [
        ("b.txt", "report"), ("none.txt", "missing"), ("a.txt", "report"),
    ]  # fmt: skip


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "empty").mkdir()
    for name in ("z.txt", "sub/y.txt", "A.text", "noending", ".hidden.txt", "odd.xyz"):
        (tmp_path / name).write_text(ENGLISH)
    (tmp_path / "README.md").write_text("notes")
    (tmp_path / "LICENSE").write_text("notes")
    (tmp_path / "x.py").write_text("pass")
    (tmp_path / "p.png").write_bytes(b"\x89PNG")
    (tmp_path / "void.txt").write_bytes(b"")
    wanted = [
        ("A.text", "report"), ("LICENSE", "unreadable"), ("README.md", "unreadable"), ("empty", "empty"), ("noending", "report"),
        ("odd.xyz", "report"), ("p.png", "binary"), ("y.txt", "report"), ("void.txt", "empty"), ("x.py", "unreadable"), ("z.txt", "report"),
    ]  # fmt: skip
    assert read(tmp_path) == wanted
    assert read(tmp_path) == read(tmp_path)


def test_a_named_file_is_always_tried(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(ENGLISH)
    assert read(tmp_path / "notes.md") == [("notes.md", "report")]


def test_standard_input() -> None:
    assert read("-", stdin=io.BytesIO(ENGLISH.encode())) == [("-", "report")]
    assert read("-", stdin=io.BytesIO(LINE * 2)) == [("-:1", "report"), ("-:2", "report")]
    assert read("-", stdin=io.BytesIO(gzip.compress(LINE))) == [("-:1", "report")]
    assert read("-", stdin=io.BytesIO(b"")) == [("-", "empty")]


def test_json_lines_go_on_after_a_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + LINE + b"{broken\n\n" + b'{"url": "x"}\n' + b"\xff\xfe\xfd\n" + LINE.rstrip())
    assert read(path) == [
        ("a.jsonl:1", "report"), ("a.jsonl:2", "broken-json"), ("a.jsonl:4", "broken-json"), ("a.jsonl:5", "encoding"), ("a.jsonl:6", "report"),
    ]  # fmt: skip


def test_json_document_over_many_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": ENGLISH}, {"text": ENGLISH}], indent=2))
    assert read(path) == [("a.json:1", "report"), ("a.json:2", "report")]
    path.write_text(json.dumps({"text": ENGLISH}, indent=2))
    assert read(path) == [("a.json:1", "report")]
    path.write_bytes(LINE * 2)
    assert read(path) == [("a.json:1", "report"), ("a.json:2", "report")]


def test_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(ENGLISH.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(LINE * 2))
    (tmp_path / "c.txt").write_bytes(gzip.compress(ENGLISH.encode()))
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(os.urandom(50_000).hex().encode())[:-200])
    (tmp_path / "e.txt.gz").write_text(ENGLISH)
    (tmp_path / "f.gz").write_bytes(gzip.compress(gzip.compress(ENGLISH.encode())))
    (tmp_path / "g.txt.gz").write_bytes(b"")
    (tmp_path / "h.jsonl.gz").write_bytes(gzip.compress(LINE + os.urandom(50_000).hex().encode())[:-9000])
    assert read(tmp_path) == [
        ("a.txt.gz", "report"), ("b.jsonl.gz:1", "report"), ("b.jsonl.gz:2", "report"), ("c.txt", "report"), ("d.txt.gz", "broken-archive"),
        ("e.txt.gz", "broken-archive"), ("f.gz", "broken-archive"), ("g.txt.gz", "empty"), ("h.jsonl.gz:1", "report"), ("h.jsonl.gz", "broken-archive"),
    ]  # fmt: skip


def test_bombs_and_huge_lines_cost_little_memory(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "bomb.txt.gz", "wb", compresslevel=1) as f:
        for _ in range(60):
            f.write(b"a" * 1_000_000)
    with (tmp_path / "huge.jsonl").open("wb") as g:
        g.write(LINE + b'{"text": "')
        for _ in range(50):
            g.write(b"a" * 1_000_000)
        g.write(b'"}\n' + LINE)
    (tmp_path / "one.txt").write_bytes(b"word " * 2_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read(tmp_path) == [
        ("bomb.txt.gz", "too-large"), ("huge.jsonl:1", "report"), ("huge.jsonl:2", "too-large"), ("huge.jsonl:3", "report"), ("one.txt", "too-large"),
    ]  # fmt: skip
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80_000  # KiB


def test_links_and_special_files(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "c")
    (tmp_path / "d").symlink_to("d")
    assert read(tmp_path) == [("a", "missing"), ("b", "unreadable"), ("c", "unreadable"), ("d", "unreadable")]
    assert read("/dev/null", "a\0b", "x" * 5000) == [
        ("null", "unreadable"),
        ("a\0b", "unreadable"),
        ("x" * 5000, "unreadable"),
    ]


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)

    def forbidden(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert read(tmp_path / "a.txt") == [("a.txt", "permission")]


def test_day_holds_only_where_none_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINE + json.dumps({"text": ENGLISH, "published": "2019-03-04"}).encode())
    days = [r.published for r in inputs([str(path)], published=dt.date(2020, 1, 2)) if isinstance(r, Report)]
    assert days == [dt.date(2020, 1, 2), dt.date(2019, 3, 4)]


def test_it_is_lazy(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINE * 3)
    stream = inputs([str(path), str(tmp_path / "none")])
    assert isinstance(next(stream), Report)
