"""Events over whole sentences: made-up cases, minimal pairs, sentences without any event, known failures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from dragoman import Reader, Report
from dragoman.model import Reading

CASES = Path(__file__).parent.parent / "cases" / "events"
Row = tuple[str, frozenset[str], frozenset[str], str]


def pile(name: str) -> list[tuple[str, str]]:
    return [tuple(c) for c in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))]


def wanted(line: str) -> list[Row]:
    """ "AID TUR>UKR+MDA planned; ..." as rows."""
    out = []
    for piece in filter(None, (p.strip() for p in line.split(";"))):
        event_type, sides, *status = piece.split()
        source, target = (frozenset(s.split("+")) for s in sides.split(">"))
        out.append((event_type, source, target, status[0] if status else "asserted"))
    return out


def found(reading: Reading) -> list[tuple[Row, bool]]:
    """The reading's events as rows, each with whether it is mutual."""
    out = []
    for e in reading.events:
        source, target = (
            frozenset(str(reading.cast[p.actor].code) for p in s if p.actor) for s in (e.source, e.target)
        )
        out.append(((e.type, source, target, e.status), any("mutual" in r.saw for r in e.trail)))
    return out


def same(row: Row, other: Row, mutual: bool) -> bool:
    return row == other or (mutual and row == (other[0], other[2], other[1], other[3]))


def check(reader: Reader, text: str, line: str) -> None:
    rows, got = wanted(line), found(reader.read(Report(text=text, source="case")))
    assert not [r for r in rows if not any(same(r, g, m) for g, m in got)], f"missing; got {got}"
    assert not [g for g, m in got if not any(same(r, g, m) for r in rows)], "too many"


@pytest.mark.parametrize(("text", "line"), pile("made-up"))
def test_made_up(nlp_reader: Reader, text: str, line: str) -> None:
    check(nlp_reader, text, line)


@pytest.mark.parametrize(("text", "line"), pile("pairs"))
def test_minimal_pairs(nlp_reader: Reader, text: str, line: str) -> None:
    check(nlp_reader, text, line)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "line"), pile("known-failures"))
def test_known_failures(nlp_reader: Reader, text: str, line: str) -> None:
    check(nlp_reader, text, line)


@pytest.mark.parametrize("text", yaml.safe_load((CASES / "negative.yaml").read_text(encoding="utf-8")))
def test_no_event(nlp_reader: Reader, text: str) -> None:
    assert not nlp_reader.read(Report(text=text, source="case")).events


ROUND = """Peru's President Sends New Year's Greetings

Peruvian President Dina Boluarte sent New Year's greetings to leaders, including French President Emmanuel Macron.

In a message to Indian Prime Minister Narendra Modi, Boluarte praised trade between the two countries.
"""


def test_a_round_of_messages_keeps_its_occasion(nlp_reader: Reader) -> None:
    reading = nlp_reader.read(Report(text=ROUND, source="case", published=dt.date(2023, 12, 29), published_from="case"))
    messages = [e for e in reading.events if e.occasion == "new-year"]
    targets = {reading.cast[p.actor].code for e in messages for p in e.target if p.actor}
    assert {"FRA", "IND"} <= targets
    assert all(len(e.target) == 1 and e.type == "SUPPORT" for e in messages)


TWICE = """Turkey Delivers Drones to Ukraine

Turkey has delivered drones to Ukraine. Turkey delivered the drones to Ukraine by sea.
"""


def test_one_deed_told_again_is_one_event(nlp_reader: Reader) -> None:
    events = nlp_reader.read(Report(text=TWICE, source="case")).events
    assert [e.type for e in events] == ["AID"]
    assert events[0].also
    assert events[0].evidence.of(TWICE) == "Turkey has delivered drones to Ukraine"


def test_what_a_speaker_vouches_for_names_the_quotation(nlp_reader: Reader) -> None:
    text = '"Russia attacked Moldova on Monday," Ukrainian President Volodymyr Zelensky said.'
    reading = nlp_reader.read(Report(text=text, source="case"))
    assert [e.said_in for e in reading.events if e.type == "ASSAULT"] == [reading.quotes[0].id]


def test_ids_follow_the_text(nlp_reader: Reader) -> None:
    text = "Israel bombed a depot in Syria. Canada imposed sanctions on Cuba."
    reading = nlp_reader.read(Report(text=text, source="case"))
    assert [e.id for e in reading.events] == [f"{reading.report.id}-e1", f"{reading.report.id}-e2"]
    assert [e.trigger.start for e in reading.events] == sorted(e.trigger.start for e in reading.events)


def test_evidence_covers_source_trigger_and_target(nlp_reader: Reader) -> None:
    for text, _ in pile("made-up")[:60]:
        for e in nlp_reader.read(Report(text=text, source="case")).events:
            assert e.evidence.contains(e.trigger)
            assert all(e.evidence.contains(p.span) for p in (*e.source, *e.target))
            assert e.quad == nlp_reader.knowledge.ontology.types[e.type].quad
