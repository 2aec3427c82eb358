"""Whole reports of our own against their gold (tests/cases/reports/README.md): floors for each half, and sound gold."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from dragoman import Reader
from own_comparison import REPORTS, compare, golds, report_of, shares

# What the program of 2026-11-22 reached, less 0.03 or so; raise them when it reaches more.
FLOORS = {
    "seen": {
        "event recall": 0.76,
        "event precision": 0.91,
        "quote recall": 0.96,
        "speaker accuracy": 0.94,
        "furniture recall": 0.93,
        "furniture precision": 0.94,
        "day within the window": 1.0,
    },
    "kept": {
        "event recall": 0.53,
        "event precision": 0.86,
        "quote recall": 0.97,
        "speaker accuracy": 0.62,
        "furniture recall": 0.64,
        "furniture precision": 0.9,
        "day within the window": 1.0,
    },
}


@pytest.mark.parametrize("half", sorted(FLOORS))
def test_a_half_stays_above_its_floors(half: str, nlp_reader: Reader) -> None:
    total: Counter[str] = Counter()
    for gold in golds():
        if gold["half"] == half:
            total += compare(gold, nlp_reader.read(report_of(gold)))
    figures = shares(total)
    low = {name: (round(figures[name], 3), floor) for name, floor in FLOORS[half].items() if figures[name] < floor}
    assert not low, f"{half}: below the floor (figure, floor): {low}"


@pytest.mark.parametrize("gold", golds(), ids=lambda gold: gold["file"])
def test_gold_stands_in_its_text(gold: dict) -> None:  # type: ignore[type-arg]
    text = report_of(gold).text
    for event in gold["events"]:
        for words in (event["evidence"], *event.get("also_evidence", ())):
            assert text.count(words) == 1, words
    for quote in gold["quotes"]:
        assert text[slice(*quote["span"])] == quote["content"]
    assert [text[slice(*span)] for span in gold["furniture_spans"]] == gold["furniture"]
    assert all(text.count(flag["text"]) == 1 for flag in gold["flags"])
    assert dt.date(1995, 1, 1) <= dt.date.fromisoformat(gold["dated"]) <= dt.date(2026, 12, 31)
    assert 120 <= len(text.split()) <= 450


def test_every_report_has_its_gold() -> None:
    assert sorted(p.name for p in REPORTS.glob("*.txt")) == [gold["file"] for gold in golds()]
