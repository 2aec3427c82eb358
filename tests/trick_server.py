"""A server on this machine that answers as it is told, tricks included. Real sockets, one thread a connection."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate

Answerer = Callable[[socket.socket, dict[str, str]], None]


@dataclass
class Server:
    """pages: path -> what answers, or the bytes of a whole answer. asked: every request, as path and headers."""

    port: int
    pages: dict[str, Answerer | bytes] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def paths(self) -> list[str]:
        return [p for p, _ in self.asked if p != "/robots.txt"]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


def answer(body: bytes | str, *headers: str, status: str = "200 OK", kind: str = "application/rss+xml") -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(raw)}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + raw


def moved(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {to}", status=status)


def conditional(body: str, etag: str = '"1"') -> Answerer:
    """A page that is sent again only to who does not have it."""

    def send(to: socket.socket, headers: dict[str, str]) -> None:
        if headers.get("if-none-match") == etag:
            to.sendall(answer(b"", f"ETag: {etag}", status="304 Not Modified"))
        else:
            to.sendall(answer(body, f"ETag: {etag}", f"Last-Modified: {formatdate(0, usegmt=True)}"))

    return send


def endless(first: bytes, piece: bytes, over: threading.Event, pause: float = 0.0) -> Answerer:
    """Sends ``first``, then ``piece`` for ever."""

    def send(to: socket.socket, _: dict[str, str]) -> None:
        to.sendall(first)
        while piece and not over.wait(pause):
            to.sendall(piece)
        over.wait()

    return send


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """A server on a free port of 127.0.0.1."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    server = Server(listening.getsockname()[1])
    threads: list[threading.Thread] = []

    def accept() -> None:
        while not server.over.is_set():
            try:
                made, _ = listening.accept()
            except TimeoutError:
                continue
            thread = threading.Thread(target=talk, args=(made,), daemon=True)
            thread.start()
            threads.append(thread)

    def talk(made: socket.socket) -> None:
        with made, contextlib.suppress(OSError):
            made.settimeout(10)
            raw = b""
            while b"\r\n\r\n" not in raw:
                piece = made.recv(65_536)
                if not piece:
                    return
                raw += piece
            first, *lines = raw.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            path = first.split(" ")[1]
            headers = {k.casefold(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
            server.asked.append((path, headers))
            page = server.pages.get(path, answer(b"", status="404 Not Found"))
            if callable(page):
                page(made, headers)
            else:
                made.sendall(page)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        thread.join()
        listening.close()
        for each in threads:
            each.join(2)
