"""One request over HTTP: to a checked address, within limits of time and size, redirects checked anew."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from dragoman.errors import InputError
from dragoman.inputs.body import unpacked
from dragoman.watch.addresses import Allowed, Resolve, may_be_asked, resolved

REDIRECTS = 5
MOVED = (301, 302, 303, 307, 308)
STEP = 0.5  # seconds after which a silent connection is looked at again: somebody may want to stop
LONGEST_ADDRESS = 4000
KINDS = {401: "permission", 402: "permission", 403: "permission", 404: "missing", 410: "missing", 451: "permission"}


class StoppedError(Exception):
    """The program is asked to end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. headers: names in small letters. url: where it came from after all redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


@dataclass(frozen=True)
class Wire:
    """How requests are made. seconds: for one of them with all its redirects; limit: bytes of a body, unpacked.

    allowed: addresses that may be asked though they are not public (docs/inputs.md); resolve, context: for tests.
    """

    agent: str
    seconds: float = 30.0
    limit: int = 20_000_000
    allowed: Sequence[Allowed] = ()
    resolve: Resolve = resolved
    context: ssl.SSLContext | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, before: Callable[[str], None] = lambda _: None
    ) -> Answer:
        """The answer of whatever status. before: called with each address, redirects too, before it is asked.

        Raises InputError (missing, permission, too-large, unreadable, broken-archive), StoppedError, and what
        ``before`` raises.
        """
        until = time.monotonic() + self.seconds
        began = url
        for _ in range(REDIRECTS + 1):
            url = checked(url)
            paused = time.monotonic()
            before(url)
            until += time.monotonic() - paused  # waiting for our turn is none of the server's time
            answer = self._one(url, headers or {}, until)
            target = answer.headers.get("location")
            if answer.status not in MOVED or not target:
                return answer
            try:
                url = urljoin(url, target)
            except ValueError as e:
                raise InputError("unreadable", f"{url} leads to {target[:200]!r}, which is no address.") from e
        raise InputError("unreadable", f"{began} leads on and on: more than {REDIRECTS} redirects. Check the address.")

    def _one(self, url: str, headers: Mapping[str, str], until: float) -> Answer:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        addresses = may_be_asked(host, port, self.allowed, self.resolve)
        made = http.client.HTTPSConnection(host, port) if secure else http.client.HTTPConnection(host, port)
        held: _Socket | None = None
        try:
            made.sock = held = self._connected(addresses, host, port, secure, until)
            made.request("GET", urlunsplit(("", "", parts.path or "/", parts.query, "")), headers=self._asked(headers))
            answer = made.getresponse()
            told = {k.casefold(): v for k, v in answer.getheaders()}
            body = b"" if answer.status in MOVED or answer.status == 304 else self._body(answer, url)
        except StoppedError:
            raise
        except TimeoutError as e:
            raise InputError(
                "unreadable", f"{url} did not answer whole within {self.seconds:g} seconds. Try again later."
            ) from e
        except ssl.SSLError as e:
            raise InputError("unreadable", f"{url} has no good certificate or broke off ({e.reason}).") from e
        except (OSError, http.client.HTTPException, ValueError) as e:
            why = getattr(e, "strerror", None) or type(e).__name__
            raise InputError("unreadable", f"{url} could not be fetched: {why}. Try again later.") from e
        finally:
            made.close()
            if held is not None:
                held.end()
        return Answer(answer.status, told, unpacked(body, told.get("content-encoding", ""), url, self.limit), url)

    def _asked(self, more: Mapping[str, str]) -> dict[str, str]:
        return {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate", "Connection": "close", **more}

    def _connected(self, addresses: Sequence[str], host: str, port: int, secure: bool, until: float) -> _Socket:
        """A socket to the first address that answers; it looks like a socket as far as http.client needs one."""
        trouble: OSError = TimeoutError()
        for n, address in enumerate(addresses[:4]):
            if self.stop.is_set():
                raise StoppedError
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                # A part of the time each, so that one dead address does not use it up.
                made = socket.create_connection((address, port), timeout=left / (min(4, len(addresses)) - n))
            except OSError as e:
                trouble = e
                continue
            if secure:
                try:
                    made.settimeout(max(0.01, until - time.monotonic()))
                    made = (self.context or ssl.create_default_context()).wrap_socket(made, server_hostname=host)
                except BaseException:
                    made.close()
                    raise
            return _Socket(made, until, self.stop)
        raise trouble

    def _body(self, answer: http.client.HTTPResponse, url: str) -> bytes:
        stated = answer.getheader("Content-Length", "")
        out, size = [], 0
        if not (stated.isdecimal() and int(stated) > self.limit):
            while piece := answer.read1(65_536):
                out.append(piece)
                size += len(piece)
                if size > self.limit:
                    break
            else:
                if stated.isdecimal() and size < int(stated) and answer.getheader("Transfer-Encoding") is None:
                    raise http.client.IncompleteRead(b"")
                return b"".join(out)
        raise InputError("too-large", f"{url} answers with more than {self.limit:,} bytes. It is not read.")


def checked(url: str) -> str:
    """``url`` as it may be asked, without its fragment. Raises InputError for what is no address of the web."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    odd = len(url) > LONGEST_ADDRESS or any(c <= " " or c == "\x7f" for c in url.strip())
    if host is None or parts.scheme not in ("http", "https") or odd or parts.username or parts.password:
        raise InputError(
            "unreadable", f"{url[:200]!r} is no address of the web. One begins with https:// and names a host."
        )
    quoted = parts._replace(fragment="", path=_ascii(parts.path), query=_ascii(parts.query))
    return urlunsplit(quoted)


def _ascii(text: str) -> str:
    """What browsers send for letters beyond ASCII in an address: their UTF-8, in hexadecimal."""
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in text)


def refused(answer: Answer) -> InputError:
    """The failure that an answer other than 200 is."""
    kind = KINDS.get(answer.status, "unreadable")
    words = http.client.responses.get(answer.status, "an unknown status")
    return InputError(kind, f"{answer.url} answers {answer.status} ({words}).")


class _Socket:
    """A socket with an end of its time, as http.client uses one."""

    def __init__(self, made: socket.socket, until: float, stop: threading.Event) -> None:
        self._made, self._until, self._stop = made, until, stop

    def sendall(self, data: bytes) -> None:
        self._made.settimeout(max(0.01, self._until - time.monotonic()))
        self._made.sendall(data)

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._made, self._until, self._stop))

    def close(self) -> None:
        """http.client closes a socket while its answer is still being read: that is left to :meth:`end`."""

    def end(self) -> None:
        self._made.close()


class _Incoming(io.RawIOBase):
    """Bytes as they come, however slowly, up to the end of the time. Closing it leaves the socket to its owner."""

    def __init__(self, made: socket.socket, until: float, stop: threading.Event) -> None:
        self._made, self._until, self._stop = made, until, stop

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            left = self._until - time.monotonic()
            if self._stop.is_set():
                raise StoppedError
            if left <= 0:
                raise TimeoutError
            self._made.settimeout(min(left, STEP))
            try:
                return self._made.recv_into(buffer)
            except TimeoutError:
                continue
