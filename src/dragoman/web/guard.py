"""What every request passes: for whom it is, who sends it, how large and slow it may be; what every answer carries."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# A page's markup may have 20 MB (dragoman.intake); an upload may hold a few such, or thousands of plain reports.
MAX_BODY = 50_000_000
BODY_SECONDS = 60.0
MAX_ADDRESS = 8_000
COOKIE = "dragoman_token"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

# Nothing but our own files, no script or style within a page, no frames, forms to ourselves only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


class Guard:
    """Stands in front of the application.

    hosts: the names that a request may be for, ports aside; a name of somebody else's that leads to this machine (DNS
    rebinding) is none of them. token: what a request must bring, as a cookie, as ``Authorization: Bearer``, or once as
    ``?token=``, which is answered by the cookie; None: nothing is asked.
    """

    def __init__(self, app: App, hosts: tuple[str, ...] = LOOPBACK, token: str | None = None) -> None:
        self.app, self._hosts, self._token = app, frozenset(h.lower() for h in hosts), token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        refused = self._refusal(scope, headers)
        if refused is not None:
            await _answer(send, *refused)
            return
        if self._token is not None and (elsewhere := self._came_with_token(scope)) is not None:
            cookie = f"{COOKIE}={self._token}; HttpOnly; SameSite=Strict; Path=/"
            await _answer(send, 303, "Come in", [(b"location", elsewhere), (b"set-cookie", cookie.encode())])
            return
        body = _Body(receive)
        await self.app(scope, body.receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        if len(scope["path"]) + len(scope["query_string"]) > MAX_ADDRESS:
            return 414, "The address is too long"
        if not self._known(headers.get("host", "")):
            return 421, "This server does not answer to that name. Give it with --name when it is started"
        if not (headers.get("content-length") or "0").isdigit():
            return 400, "Content-Length is no number"
        if int(headers.get("content-length") or 0) > MAX_BODY:
            return 413, f"More than {MAX_BODY // 1_000_000} MB at once. Send less"
        if self._token is not None and not self._has_token(headers) and self._came_with_token(scope) is None:
            return 401, "A token is needed: open the address that `dragoman serve` printed"
        return None

    def _known(self, host: str) -> bool:
        name, sign, port = host.rpartition(":")
        if not sign or not port.isdigit():
            name = host
        if name.lower() in self._hosts:
            return True
        # With a token asked for, an address in figures is as good as a name: no name of somebody else's is one.
        return self._token is not None and _figures(name)

    def _has_token(self, headers: dict[str, str]) -> bool:
        given = headers.get("authorization", "").removeprefix("Bearer ")
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            held = None
        return any(_same(t, self._token or "") for t in (given, held.value if held else "") if t)

    def _came_with_token(self, scope: Scope) -> bytes | None:
        """Where to go on without it, when the address has the right token."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] != "GET" or not any(k == "token" and _same(v, self._token or "") for k, v in asked):
            return None
        rest = urlencode([(k, v) for k, v in asked if k != "token"])
        path: str = "/" + scope.get("raw_path", b"/").decode("latin-1").split("?")[0].lstrip("/\\")
        return (path + ("?" + rest if rest else "")).encode("latin-1")


class _Body:
    """The request's body, cut off when it is too long or takes too long."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._bytes, self._whole = receive, 0, False
        self._until = asyncio.get_running_loop().time() + BODY_SECONDS

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        left = self._until - asyncio.get_running_loop().time()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, left))
        except TimeoutError:
            return {"type": "http.disconnect"}
        self._bytes += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return {"type": "http.disconnect"} if self._bytes > MAX_BODY else message


def _same(given: str, held: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), held.encode("utf-8"))


def _figures(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message.get("headers", ())}
            more = [(k, v) for k, v in HEADERS if k not in own]
            if b"cache-control" not in own:
                more.append((b"cache-control", b"private, no-cache"))
            message["headers"] = [*message.get("headers", ()), *more]
        await send(message)

    return sent


async def _answer(send: Send, status: int, detail: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    body = json.dumps({"type": "about:blank", "title": detail, "status": status}).encode()
    more = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    start = {"type": "http.response.start", "status": status, "headers": [*more, *(headers or [])]}
    await _with_headers(send)(start)
    await send({"type": "http.response.body", "body": body})
