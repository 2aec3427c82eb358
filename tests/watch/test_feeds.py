# ruff: noqa: E501  tables of cases, one a line
"""Rounds over feeds of a server that plays tricks: manners, patience, and nothing lost."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.model import Failure, Report
from dragoman.watch.apart import Parser
from dragoman.watch.feeds import FeedWatch
from dragoman.watch.polite import Hosts, retry_after, wait_after
from dragoman.watch.state import State
from trick_server import Server, answer, conditional, endless, moved

STORY = (
    "The envoy of Chad met the king in Rabat on Monday and said that the two states would open a new road for trade."
)
DAY = 1_685_268_000.0  # 2023-05-28 10:00 UTC


def feed(*stories: str) -> str:
    """A feed of stories: each its link's path, or words."""
    items = "".join(
        f"<item><title>Number {s}</title>{f'<link>{s}</link>' if s.startswith('/') else ''}<description>{STORY} {s}</description></item>"
        for s in stories
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>{items}</channel></rss>'


def page(n: str = "") -> bytes:
    body = f"<html><head><title>Article {n}</title></head><body><article><p>{STORY} {n}</p><p>{STORY} And more.</p></article></body></html>"
    return answer(body, kind="text/html; charset=utf-8")


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    made = Parser()
    yield made
    made.close()


@pytest.fixture
def clock() -> list[float]:
    return [DAY]


@pytest.fixture
def watch(
    server: Server, wire: Any, parser: Parser, clock: list[float], tmp_path: Path
) -> Iterator[Callable[..., FeedWatch]]:
    """Makes a watch of the server's feeds, each with what an earlier one has kept."""
    states: list[State] = []

    def make(*paths: str, fetch: bool = False, delay: float = 0.01, **more: Any) -> FeedWatch:
        states.append(State(tmp_path))
        made = wire(**more)
        urls = [p if p.startswith("http") else server.url(p) for p in paths]
        return FeedWatch(urls, states[-1], made, Hosts(made, delay=delay), parser, 900.0, fetch, lambda: clock[0])

    yield make
    for state in states:
        state.close()


def told(watch: FeedWatch, keep: bool = True) -> list[str]:
    """A report's title, a failure's kind, sorted: hosts answer in any order."""
    out = [r.kind if isinstance(r, Failure) else r.title or "" for r in watch.round()]
    if keep:
        watch.keep()
    return sorted(out)


def test_new_stories_once(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages["/feed"] = answer(feed("one", "two"))
    assert told(watch("/feed")) == ["Number one", "Number two"]
    assert told(watch("/feed")) == []
    server.pages["/feed"] = answer(feed("three", "one", "two"))
    assert told(watch("/feed")) == ["Number three"]


def test_a_round_that_was_not_kept_is_done_again(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages["/feed"] = conditional(feed("one"))
    assert told(watch("/feed"), keep=False) == ["Number one"]
    assert told(watch("/feed")) == ["Number one"]


def test_the_feeds_own_text_says_so(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages["/feed"] = answer(feed("/a"))
    (found,) = watch("/feed").round()
    assert isinstance(found, Report)
    assert found.source == f"{server.url('/feed')}#{server.url('/a')}"
    assert (found.url, found.publisher, str(found.seen)) == (server.url("/a"), "The Post", "2023-05-28")
    assert server.paths == ["/feed"]


def test_hosts_are_asked_whether_anything_is_new(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages["/feed"] = conditional(feed("one"))
    told(watch("/feed"))
    assert told(watch("/feed")) == []
    assert told(watch("/feed")) == []
    second = [h for p, h in server.asked if p == "/feed"][1]
    assert (second["if-none-match"], second["if-modified-since"]) == ('"1"', "Thu, 01 Jan 1970 00:00:00 GMT")
    server.pages["/feed"] = conditional(feed("two"), '"2"')
    assert told(watch("/feed")) == ["Number two"]


def test_robots_txt_is_obeyed_and_asked_for_once(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages["/robots.txt"] = answer(
        "User-agent: *\nDisallow: /closed\nAllow: /closed/but*.xml$\n", kind="text/plain"
    )
    server.pages |= {p: answer(feed(p[-1])) for p in ("/feed", "/closed/feed", "/closed/but-a.xml")}
    assert told(watch("/feed", "/closed/feed", "/closed/but-a.xml")) == ["Number d", "Number l", "permission"]
    assert [p for p, _ in server.asked].count("/robots.txt") == 1
    assert "/closed/feed" not in server.paths
    server.pages["/robots.txt"] = answer(
        "User-agent: dragoman\nDisallow: /\n\nUser-agent: *\nAllow: /\n", kind="text/plain"
    )
    assert told(watch("/feed")) == ["permission"]


@pytest.mark.parametrize(
    ("robots", "asked"),
    [
        (answer(b"", status="404 Not Found"), True),
        (answer(b"", status="403 Forbidden"), True),
        (answer(b"", status="503 Busy"), False),
        (answer(b"\xff\xfe\x00garbage" * 99), True),
        (answer(b"Disallow: /\n" * 90_000), True),
        (moved("/robots2.txt"), False),
        (b"", False),
    ],
)
def test_robots_txt_in_trouble(robots: bytes, asked: bool, server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages |= {
        "/robots.txt": robots,
        "/robots2.txt": answer("User-agent: *\nDisallow: /"),
        "/feed": answer(feed("one")),
    }
    assert len(told(watch("/feed"))) == 1
    assert ("/feed" in server.paths) == asked


def test_a_pause_between_two_requests_to_a_host(server: Server, watch: Callable[..., FeedWatch]) -> None:
    times: list[float] = []

    def send(to: socket.socket, _: dict[str, str]) -> None:
        times.append(time.monotonic())
        to.sendall(answer(feed("one")))

    server.pages |= {f"/{n}": send for n in range(3)}
    told(watch("/0", "/1", "/2", delay=0.3))
    assert all(b - a > 0.28 for a, b in itertools.pairwise(times))
    server.pages["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 0.5\n")
    times.clear()
    told(watch("/0", "/1"))
    assert times[1] - times[0] > 0.48


def test_hosts_do_not_wait_for_each_other(server: Server, watch: Callable[..., FeedWatch]) -> None:
    hanging = endless(b"", b"", server.over)
    server.pages |= {"/hangs": hanging, "/feed": answer(feed("one"))}
    slow = watch(f"http://slow.example:{server.port}/hangs", "/feed", resolve=lambda *_: ["127.0.0.1"], seconds=1.5)
    came = [(time.monotonic(), r) for began in [time.monotonic()] for r in slow.round()]
    assert [isinstance(r, Report) for _, r in came] == [True, False]
    assert came[1][0] - came[0][0] > 0.3


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (answer(b"", status="500 Oh"), "unreadable"),
        (answer(b"", status="404 Not Found"), "missing"),
        (answer(b"", status="403 Forbidden"), "permission"),
        (answer("<html>Welcome</html>", kind="text/html"), "unreadable"),
        (b"", "unreadable"),
        (answer(b"x" * 300_000), "too-large"),
        (moved("http://10.0.0.1/feed"), "permission"),
    ],
)
def test_feeds_in_trouble_are_left_alone_longer_and_longer(
    raw: bytes, kind: str, server: Server, watch: Callable[..., FeedWatch], clock: list[float]
) -> None:
    server.pages["/feed"] = raw
    for wait in (1800, 3600, 7200):
        assert told(watch("/feed")) == [kind]
        clock[0] += wait - 1
        assert told(watch("/feed")) == []
        clock[0] += 2
    server.pages["/feed"] = answer(feed("one"))
    assert told(watch("/feed")) == ["Number one"]
    assert told(watch("/feed")) == []


def test_how_long_is_waited() -> None:
    assert [wait_after(n, 900.0) for n in (0, 1, 2, 30)] == [900.0, 1800.0, 3600.0, 86_400.0]
    assert wait_after(1, 900.0, 5000.0) == 5000.0
    assert wait_after(1, 900.0, 1e9) == 86_400.0
    assert wait_after(3, 200_000.0) == 200_000.0
    cases = {"120": 120.0, " 7 ": 7.0, "Sun, 28 May 2023 10:05:00 GMT": 300.0, "Sun, 28 May 2023 09:00:00 GMT": 0.0, "soon": None, "": None,
             "-5": None, "9" * 50: 1e9, "٣": None, None: None}  # fmt: skip
    for value, seconds in cases.items():
        assert retry_after(value, DAY) == seconds


def test_retry_after_is_waited_for(server: Server, watch: Callable[..., FeedWatch], clock: list[float]) -> None:
    server.pages["/feed"] = answer(b"", "Retry-After: 7000", status="429 Too Many")
    told(watch("/feed"))
    clock[0] += 6990
    assert told(watch("/feed")) == []
    clock[0] += 20
    assert told(watch("/feed")) == ["unreadable"]


def test_a_clock_that_was_set_back_does_not_stop_a_feed(
    server: Server, watch: Callable[..., FeedWatch], clock: list[float]
) -> None:
    server.pages["/feed"] = answer(b"", status="500 Oh")
    told(watch("/feed"))
    server.pages["/feed"] = answer(feed("one"))
    clock[0] -= 3 * 86_400
    assert told(watch("/feed")) == ["Number one"]


def test_a_feed_that_is_gone_is_not_asked_again(
    server: Server, watch: Callable[..., FeedWatch], clock: list[float]
) -> None:
    server.pages["/feed"] = answer(b"", status="410 Gone")
    assert told(watch("/feed")) == ["missing"]
    clock[0] += 10 * 86_400
    assert told(watch("/feed")) == []


# Articles


def test_articles_are_fetched_once_and_only_when_asked(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages |= {"/feed": answer(feed("/a", "/b?utm_source=rss")), "/a": page("A"), "/b?utm_source=rss": page("B")}
    found = list(watch("/feed", fetch=True).round())
    assert sorted(f.source for f in found) == [server.url("/a"), server.url("/b?utm_source=rss")]
    assert {f.title for f in found if isinstance(f, Report)} == {"Article A", "Article B"}
    assert {f.publisher for f in found if isinstance(f, Report)} == {"The Post"} or all(
        isinstance(f, Report) for f in found
    )
    told(watch("/feed", fetch=True))
    server.asked.clear()
    server.pages["/feed"] = answer(feed("/a", "/b?utm_source=mail"))
    assert told(watch("/feed", fetch=True)) == []
    assert server.paths == ["/feed"]


@pytest.mark.parametrize(
    "link",
    ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/", "http://[::1]/", "http://localhost/", "http://10.1.2.3/", "http://[::ffff:10.0.0.1]/"],
)  # fmt: skip
def test_articles_at_closed_addresses_are_not_fetched(
    link: str, server: Server, watch: Callable[..., FeedWatch]
) -> None:
    server.pages["/feed"] = answer(feed("/a").replace("/a</link>", f"{link}</link>"))
    found = list(watch("/feed", fetch=True).round())
    assert [f.kind if isinstance(f, Failure) else f.source for f in found] == [
        "permission",
        f"{server.url('/feed')}#{link}",
    ]
    assert server.paths == ["/feed"]


def test_an_article_that_leads_to_a_closed_address(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages |= {
        "/feed": answer(feed("/a")),
        "/a": moved(f"http://localhost:{server.port}/secret"),
        "/secret": page("S"),
    }
    assert told(watch("/feed", fetch=True, resolve=lambda h, _: [h if h == "127.0.0.1" else "10.0.0.1"])) == [
        "Number /a",
        "permission",
    ]
    assert "/secret" not in server.paths


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        (answer(b"", status="404 Not Found"), ["Number /a", "missing"]),
        (answer(b"%PDF", kind="application/pdf"), ["Number /a", "binary"]),
        (answer("<html><p>Please subscribe.</p></html>", kind="text/html"), ["Number /a", "no-article"]),
        (answer(b"x" * 300_000, kind="text/html"), ["Number /a", "too-large"]),
    ],
)
def test_an_article_that_cannot_be_had_leaves_the_feeds_own_text(
    raw: bytes, kinds: list[str], server: Server, watch: Callable[..., FeedWatch]
) -> None:
    server.pages |= {"/feed": conditional(feed("/a")), "/a": raw}
    assert told(watch("/feed", fetch=True)) == kinds
    assert told(watch("/feed", fetch=True)) == []


def test_an_article_in_trouble_is_tried_again_in_later_rounds(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages |= {"/feed": conditional(feed("/a")), "/a": answer(b"", status="500 Oh")}
    assert told(watch("/feed", fetch=True)) == ["unreadable"]
    assert told(watch("/feed", fetch=True)) == ["unreadable"]
    assert told(watch("/feed", fetch=True)) == ["Number /a", "unreadable"]
    assert told(watch("/feed", fetch=True)) == []
    server.pages |= {"/feed": conditional(feed("/b"), '"2"'), "/b": answer(b"", status="503 Busy")}
    told(watch("/feed", fetch=True))
    server.pages["/b"] = page("B")
    assert told(watch("/feed", fetch=True)) == ["Article B"]


def test_a_round_that_is_ended_early_loses_nothing(server: Server, watch: Callable[..., FeedWatch]) -> None:
    server.pages |= {f"/feed{n}": conditional(feed("/a", "/b")) for n in (True, False)}
    server.pages |= {"/a": page("A"), "/b": page("B")}
    for fetch, names in ((True, {"Article A", "Article B"}), (False, {"Number /a", "Number /b"})):
        stop = threading.Event()
        first = watch(f"/feed{fetch}", fetch=fetch, stop=stop)
        items = first.round()
        one = next(items)
        stop.set()
        items.close()  # type: ignore[attr-defined]
        first.keep()
        assert isinstance(one, Report)
        assert {one.title, *told(watch(f"/feed{fetch}", fetch=fetch))} == names


def test_a_hanging_server_does_not_keep_the_program_from_ending(
    server: Server, watch: Callable[..., FeedWatch]
) -> None:
    server.pages["/feed"] = endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x", server.over, 0.1)
    stop = threading.Event()
    threading.Timer(0.4, stop.set).start()
    began = time.monotonic()
    assert told(watch("/feed", seconds=30.0, stop=stop)) == []
    assert time.monotonic() - began < 10


def test_a_feed_that_hangs_the_parser_costs_seconds() -> None:
    parser = Parser(seconds=1.5)
    try:
        attributes = b" ".join(b'a%d="x"' % n for n in range(100_000))
        with pytest.raises(InputError, match="longer than"):
            parser.stories(b"<rss " + attributes + b"></rss>", "u", {})
        assert len(parser.stories(feed("one").encode(), "u", {})) == 1
    finally:
        parser.close()


def test_a_parser_that_is_killed_is_replaced() -> None:
    """kill -9, as the system does where memory ends: of a feed or two at most nothing is had in that round."""
    others = {c.pid for c in multiprocessing.active_children()}  # of tests before
    parser = Parser()
    try:
        for _ in range(2):
            assert len(parser.stories(feed("one").encode(), "u", {})) == 1
            (child,) = [c for c in multiprocessing.active_children() if c.pid not in others]
            os.kill(child.pid or 0, signal.SIGKILL)
            child.join()
    finally:
        parser.close()
