"""The drawing of who deals with whom: everybody stands somewhere, nothing lies outside, every line opens its events."""

from __future__ import annotations

import math
import re
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dragoman.record.network import Edge, Network, Node
from dragoman.web.graph import LINES, OWN, drawing, strongest, tone_of


def network(ties: dict[tuple[str, str], int]) -> Network:
    """Pairs with their numbers of events, all of them words of cooperation."""
    edges = tuple(Edge(a, b, n, n, 0, 0, 0, float(n), 1.0) for (a, b), n in sorted(ties.items()))
    done = {c: sum(e.events for e in edges if e.source == c) for pair in ties for c in pair}
    received = {c: sum(e.events for e in edges if e.target == c) for c in done}
    nodes = [Node(c, done[c], received[c]) for c in done]
    return Network(tuple(sorted(nodes, key=lambda n: (-n.done - n.received, n.code))), edges)


CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", min_size=3, max_size=10)
TIES = st.dictionaries(st.tuples(CODES, CODES).filter(lambda p: p[0] != p[1]), st.integers(1, 10**6), max_size=90)


@given(ties=TIES, top=st.integers(1, 60))
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_any_network(ties: dict[tuple[str, str], int], top: int) -> None:
    found = network(ties)
    made = drawing(found, top)
    assert sorted(d.code for d in made.dots) == sorted(n.code for n in found.nodes[:top])
    assert len({(d.x, d.y) for d in made.dots}) == len(made.dots)
    shown = {d.code for d in made.dots}
    assert made.of == sum(1 for a, b in ties if a in shown and b in shown)
    for line in made.lines:
        assert {line.edge.source, line.edge.target} <= shown
        numbers = [float(x) for x in re.findall(r"-?[\d.]+", line.path)]
        assert all(math.isfinite(x) and 0 <= x <= made.size for x in numbers), line.path
    assert made == drawing(found, top)


def test_nobody_and_one_pair() -> None:
    assert drawing(network({}), 16).dots == ()
    made = drawing(network({("NOR", "DNK"): 3}), 16)
    assert [d.code for d in made.dots] == ["DNK", "NOR"]
    assert made.of == 1


def test_those_who_deal_with_each_other_stand_side_by_side() -> None:
    """Six pairs that nobody else deals with, in whatever order they come."""
    pairs = [("AAA", "LLL"), ("BBB", "KKK"), ("CCC", "JJJ"), ("DDD", "III"), ("EEE", "HHH"), ("FFF", "GGG")]
    made = drawing(network({p: n + 1 for n, p in enumerate(pairs)}), 16)
    order = [d.code for d in made.dots]
    for a, b in pairs:
        assert abs(order.index(a) - order.index(b)) in (1, len(order) - 1), order


def test_everybody_keeps_their_own_lines() -> None:
    """Between 40 codes are 1,560 pairs: the strongest are drawn, and of each code the two strongest."""
    codes = [f"C{n:02}" for n in range(40)]
    found = network({(a, b): (40 - i) * (40 - j) for i, a in enumerate(codes) for j, b in enumerate(codes) if a != b})
    made = drawing(found, 40)
    assert LINES <= len(made.lines) <= LINES + OWN * len(codes)
    assert made.of == 1_560
    drawn = [c for line in made.lines for c in (line.edge.source, line.edge.target)]
    assert min(drawn.count(c) for c in codes) >= OWN
    assert [line.edge for line in reversed(made.lines)] == strongest(sorted(found.edges, key=lambda e: -e.events))


@pytest.mark.parametrize(("good", "bad", "tone"), [(3, 2, "c"), (2, 3, "x"), (2, 2, "n")])
def test_tones(good: int, bad: int, tone: str) -> None:
    assert tone_of(Edge("NOR", "DNK", good + bad, good, 0, 0, bad, None, None)) == tone


def test_lines_and_dots_open_their_events(client: TestClient) -> None:
    page = lxml.html.fromstring(client.get("/network?status=asserted&until=2022-04").text)
    links = page.xpath("//*[local-name()='svg'][@class='network']//*[local-name()='a']")
    lines = [a for a in links if " to " in a.get("aria-label")]
    assert len(lines) >= 2
    assert len(links) > len(lines)
    for link in lines:
        if "%3E" in link.get("href"):
            continue  # the code of the hostile report is no code, and no question takes it for one
        good, bad = map(int, re.search(r": (\d+) cooperation, (\d+) conflict", link.get("aria-label")).groups())
        asked = parse_qs(urlsplit(link.get("href")).query)
        assert asked["until"] == ["2022-04"]
        answer = lxml.html.fromstring(client.get(link.get("href")).text)
        assert len(answer.xpath("//table[@class='rows']/tbody/tr")) == good + bad
    for link in (a for a in links if a not in lines):
        assert client.get(link.get("href")).status_code == 200
