"""The office flag: sentences with right and with planted wrong offices."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Flag, Interval, Reason, Report, Segment, Span
from dragoman.reader import Reader
from dragoman.reading.actors import find_actors
from dragoman.reading.flags import check

CASES = Path(__file__).parent.parent / "cases" / "actors" / "offices.yaml"
# Shares over offices.yaml when the rules were settled (November 2026); they may only rise.
PRECISION, RECALL = 0.97, 0.9


def flags_of(text: str, window: Interval, reader: Reader, knowledge: Knowledge) -> tuple[Flag, ...]:
    """The flags of one line of body."""
    report = Report(text, "case")
    body = Segment(Span(0, len(text)), "body", Reason("code:segment.segment", "a line"))
    parsed = reader.parse(report, (body,))
    dated = Dated(window)
    return check(report, parsed, find_actors(parsed, dated, knowledge), dated, knowledge)


def rates(reader: Reader, knowledge: Knowledge) -> tuple[float, float, list[str]]:
    """Precision, recall and the sentences that went wrong."""
    right = wrong = missed = 0
    faults = []
    for day, text, flagged in yaml.safe_load(CASES.read_text(encoding="utf-8")):
        found = [f.span.of(text) for f in flags_of(text, Interval.day(day), reader, knowledge)]
        right += flagged in found
        wrong += len([f for f in found if f != flagged])
        missed += bool(flagged) and flagged not in found
        if found != ([flagged] if flagged else []):
            faults.append(f"{day} {text}: {found}")
    return right / max(1, right + wrong), right / max(1, right + missed), faults


def test_planted_offices(nlp_reader: Reader, knowledge: Knowledge) -> None:
    precision, recall, faults = rates(nlp_reader, knowledge)
    assert precision >= PRECISION, faults
    assert recall >= RECALL, faults


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("US Vice President Joe Biden arrived in Rome.", Interval(None, None)),
        ("US Vice President Joe Biden arrived in Rome.", Interval(dt.date(2016, 5, 1), dt.date(2021, 12, 30))),
        (
            "US Vice President Joe Biden visited Rome in 2014, when the deal was made.",
            Interval.day(dt.date(2021, 12, 30)),
        ),
        ("Then-US Vice President Joe Biden arrived in Rome.", Interval.day(dt.date(2021, 12, 30))),
    ],
)
def test_no_flag_where_it_may_be_right(text: str, window: Interval, nlp_reader: Reader, knowledge: Knowledge) -> None:
    assert flags_of(text, window, nlp_reader, knowledge) == ()


def test_flag_names_the_row_and_the_day(nlp_reader: Reader, knowledge: Knowledge) -> None:
    text = "US Vice President Joe Biden arrived in Rome."
    (flag,) = flags_of(text, Interval.day(dt.date(2021, 12, 30)), nlp_reader, knowledge)
    found: dict[str, Any] = {"kind": flag.kind, "says": flag.says, "table": flag.table, "words": flag.span.of(text)}
    assert found == {
        "kind": "office",
        "says": "vice president of USA",
        "table": "president of USA from 2021-01-20",
        "words": "US Vice President Joe Biden",
    }
    assert "2021-12-30" in flag.message
    assert flag.trail[0].rule in flag.message


@pytest.mark.parametrize(
    "text",
    [
        "UN High Commissioner for Human Rights Louise Arbour welcomed the verdict in Freetown.",
        "European Commission President Ursula von der Leyen spoke to the president of Latvia.",
    ],
)
def test_the_table_s_own_words_are_no_contradiction(text: str, nlp_reader: Reader) -> None:
    day = dt.date(2006, 3, 1) if "Arbour" in text else dt.date(2022, 4, 26)
    assert nlp_reader.read(Report(text, "made-up.txt", published=day)).flags == ()
