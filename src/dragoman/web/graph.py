"""Who deals with whom, as a drawing: codes on a circle, lines between them. The template draws it, without a script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.record.network import Edge, Network, Node

# Of the drawing, in its own units (about pixels).
RADIUS = 270.0
LABEL = 10  # characters of a label, at most
LETTER = 9.5  # units that a capital takes
LEAST_DOT, MOST_DOT = 5.0, 15.0
LEAST_LINE, MOST_LINE = 1.2, 6.5
SHORT = 14  # units from the end of a line to its dot: room for the arrowhead
# More than these stand too close at the top and bottom of the circle for level labels.
LEVEL = 18
# Of every code its strongest lines are drawn, and the strongest of all up to so many: beyond, lines hide lines (looked
# at with 30 codes).
OWN, LINES = 2, 70
# Passes over all pairs of codes in search of a better order; on 40 codes none changed anything after the fourth.
PASSES = 6


@dataclass(frozen=True, slots=True)
class Dot:
    """One code. x, y, r: where it stands; turn: degrees by which its label is turned; anchor: the end that is fast."""

    code: str
    done: int
    received: int
    x: float
    y: float
    r: float
    label_x: float
    label_y: float
    turn: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """One directed pair. path: of SVG; tone: see :func:`tone_of`."""

    edge: Edge
    path: str
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it. lines: the strongest last, so that they lie on top; of: how many pairs there are between the dots."""

    size: float
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    of: int


def tone_of(edge: Edge) -> str:
    """What an edge is mostly: c, cooperation; x, conflict; n, as much of both."""
    good = edge.verbal_cooperation + edge.material_cooperation
    return "c" if good * 2 > edge.events else "x" if good * 2 < edge.events else "n"


def drawing(found: Network, top: int) -> Drawing:
    """The codes with the most events, those who deal most with each other side by side."""
    nodes = {n.code: n for n in found.nodes[:top]}
    between = [e for e in found.edges if e.source in nodes and e.target in nodes]
    between.sort(key=lambda e: (-e.events, e.source, e.target))
    order = ordered(tuple(nodes), between)
    most = max((n.done + n.received for n in nodes.values()), default=1)
    longest = max((min(len(code), LABEL) for code in nodes), default=0)
    middle = RADIUS + MOST_DOT + 8 + LETTER * longest
    dots = []
    for n, code in enumerate(order):
        angle = 2 * math.pi * n / len(order) - math.pi / 2
        share = (nodes[code].done + nodes[code].received) / most
        r = LEAST_DOT + (MOST_DOT - LEAST_DOT) * math.sqrt(share)
        dots.append(_dot(nodes[code], middle, angle, r, level=len(order) <= LEVEL))
    at = {d.code: d for d in dots}
    shown = strongest(between)
    thickest = max((e.events for e in shown), default=1)
    lines = (
        Line(e, _path(at[e.source], at[e.target], middle),
             round(LEAST_LINE + (MOST_LINE - LEAST_LINE) * math.sqrt(e.events / thickest), 2), tone_of(e))
        for e in reversed(shown)
    )  # fmt: skip
    return Drawing(round(2 * middle, 1), tuple(dots), tuple(lines), len(between))


def strongest(between: Sequence[Edge]) -> list[Edge]:
    """The edges that are drawn, the strongest first. between: likewise."""
    own: dict[str, int] = {}
    kept = []
    for n, edge in enumerate(between):
        few = min(own.get(edge.source, 0), own.get(edge.target, 0)) < OWN
        if n < LINES or few:
            kept.append(edge)
            for code in (edge.source, edge.target):
                own[code] = own.get(code, 0) + 1
    return kept


def ordered(codes: Sequence[str], between: Sequence[Edge]) -> list[str]:
    """The codes as they stand on the circle, such that many events go a short way.

    Each next one is whoever deals most with the one before; then any two change places while that shortens the ways.
    The same codes and edges give the same order.
    """
    ties: dict[tuple[str, str], float] = {}
    for e in between:
        # The square root, as lines are drawn: one great pair does not settle the places of all others.
        for pair in ((e.source, e.target), (e.target, e.source)):
            ties[pair] = ties.get(pair, 0.0) + math.sqrt(e.events)
    order, left = list(codes[:1]), list(codes[1:])
    while left:
        following = max(left, key=lambda c: ties.get((order[-1], c), 0.0))
        left.remove(following)
        order.append(following)
    near = [[(codes.index(b), w) for b in codes if (w := ties.get((a, b)))] for a in codes]
    return _shortened(order, codes, near)


def _shortened(order: list[str], codes: Sequence[str], near: Sequence[Sequence[tuple[int, float]]]) -> list[str]:
    count = len(order)
    place = [order.index(c) for c in codes]  # number of the code -> its place
    who = [codes.index(c) for c in order]  # place -> number of the code

    def way(number: int, at: int, other: int) -> float:
        """How far the events of one code go from ``at``, those with ``other`` left out: they stay as long."""
        return sum(w * min(d := abs(at - place[b]), count - d) for b, w in near[number] if b != other)

    for _ in range(PASSES):
        changed = False
        for i in range(count):
            for j in range(i + 1, count):
                a, b = who[i], who[j]
                if way(a, j, b) + way(b, i, a) < way(a, i, b) + way(b, j, a) - 1e-9:
                    who[i], who[j], place[a], place[b] = b, a, j, i
                    changed = True
        if not changed:
            break
    return [codes[n] for n in who]


def _dot(node: Node, middle: float, angle: float, r: float, *, level: bool) -> Dot:
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = middle + RADIUS * cos, middle + RADIUS * sin
    # Labels begin beyond the largest dot, so that they stand on one circle.
    out = RADIUS + MOST_DOT + 6
    right = cos > 1e-6 or not level
    if level:
        anchor = "middle" if abs(cos) < 0.2 else "start" if right else "end"
        turn = 0.0
    else:
        degrees = math.degrees(angle)
        flipped = cos < -1e-6
        anchor, turn = ("end", degrees - 180) if flipped else ("start", degrees)
    return Dot(
        node.code, node.done, node.received, round(x, 1), round(y, 1), round(r, 1), round(middle + out * cos, 1),
        round(middle + out * sin + (4 if level else 0), 1), round(turn, 1), anchor,
    )  # fmt: skip


def _path(one: Dot, other: Dot, middle: float) -> str:
    """A curve that bends towards the middle and to the right of its way, so that a pair's two lines lie apart."""
    dx, dy = other.x - one.x, other.y - one.y
    far = math.hypot(dx, dy)
    # Neighbours are hardly bent at all, or their line would leave the sight of both.
    pull = 0.35 * min(1.0, far / RADIUS)
    aside = 0.06 * far + 6
    bend_x = (one.x + other.x) / 2 * (1 - pull) + middle * pull - dy / far * aside
    bend_y = (one.y + other.y) / 2 * (1 - pull) + middle * pull + dx / far * aside
    start_x, start_y = _towards(one, bend_x, bend_y, one.r + 1)
    end_x, end_y = _towards(other, bend_x, bend_y, other.r + SHORT)
    return f"M{start_x} {start_y}Q{round(bend_x, 1)} {round(bend_y, 1)} {end_x} {end_y}"


def _towards(dot: Dot, x: float, y: float, by: float) -> tuple[float, float]:
    far = math.hypot(x - dot.x, y - dot.y) or 1.0
    return round(dot.x + (x - dot.x) / far * by, 1), round(dot.y + (y - dot.y) / far * by, 1)
