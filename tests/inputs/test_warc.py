"""Archives of the web: whole ones, broken ones, bombs."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import resource
import zlib
from pathlib import Path

import pytest

from dragoman.intake import inputs
from dragoman.model import Failure, Report

STORY = (
    "The foreign minister of Chad met his colleague from Niger in Rabat on Monday and said that the two states would "
    "open a new road for trade. The two had not spoken for a year, and it was not clear who would pay for the work."
)


def html(n: int = 0, more: str = "") -> str:
    return (
        f'<html lang="en"><head><title>A road for trade {n}</title>{more}</head><body><nav>Menu</nav><article>'
        f"<h1>A road for trade {n}</h1><p>{STORY}</p><p>{STORY.replace('Monday', 'Tuesday')} Part {n}.</p></article>"
        "</body></html>"
    )


def page(n: int = 0, **more: str) -> bytes:
    return html(n, **more).encode()


def record(
    n: int,
    body: bytes | None = None,
    *,
    status: str = "200 OK",
    mime: str = "text/html; charset=utf-8",
    headers: str = "",
    kind: str = "response",
    off: int = 0,
) -> bytes:
    """off: how far the stated length is from the true one."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{headers}\r\n".encode() + (
        page(n) if body is None else body
    )
    stated = len(answer) + off
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://n.example/{n}\r\n"
        f"WARC-Date: 2023-05-28T22:00:00Z\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {stated}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(r, mtime=0) for r in records)


def read(raw: bytes, name: str = "a.warc.gz", folder: Path | None = None) -> list[Report | Failure]:
    if folder is None:
        return list(inputs(["-"], stdin=io.BytesIO(raw)))
    (folder / name).write_bytes(raw)
    return list(inputs([str(folder / name)]))


def told(raw: bytes) -> list[str]:
    """Each page's number in its text, or the failure's kind."""
    return [x.kind if isinstance(x, Failure) else x.text.rpartition("Part ")[2].rstrip(".") for x in read(raw)]


def test_a_page_with_address_and_the_day_it_was_fetched(tmp_path: Path) -> None:
    (found,) = read(packed(record(7)), folder=tmp_path)
    assert isinstance(found, Report)
    assert found.source == f"{tmp_path}/a.warc.gz:1"
    assert found.url == "https://n.example/7"
    assert found.title == "A road for trade 7"
    assert (found.published, found.seen) == (None, dt.date(2023, 5, 28))


def test_a_day_of_publication_after_the_fetch_is_not_taken() -> None:
    def dated(day: str) -> Report | Failure:
        mark = f'<meta property="article:published_time" content="{day}T09:00:00Z">'
        return read(packed(record(1, page(1, more=mark))))[0]

    for day in ("2023-05-20", "2023-05-29"):
        found = dated(day)
        assert isinstance(found, Report)
        assert str(found.published) == day
    late = dated("2031-01-01")
    assert isinstance(late, Report)
    assert late.published is None
    assert "2031-01-01" in (late.published_from or "")


def test_only_pages_that_were_answered_whole() -> None:
    raw = [
        record(0, kind="request"),
        record(1, status="404 Not Found"),
        record(2, status="301 Moved", headers="Location: /x\r\n"),
        record(3, b"\x89PNG\r\n\x1a\n" + bytes(100), mime="image/png"),
        record(4),
        record(5, kind="revisit"),
        record(6, STORY.encode() + b" Part 6.", mime="text/plain"),
        record(7, mime="APPLICATION/XHTML+XML"),
    ]
    assert told(packed(*raw)) == ["4", "6", "7"]
    assert told(b"".join(raw)) == ["4", "6", "7"]
    assert told(gzip.compress(b"".join(raw))) == ["4", "6", "7"]
    assert told(packed(*raw[:4])) == ["empty"]


def test_line_ends_of_unix_and_folded_headers() -> None:
    plain = record(1).replace(b"\r\n", b"\n")
    length = plain.split(b"Content-Length: ")[1].split(b"\n")[0]
    body = plain.split(b"\n\n", 1)[1].removesuffix(b"\n\n")
    plain = plain.replace(b"Content-Length: " + length, b"X-Note: one\n two\nContent-Length: %d" % len(body))
    assert told(plain + record(2)) == ["1", "2"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page(1)), "Content-Encoding: gzip\r\n"),
        (zlib.compress(page(1)), "Content-Encoding: deflate\r\n"),
        (zlib.compress(page(1))[2:-4], "Content-Encoding: deflate\r\n"),
        (page(1), "Content-Encoding: gzip\r\n"),
        (page(1), "Content-Encoding: br\r\n"),
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(page(1)), page(1)), "Transfer-Encoding: chunked\r\n"),
        (b"10;x=y\r\n%b\r\n%x\r\n%b\r\n" % (page(1)[:16], len(page(1)) - 16, page(1)[16:]), ""),
        (gzip.compress(gzip.compress(page(1))), "Content-Encoding: gzip, gzip\r\n"),
    ],
)
def test_bodies_are_unpacked(body: bytes, headers: str) -> None:
    assert told(packed(record(1, body, headers=headers))) == ["1"]


def test_brotli() -> None:
    brotli = pytest.importorskip("brotli")
    small, bomb = brotli.compress(page(1)), brotli.compress(bytes(40_000_000), quality=1)
    raw = [
        record(n, b, headers="Content-Encoding: br\r\n") for n, b in enumerate((small, bomb, small[:-9], b"\xff" * 90))
    ]
    assert told(packed(*raw)) == ["1", "too-large", "broken-archive", "broken-archive"]


@pytest.mark.parametrize(
    ("encoded", "mime", "more"),
    [
        ("windows-1252", "text/html; charset=windows-1252", ""),
        ("windows-1252", "text/html; charset=iso-8859-1", ""),
        ("windows-1252", 'text/html; charset="nonsense"', ""),
        ("utf-16", "text/html", ""),
        ("iso-8859-9", "text/html; charset=iso-8859-9", ""),
        ("iso-8859-9", "text/html", '<meta charset="iso-8859-9">'),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
    ],
)
def test_charsets(encoded: str, mime: str, more: str) -> None:
    turkish = encoded == "iso-8859-9"
    name = "Erdoğan" if turkish else "Bárdal"
    mark = "'" if turkish else "’"
    body = html(1, more).replace("foreign minister of Chad", f"foreign minister {name}{mark}s aide").encode(encoded)
    (found,) = read(packed(record(1, body, mime=mime)))
    assert isinstance(found, Report)
    assert f"{name}{mark}s aide" in found.text


def test_broken_records_cost_only_themselves() -> None:
    good = [record(n) for n in range(4)]
    members = [gzip.compress(r, mtime=0) for r in good]
    damaged = bytearray(members[1])
    damaged[60:90] = b"\xff" * 30
    cases = {
        b"".join([members[0], bytes(damaged), *members[2:]]): ["0", "broken-archive", "2", "3"],
        b"".join(members)[:-30]: ["0", "1", "2", "broken-archive"],
        members[0] + b"garbage\n" * 50 + members[2]: ["0", "broken-archive", "2"],
        members[0] + gzip.compress(b"nonsense here\n" * 9) + members[2]: ["0", "broken-archive", "2"],
        members[0] + bytes(5000): ["0"],
        packed(good[0], record(1, off=500), good[2]): ["0", "broken-archive", "2"],
        packed(good[0], record(1, off=-500), good[2]): ["0", "broken-archive", "2"],
        packed(good[0], good[1].replace(b"Content-Length", b"X-Length"), good[2]): ["0", "broken-archive", "2"],
    }
    for raw, wanted in cases.items():
        assert told(raw) == wanted


def test_broken_records_of_an_archive_that_is_not_packed() -> None:
    good = [record(n) for n in range(4)]
    cases = {
        good[0] + record(1, off=500) + good[2] + good[3]: ["0", "broken-archive", "2", "3"],
        good[0] + record(1, off=-500) + good[2] + good[3]: ["0", "broken-archive", "2", "3"],
        good[0] + good[1].replace(b"Length: ", b"Length: -") + good[2]: ["0", "broken-archive", "2"],
        good[0] + b"noise\n" * 9 + good[2]: ["0", "broken-archive", "2"],
        (good[0] + good[1])[:-300]: ["0", "broken-archive"],
        good[0] + good[1][:100]: ["0", "broken-archive"],
        good[0] + b"WARC/1.0\r\nX: " + b"a" * 200_000 + b"\r\n\r\n" + good[2]: ["0", "broken-archive", "2"],
        good[0] + record(1, b"", status="200 OK", headers="X: " + "a" * 90_000 + "\r\n") + good[2]: [
            "0",
            "broken-archive",
            "2",
        ],
    }
    for raw, wanted in cases.items():
        assert told(raw) == wanted
        assert told(gzip.compress(raw)) == wanted


def test_bombs_cost_little_memory() -> None:
    big = record(1, b"<p>" + bytes(30_000_000), mime="text/html")
    inner = record(2, gzip.compress(bytes(40_000_000), compresslevel=1), headers="Content-Encoding: gzip\r\n")
    squeezed = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = squeezed.compress(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 9999999999"
    )
    piece += squeezed.compress(b"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(260):
        piece += squeezed.compress(bytes(1_000_000))
    piece += squeezed.flush()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert told(packed(big, record(3), inner) + piece + packed(record(4))) == [
        "too-large", "3", "too-large", "broken-archive", "4",
    ]  # fmt: skip
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120_000  # KiB


def test_failures_say_where_and_which_address() -> None:
    (found,) = read(packed(record(9, b"<html><body><p>Cookies?</p></body></html>")))
    assert isinstance(found, Failure)
    assert (found.source, found.kind) == ("-:1", "no-article")
    assert found.message.endswith("https://n.example/9.")


def test_every_cut_and_every_flipped_byte_ends_well() -> None:
    raw = packed(record(0, STORY.encode(), mime="text/plain"), record(1, STORY.encode(), mime="text/plain"))
    for at in range(0, len(raw), 7):
        for bad in (raw[:at], raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :]):
            assert len(read(bad)) >= 1
