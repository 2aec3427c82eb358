"""``dragoman read`` over every kind of input at once, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from dragoman import cli

STORY = "The foreign minister of Chad met his colleague from Niger in Rabat on Monday. They spoke of the number {}."


def test_every_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "press"
    folder.mkdir()
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{STORY.format('one')}"
    (folder / "a.warc").write_text(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://n.example/1\r\nWARC-Date: 2023-05-28T22:00:00Z\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n{answer}\r\n\r\n",
        newline="",
    )
    (folder / "b.eml").write_text(f"Date: Mon, 29 May 2023 10:00:00 +0000\nSubject: x\n\n{STORY.format('two')}\n")
    (folder / "c.mbox").write_text(
        f"From a@b.example Mon May 29 10:00:00 2023\nSubject: x\n\n{STORY.format('three')}\n"
    )
    (folder / "d.csv").write_text(f"text,published\n{STORY.format('four')},2023-05-29\n")
    duckdb.sql(f"COPY (SELECT '{STORY.format('five')}' AS text) TO '{folder / 'e.parquet'}' (FORMAT parquet)")
    (folder / "f.eml").write_text("Subject: x\n\n")
    Path("list.txt").write_text("press\n")
    assert cli.main(["read", "@list.txt", "--json"]) == 0
    got = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(o["source"], o["dated"]["window"]) for o in got[:-1]] == [
        ("press/a.warc:1", "../2023-05-29"), ("press/b.eml", "2023-05-29"), ("press/c.mbox:1", "../.."),
        ("press/d.csv:2", "2023-05-29"), ("press/e.parquet:1", "../.."),
    ]  # fmt: skip
    assert [o["events"][0]["type"] for o in got[:-1]] == ["CONSULT"] * 5
    assert got[0]["seen"] == "2023-05-28"
    assert got[-1]["failure"]["kind"] == "empty"
