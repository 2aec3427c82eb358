"""Manners: one request at a time to a host, a pause between two, patience with those in trouble, robots.txt obeyed."""

from __future__ import annotations

import datetime as dt
import threading
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from protego import Protego

from dragoman.errors import InputError
from dragoman.watch.wire import StoppedError, Wire

DELAY = 2.0  # seconds between two requests to a host
LONGEST_DELAY = 60.0  # of what a host's robots.txt may ask for
LONGEST_WAIT = 86_400.0  # seconds: after failures, or as a host asks, at most a day
ROBOTS_KEPT = 86_400.0  # seconds; RFC 9309 has a day
TROUBLE_KEPT = 300.0  # seconds for which a host whose robots.txt cannot be had is left alone
ROBOTS_LIMIT = 512_000  # bytes; RFC 9309 asks that 500 KiB be read
NAME = "dragoman"


def wait_after(failures: int, every: float, asked: float | None = None) -> float:
    """Seconds until a feed is asked again: the interval, doubled with each failure in a row, up to a day.

    asked: what the host asked for (Retry-After); it is waited for, up to a day.
    """
    own = min(every * 2 ** min(failures, 20), max(LONGEST_WAIT, every)) if failures else every
    return max(own, min(asked or 0.0, LONGEST_WAIT))


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds out of a Retry-After header: a number of them, or a moment. now: seconds since 1970."""
    if not value:
        return None
    value = value.strip()[:60]
    if value.isdecimal() and value.isascii():
        return float(min(int(value), 10**9))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return max(0.0, moment.timestamp() - now)


class Hosts:
    """Whose turn it is at each host, and what its robots.txt allows. Threads share one."""

    def __init__(self, wire: Wire, *, delay: float = DELAY) -> None:
        self._wire, self._delay = wire, delay
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    def turn(self, url: str) -> None:
        """Wait until ``url`` may be asked. Raises InputError (permission) where robots.txt forbids it, StoppedError."""
        host = self._host(url)
        with host.lock:
            self._robots(host, url)
            if host.rules is not None and not host.rules.can_fetch(url, NAME):
                raise InputError("permission", f"{url} is not asked: the host's robots.txt forbids it.")
            self._pause(host)

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        with self._lock:
            return self._hosts.setdefault(f"{parts.scheme}://{parts.netloc}", _Host(self._delay))

    def _pause(self, host: _Host) -> None:
        if self._wire.stop.wait(max(0.0, host.free - time.monotonic())):
            raise StoppedError
        host.free = time.monotonic() + host.delay

    def _robots(self, host: _Host, url: str) -> None:
        """Fetch robots.txt when it is not known or a day old (RFC 9309): none there allows all, trouble forbids all."""
        if host.until > time.monotonic():
            if host.trouble:
                raise InputError("unreadable", host.trouble)
            return
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        host.rules, host.trouble = None, ""
        self._pause(host)
        try:
            answer = self._wire.get(address)
        except InputError as e:
            if e.kind == "too-large":
                host.until = time.monotonic() + ROBOTS_KEPT
                return
            host.trouble, host.until = e.message, time.monotonic() + TROUBLE_KEPT
            raise
        if answer.status >= 500 or answer.status == 429:
            host.trouble = f"{url} is not asked: {address} answers {answer.status}, so its rules are not known."
            host.until = time.monotonic() + TROUBLE_KEPT
            raise InputError("unreadable", host.trouble)
        host.until = time.monotonic() + ROBOTS_KEPT
        if answer.status == 200:
            host.rules = Protego.parse(answer.body[:ROBOTS_LIMIT].decode("utf-8", "replace"))
            asked = host.rules.crawl_delay(NAME)
            host.delay = max(self._delay, min(float(asked or 0.0), LONGEST_DELAY))


class _Host:
    """What is known of one host: its rules and until when they hold, when it is free again (time.monotonic)."""

    def __init__(self, delay: float) -> None:
        self.lock = threading.Lock()
        self.delay, self.free, self.until = delay, 0.0, 0.0
        self.rules: Protego | None = None
        self.trouble = ""
