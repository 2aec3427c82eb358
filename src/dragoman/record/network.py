"""Who deals with whom: codes, and what goes from each to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from dragoman.errors import UsageError
from dragoman.model import STATUSES
from dragoman.record.dyad import QUADS, goldstein
from dragoman.record.rows import Row

QUAD_WORDS = (*QUADS, "cooperation", "conflict", "verbal", "material")

# What GraphML says of nodes and edges: name, type, whose.
KEYS = (
    ("done", "int", "node"), ("received", "int", "node"), ("events", "int", "edge"),
    *((quad.replace(" ", "_"), "int", "edge") for quad in QUADS),
    ("goldstein_sum", "double", "edge"), ("goldstein_mean", "double", "edge"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One code: events that it did to others of the network, and that others did to it."""

    code: str
    done: int
    received: int


@dataclass(frozen=True, slots=True)
class Edge:
    """All events from one code to another."""

    source: str
    target: str
    events: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    goldstein_sum: float | None
    goldstein_mean: float | None


@dataclass(frozen=True, slots=True)
class Network:
    """Codes, those with the most events first, and the edges between them by source and target."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def graphml(self) -> str:
        """The network in GraphML, as Gephi, igraph and NetworkX open it."""
        out = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
            *(f'  <key id="{n}" for="{of}" attr.name="{n}" attr.type="{kind}"/>' for n, kind, of in KEYS),
            '  <graph edgedefault="directed">',
        ]
        for node in self.nodes:
            out.append(f"    <node id={quoteattr(node.code)}>{_data(node, 'node')}</node>")
        for edge in self.edges:
            ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
            out.append(f"    <edge {ends}>{_data(edge, 'edge')}</edge>")
        return "\n".join([*out, "  </graph>", "</graphml>", ""])


def _data(thing: Node | Edge, of: str) -> str:
    values = [(name, getattr(thing, name)) for name, _, whose in KEYS if whose == of]
    return "".join(f'<data key="{name}">{escape(str(value))}</data>' for name, value in values if value is not None)


def network(
    ask: Callable[..., list[Row]],
    *,
    since: dt.date | None,
    until: dt.date | None,
    type: str | None,
    quad: str | None,
    status: str,
) -> Network:
    """See :meth:`dragoman.Record.network`."""
    if quad is not None and quad.lower() not in QUAD_WORDS:
        raise UsageError(f"{quad!r} is no quad class; it is one of {', '.join(QUAD_WORDS)}")
    if status not in STATUSES:
        raise UsageError(f"{status!r} is no status; it is one of {', '.join(STATUSES)}")
    edges = tuple(_edge(r) for r in ask("network", since=since, until=until, type=type, quad=quad, status=status))
    done: dict[str, int] = {}
    received: dict[str, int] = {}
    for e in edges:
        done[e.source] = done.get(e.source, 0) + e.events
        received[e.target] = received.get(e.target, 0) + e.events
    nodes = [Node(code, done.get(code, 0), received.get(code, 0)) for code in {*done, *received}]
    return Network(tuple(sorted(nodes, key=lambda n: (-n.done - n.received, n.code))), edges)


def _edge(row: dict[str, Any]) -> Edge:
    return Edge(
        row["source"], row["target"], row["events"],
        row["verbal_cooperation"], row["material_cooperation"], row["verbal_conflict"], row["material_conflict"],
        *goldstein(row["valued"], row["goldstein"] or Decimal()),
    )  # fmt: skip
