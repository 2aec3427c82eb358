# ruff: noqa: E501  tables of cases, one a line
"""Requests: which machines are asked, and what servers that play tricks can do."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.watch.addresses import Allowed, is_public, may_be_asked
from dragoman.watch.wire import StoppedError, checked
from trick_server import Server, answer, endless, moved

PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"]
CLOSED = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "239.1.1.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::7f00:1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2001:0:808:808:0:0:80ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    assert may_be_asked("n.example", 443, resolve=lambda *_: [address]) == [str(ipaddress.ip_address(address))]


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_that_are_not_asked(address: str) -> None:
    with pytest.raises(InputError, match=r"--allow") as told:
        may_be_asked("n.example", 443, resolve=lambda *_: [address])
    assert told.value.kind == "permission"


def test_only_the_public_ones_of_several_addresses_are_used() -> None:
    assert may_be_asked("n.example", 80, resolve=lambda *_: ["10.0.0.1", "8.8.8.8"]) == ["8.8.8.8"]


@pytest.mark.parametrize("port", [22, 25, 110, 445, 993])
def test_ports_of_other_services(port: int) -> None:
    with pytest.raises(InputError, match="port"):
        may_be_asked("n.example", port, resolve=lambda *_: ["8.8.8.8"])


def test_allowed_addresses() -> None:
    allowed = [Allowed.parse(a) for a in ("10.0.0.7", "127.0.0.1:8080", "[fd00::7]:81", "fd00::8")]
    asked: list[tuple[str, int, bool]] = [
        ("10.0.0.7", 1234, True), ("127.0.0.1", 8080, True), ("127.0.0.1", 8081, False), ("fd00::7", 81, True),
        ("fd00::7", 80, False), ("fd00::8", 80, True), ("10.0.0.8", 80, False),
    ]  # fmt: skip
    for address, port, may in asked:
        if may:
            assert may_be_asked("x", port, allowed, lambda *_, a=address: [a]) == [address]
        else:
            with pytest.raises(InputError):
                may_be_asked("x", port, allowed, lambda *_, a=address: [a])
    for bad in ("localhost", "10.0.0.0/8", "10.0.0.7:x", ""):
        with pytest.raises(ValueError, match=r"address|literal|int"):
            Allowed.parse(bad)


@pytest.mark.parametrize(
    "url",
    ["ftp://n.example/x", "file:///etc/passwd", "gopher://x", "http://", "http:///x", "//n.example/x", "n.example", "http://a@n.example/",
     "http://u:p@n.example/", "http://n.example:99999/", "http://n.example:x/", "http://[::1", "http://n.example/a b", "http://n.example/\r\nX: y",
     "javascript:alert(1)", "http://n.example/" + "x" * 5000],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(InputError):
        checked(url)


def test_letters_beyond_ascii_and_fragments() -> None:
    assert checked("https://n.example/straße?q=ü#top") == "https://n.example/stra%C3%9Fe?q=%C3%BC"


def test_an_answer(server: Server, wire: Any) -> None:
    server.pages["/a?b=c"] = answer("hello", "ETag: x")
    found = wire().get(server.url("/a?b=c#d"), {"If-None-Match": "x"})
    assert (found.status, found.body, found.headers["etag"], found.url) == (200, b"hello", "x", server.url("/a?b=c"))
    path, headers = server.asked[0]
    assert (path, headers["user-agent"], headers["if-none-match"]) == ("/a?b=c", "dragoman/test", "x")
    assert headers["host"] == f"127.0.0.1:{server.port}"


def test_loopback_is_not_asked_unless_allowed(server: Server, wire: Any) -> None:
    server.pages["/"] = answer("secret")
    for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"):
        with pytest.raises(InputError):
            wire(allowed=()).get(server.url("/", host))
    assert server.asked == []


def test_redirects_are_followed_and_checked_anew(server: Server, wire: Any) -> None:
    server.pages |= {
        "/a": moved("/b", "301 Moved"),
        "/b": moved(server.url("/c"), "308 Permanent"),
        "/c": answer("here"),
    }
    assert wire().get(server.url("/a")).url == server.url("/c")
    seen: list[str] = []
    wire().get(server.url("/a"), before=seen.append)
    assert seen == [server.url(p) for p in ("/a", "/b", "/c")]
    for target in ("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", f"http://localhost:{server.port + 1}/",
                   "file:///etc/passwd", "http://[::1]:80/", f"http://u@127.0.0.1:{server.port}/c"):  # fmt: skip
        server.pages["/out"] = moved(target)
        with pytest.raises(InputError):
            wire().get(server.url("/out"))


def test_a_ring_of_redirects_ends(server: Server, wire: Any) -> None:
    server.pages |= {"/a": moved("/b"), "/b": moved("/a")}
    with pytest.raises(InputError, match="redirects"):
        wire().get(server.url("/a"))
    assert len(server.asked) == 6


def test_a_name_that_changes_its_answer_gains_nothing(server: Server, wire: Any) -> None:
    """DNS rebinding: public when it is checked, this machine when it is asked. It is resolved once, and that is used."""
    server.pages["/"] = answer("secret")
    answers = iter([["127.0.0.2"], ["127.0.0.1"]])
    allowed = (Allowed(ipaddress.ip_address("127.0.0.2")),)  # stands for a public address; nobody listens there
    with pytest.raises(InputError, match="refused"):
        wire(allowed=allowed, resolve=lambda *_: next(answers)).get(server.url("/", "rebound.example"))
    assert next(answers) == ["127.0.0.1"]  # never asked for
    assert server.asked == []


def test_a_name_is_connected_to_the_address_that_was_checked(server: Server, wire: Any) -> None:
    server.pages["/"] = answer("here")
    found = wire(resolve=lambda *_: ["127.0.0.1"]).get(server.url("/", "news.example"))
    assert found.body == b"here"
    assert server.asked[0][1]["host"] == f"news.example:{server.port}"


def test_the_next_address_is_tried_when_one_is_dead(server: Server, wire: Any) -> None:
    server.pages["/"] = answer("here")
    dead = socket.create_server(("127.0.0.2", 0))
    dead.close()
    allowed = (Allowed(ipaddress.ip_address("127.0.0.1")), Allowed(ipaddress.ip_address("127.0.0.2")))
    made = wire(allowed=allowed, resolve=lambda *_: ["127.0.0.2", "127.0.0.1"])
    assert made.get(server.url("/", "news.example")).body == b"here"


@pytest.mark.parametrize("trick", ["silent", "drip-head", "drip-body", "endless-head", "endless-continue"])
def test_nobody_holds_us_longer_than_allowed(trick: str, server: Server, wire: Any) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
    server.pages["/"] = {
        "silent": endless(b"", b"", server.over),
        "drip-head": endless(b"HTTP/1.1 200 OK\r\nX: ", b"a", server.over, 0.05),
        "drip-body": endless(head + b"\r\n", b"a", server.over, 0.05),
        "endless-head": endless(head, b"X: y\r\n", server.over),
        "endless-continue": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", server.over, 0.01),
    }[trick]
    began = time.monotonic()
    with pytest.raises(InputError) as told:
        wire(seconds=0.7).get(server.url("/"))
    assert told.value.kind == "unreadable"
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "raw",
    [
        answer(b"x" * 300_000),
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        answer(gzip.compress(bytes(9_000_000)), "Content-Encoding: gzip"),
        answer(zlib.compress(bytes(9_000_000)), "Content-Encoding: deflate"),
        answer(gzip.compress(gzip.compress(bytes(9_000_000))), "Content-Encoding: gzip, gzip"),
    ],
)
def test_bodies_that_are_too_large(raw: bytes, server: Server, wire: Any) -> None:
    server.pages["/"] = raw
    with pytest.raises(InputError) as told:
        wire().get(server.url("/"))
    assert told.value.kind == "too-large"


def test_an_endless_body_is_left(server: Server, wire: Any) -> None:
    server.pages["/"] = endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000, server.over)
    server.pages["/chunks"] = endless(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"2710\r\n" + b"x" * 10_000 + b"\r\n", server.over
    )
    for path in ("/", "/chunks"):
        with pytest.raises(InputError, match="200,000 bytes"):
            wire().get(server.url(path))


@pytest.mark.parametrize(
    "raw",
    [b"", b"garbage\r\n\r\n", b"HTTP/1.1 999999 X\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
     b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 99_999 + b"\r\n\r\n",
     answer(b"\x1f\x8bbroken", "Content-Encoding: gzip"), answer(gzip.compress(b"x" * 999)[:-9], "Content-Encoding: gzip"),
     moved("http://["), moved("http://127.0.0.1:99999/")],
)  # fmt: skip
def test_broken_answers(raw: bytes, server: Server, wire: Any) -> None:
    server.pages["/"] = raw
    with pytest.raises(InputError) as told:
        wire().get(server.url("/"))
    assert told.value.kind in ("unreadable", "broken-archive")


def test_chunks_and_compression(server: Server, wire: Any) -> None:
    packed = gzip.compress(b"hello " * 99)
    server.pages["/"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    )  # fmt: skip
    assert wire().get(server.url("/")).body == b"hello " * 99


def test_who_wants_to_stop_does_not_wait(server: Server, wire: Any) -> None:
    server.pages["/"] = endless(b"", b"", server.over)
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    with pytest.raises(StoppedError):
        wire(seconds=30.0, stop=stop).get(server.url("/"))
    assert time.monotonic() - began < 10


def test_a_host_that_does_not_exist(wire: Any) -> None:
    def resolve(*_: object) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(InputError) as told:
        wire(resolve=resolve).get("https://nowhere.example/")
    assert told.value.kind == "missing"


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for ``name`` that is its own authority, and its key."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, secret


def test_certificates_are_checked_for_the_name_and_not_the_address(tmp_path: Path, wire: Any) -> None:
    pem, secret = certificate(tmp_path, "news.example")
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(pem, secret)
    ours = ssl.create_default_context(cafile=str(pem))
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        while True:
            try:
                made, _ = listening.accept()
                with theirs.wrap_socket(made, server_side=True) as talk:
                    talk.recv(10_000)
                    talk.sendall(answer("secure"))
            except ssl.SSLError:
                continue
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    allowed = (Allowed(ipaddress.ip_address("127.0.0.1")),)
    made = wire(allowed=allowed, resolve=lambda *_: ["127.0.0.1"], context=ours)
    try:
        assert made.get(f"https://news.example:{port}/").body == b"secure"
        with pytest.raises(InputError, match="certificate"):
            made.get(f"https://other.example:{port}/")
        with pytest.raises(InputError, match="certificate"):
            wire(allowed=allowed, resolve=lambda *_: ["127.0.0.1"]).get(f"https://news.example:{port}/")
    finally:
        listening.close()
