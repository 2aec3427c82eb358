"""A text is cut into pieces wherever a mark begins or ends, and the pieces joined are the text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dragoman.record.who import Side
from dragoman.web.dyads import Counts, chart
from dragoman.web.marks import blocks

TEXT = "Tyria’s envoy\u202e met\n\nNorland 😀 today. Sign up!"
WHY = {"rule": "code:x", "saw": "y"}


def spans() -> st.SearchStrategy[dict[str, int]]:
    ends = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2, unique=True)
    return ends.map(lambda pair: {"start": min(pair), "end": max(pair)})


def event(n: int, evidence: dict[str, int], trigger: dict[str, int]) -> dict[str, Any]:
    return {
        "id": f"r-e{n}", "type": "AID", "mode": None, "quad": "verbal conflict", "status": "asserted",
        "source": [], "target": [], "evidence": evidence, "also": [], "trigger": trigger,
    }  # fmt: skip


@given(st.lists(st.tuples(spans(), spans()), max_size=4), st.lists(spans(), max_size=4), spans())
def test_pieces_are_the_text(events: list[Any], mentions: list[Any], at: dict[str, int]) -> None:
    cut = TEXT.index("Sign")
    obj = {
        "segments": [{"start": 0, "end": 17, "kind": "body", "because": WHY},
                     {"start": cut, "end": len(TEXT), "kind": "furniture", "because": WHY}],
        "actors": [{"id": "a1", "name": "T", "code": None, "role": None, "former": False,
                    "mentions": [m | {"how": "name"} for m in mentions]}],
        "events": [event(n, *pair) for n, pair in enumerate(events, 1)], "quotes": [], "flags": [],
    }  # fmt: skip
    pieces = [p for b in blocks(obj, TEXT, at=(at["start"], at["end"])) for p in b.pieces]
    assert "".join(p.text for p in pieces) == TEXT
    assert all(a.end == b.start for a, b in pairwise(pieces))
    for n, pair in enumerate(events, 1):
        marked = {i for p in pieces if f"e{n}" in p.rows for i in range(p.start, p.end)}
        assert marked == {i for span in pair for i in range(span["start"], span["end"])}
    assert [p.anchor for p in pieces if p.anchor] == ["here"]
    assert [p.hidden for p in pieces if p.hidden] == ["U+202E"]


def test_bars_and_gaps_of_a_chart() -> None:
    """Deeds stand nearest to the line; the scale is that of the highest stack of both ways."""
    rows = (
        {"month": "2022-01", "quad": "verbal cooperation", "a_to_b": 1, "b_to_a": 0},
        {"month": "2022-01", "quad": "material cooperation", "a_to_b": 3, "b_to_a": 0},
        {"month": "2022-03", "quad": "material conflict", "a_to_b": 0, "b_to_a": 2},
    )  # fmt: skip
    months = ("2022-01", "2022-02", "2022-03")
    found = Counts(Side("a", ("A",)), Side("b", ("B",)), months, {"2022-01": 5, "2022-03": 1}, rows, {}, {})
    there, back = chart(found, "a_to_b"), chart(found, "b_to_a")
    deeds, words = there.bars
    assert (deeds.quad, deeds.height, deeds.y + deeds.height) == ("material cooperation", 75.0, there.zero)
    assert (words.quad, words.height, words.y + words.height) == ("verbal cooperation", 25.0, deeds.y)
    (down,) = back.bars
    assert (down.height, down.y) == (50.0, back.zero)
    assert [(g.first, g.last) for g in there.gaps] == [("2022-02", "2022-02")]
