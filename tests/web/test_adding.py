"""Reports that are handed in: read, or told why not; never by another site's page, never by a path."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

import made_up
from dragoman.record import Record
from dragoman.web.adding import Handed, reports
from dragoman.web.app import make_app
from web_pile import EVIL

STORY = made_up.TEXT.format(n=901)


@pytest.fixture
def adds(own: Path) -> TestClient:
    """Pages at which reports may be added; a stand-in reads them."""
    app = make_app(own, make_reader=lambda: made_up.Reader())  # type: ignore[arg-type,return-value]
    return TestClient(app, base_url="http://127.0.0.1:8350")


def key(adds: TestClient) -> str:
    return re.search(r'name="key" value="([^"]+)"', adds.get("/add").text)[1]


def done(adds: TestClient, address: str) -> str:
    for _ in range(200):
        page = adds.get(address).text
        if 'http-equiv="refresh"' not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("the job never ended")


def test_text_and_files(adds: TestClient, own: Path) -> None:
    files = [
        ("files", ("story.txt", made_up.TEXT.format(n=902).encode(), "text/plain")),
        ("files", ("story.txt.gz", gzip.compress(made_up.TEXT.format(n=903).encode()), "application/gzip")),
        ("files", ("lines.jsonl", b'{"text": "Tyria choke"}\n{"nothing": 1}\n', "text/plain")),
        ("files", ("empty.txt", b"  ", "text/plain")),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00" * 20, "image/png")),
    ]
    answer = adds.post("/add", data={"key": key(adds), "text": STORY, "name": "my note"}, files=files)
    assert answer.status_code == 200
    assert answer.url.path.startswith("/add/")
    page = done(adds, answer.url.path)
    assert "3 reports in the record, 4 inputs could not be read" in page
    for words in ("my note", "lines.jsonl:1", "lines.jsonl:2", "<strong>empty</strong>", "<strong>binary</strong>"):
        assert words in page
    assert {r["source"] for r in Record(own).sql("SELECT source FROM articles WHERE source NOT LIKE 'hand-made%'")} >= {
        "my note", "story.txt", "story.txt.gz",
    }  # fmt: skip
    time.sleep(1.1)  # the pages look for what is new once a second
    assert "my note" in adds.get("/").text


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\secret\\passwd", "/etc/passwd", *EVIL])
def test_a_name_is_a_label(adds: TestClient, name: str) -> None:
    files = [("files", (name, STORY.encode(), "text/plain"))]
    answer = adds.post("/add", data={"key": key(adds)}, files=files)
    page = done(adds, answer.url.path)
    assert "1 report in the record" in page
    assert "root:" not in page
    assert not re.search(r"<script>|<img|<svg|<b |<iframe|[\u202e\u2066]", page)


def test_what_is_handed_in_is_read_as_standard_input() -> None:
    """Even a text that names a file is a text."""
    for words in ("/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/", "-"):
        for pasted in (False, True):
            for item in reports(Handed("note", words.encode(), pasted)):
                assert item.source == "note"
                assert getattr(item, "text", words) == words


def test_tables_are_told_by_name_or_first_bytes(tmp_path: Path) -> None:
    story = STORY.replace("\n", " ").replace(",", " ")
    table, path = f"id,text\n1,{story}\n2,{story} So.\n".encode(), tmp_path / "a.parquet"
    duckdb.execute(f"COPY (SELECT unnest([$a, $b]) AS text) TO '{path}' (FORMAT parquet)", {"a": story, "b": "So."})
    for name, content in (("a.csv", table), ("A.CSV.gz", gzip.compress(table)), ("upload", path.read_bytes())):
        first, second = reports(Handed(name, content))
        assert (first.source.split(":")[0], getattr(first, "text", None)) == (name, story.strip())
        assert second.source != first.source
    (text,) = reports(Handed("my notes.csv", f"id,text\n1,{story}".encode(), pasted=True))
    assert text.source == "my notes.csv"
    (gone,) = reports(Handed("/etc/passwd.parquet", b"no table"))
    assert (gone.source, getattr(gone, "kind", None)) == ("/etc/passwd.parquet", "broken-archive")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_no_other_sites_page_adds(adds: TestClient, headers: dict[str, str]) -> None:
    assert adds.post("/add", data={"key": key(adds), "text": STORY}, headers=headers).status_code == 403


@pytest.mark.parametrize("sent", ["", "made-up", "ключ"])
def test_a_form_of_somebody_elses(adds: TestClient, sent: str) -> None:
    key(adds)
    assert adds.post("/add", data={"key": sent, "text": STORY}).status_code == 403


def test_without_the_cookie(adds: TestClient) -> None:
    got = key(adds)
    adds.cookies.clear()
    assert adds.post("/add", data={"key": got, "text": STORY}).status_code == 403


def test_nothing_and_too_much(adds: TestClient) -> None:
    assert adds.post("/add", data={"key": key(adds), "text": "  "}).status_code == 400
    many = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(201)]
    assert adds.post("/add", data={"key": key(adds)}, files=many).status_code == 400
    assert adds.post("/add", data={"key": key(adds), "text": "x" * 2_500_000}, files=many[:1]).status_code == 400
    assert adds.post("/add", content=b"no form at all", headers={"content-type": "text/plain"}).status_code == 403


def test_a_job_that_is_none(adds: TestClient) -> None:
    assert adds.get("/add/..%2f..%2fetc").status_code == 404
    assert adds.get("/add/none").status_code == 404
