"""Every pattern and embedding by its own examples, both ways; and each example dies with its entry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman import Reader, Report
from dragoman import knowledge as knowledge_files
from dragoman.knowledge.events import Embedding, Example, Pattern
from dragoman.model import Event, Reading

KNOWN = knowledge_files.load()
ENTRIES: list[Pattern | Embedding] = [*KNOWN.events.patterns, *KNOWN.events.embeddings]
EXAMPLES = [pytest.param(e.row, x, id=f"{e.row}/{n}") for e in ENTRIES for n, x in enumerate(e.examples)]
COUNTERS = [pytest.param(e.row, t, id=f"{e.row}/{n}") for e in ENTRIES for n, t in enumerate(e.counter)]


def tells(reading: Reading, row: str, example: Example) -> list[Event]:
    """Events of the reading that are the example's and whose trail names the entry."""
    out = []
    for event in reading.events:
        sides = [{reading.cast[p.actor].code for p in side if p.actor} for side in (event.source, event.target)]
        want = [set(example.source), set(example.target)]
        mutual = any("mutual" in r.saw for r in event.trail)
        right = sides == want or (mutual and sides == want[::-1])
        named = any(r.rule == row for r in event.trail)
        if right and named and (event.type, event.status) == (example.type, example.status):
            out.append(event)
    return out


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_example(pattern_reader: Reader, row: str, example: Example) -> None:
    reading = pattern_reader.read(Report(text=example.text, source="example"))
    assert tells(reading, row, example), [(e.type, e.status, [r.rule for r in e.trail]) for e in reading.events]


@pytest.mark.parametrize(("row", "text"), COUNTERS)
def test_counter_example(pattern_reader: Reader, row: str, text: str) -> None:
    reading = pattern_reader.read(Report(text=text, source="counter-example"))
    assert not [e for e in reading.events if any(r.rule == row for r in e.trail)]


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_the_example_needs_its_entry(pattern_reader: Reader, row: str, example: Example) -> None:
    """The trail tells the truth: without the entry no event names it, and the others stand as they were."""
    known = pattern_reader.knowledge
    without = replace(known, events=known.events.without(row))
    report = Report(text=example.text, source="example")
    segments = pattern_reader.segment(report, known)
    dated = pattern_reader.date(report, segments, known)
    parsed = pattern_reader.parse(report, segments)
    cast = pattern_reader.find_actors(parsed, dated, known)
    phrases = pattern_reader.find_phrases(parsed, dated, known)
    quotes = pattern_reader.find_quotes(parsed, cast, dated, known, phrases)
    events = pattern_reader.find_events(parsed, cast, quotes, dated, without, phrases)
    assert not [e for e in events if any(r.rule == row for r in e.trail)]


def test_all_types_have_patterns() -> None:
    assert {p.type for p in KNOWN.events.patterns} == set(KNOWN.ontology.types)


def test_every_pattern_has_an_example_and_a_counter_example() -> None:
    assert not [p.row for p in KNOWN.events.patterns if not p.examples or not p.counter]


def test_cameo_codes_are_of_the_pattern_s_type() -> None:
    """163 is COERCE in PLOVER's table, yet international sanctions are SANCTION in its text; 055 is an apology."""
    odd = {("SANCTION", "163"), ("SANCTION", "116"), ("CONCEDE", "055")}
    wrong = [
        (p.row, p.cameo)
        for p in KNOWN.events.patterns
        if KNOWN.ontology.cameo[p.cameo].type != p.type and (p.type, p.cameo) not in odd
    ]
    assert not wrong


@pytest.mark.parametrize("occasion", KNOWN.events.occasions, ids=lambda o: o.name)
def test_occasion_cues(occasion: knowledge_files.events.Occasion) -> None:  # type: ignore[name-defined]
    assert all(any(c in t.lower() for c in occasion.cues) for t in occasion.examples)
    assert not any(any(c in t.lower() for c in occasion.cues) for t in occasion.counter)
