"""Many reports at once are read as each is read alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import Reader, Report
from dragoman.contract import line, reading_object
from dragoman.intake import inputs
from dragoman.model import Segment

EXAMPLES = Path(__file__).parent.parent / "examples"
ODD = ("", " ", "No full stop", "“Never,” he said.\n\n\n", "A\n" * 30, "\x00\ud800 Peru thanked Chile.")


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """The examples, and what is odd."""
    found = [r for r in inputs([str(EXAMPLES)]) if isinstance(r, Report)]
    return found + [Report(text, f"odd-{n}", published=dt.date(2023, 5, 28)) for n, text in enumerate(ODD)]


@pytest.fixture(scope="module")
def alone(nlp_reader: Reader, reports: list[Report]) -> list[str]:
    return [said(nlp_reader.read(r)) for r in reports]


def said(reading: Any) -> str:
    """All of a reading, as it is printed."""
    return line(reading_object(reading))


def test_all_at_once(nlp_reader: Reader, reports: list[Report], alone: list[str]) -> None:
    assert [said(r) for r in nlp_reader.read_many(reports)] == alone


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_whatever_stands_beside_a_report(
    nlp_reader: Reader, reports: list[Report], alone: list[str], data: st.DataObject
) -> None:
    some = data.draw(st.lists(st.integers(0, len(reports) - 1), max_size=9))
    ahead = data.draw(st.integers(1, 5))
    assert [said(r) for r in nlp_reader.read_many((reports[n] for n in some), ahead)] == [alone[n] for n in some]


def test_no_more_is_taken_than_is_read_ahead(nlp_reader: Reader, reports: list[Report]) -> None:
    taken = []

    def stream() -> Any:
        for report in reports:
            taken.append(report)
            yield report

    next(nlp_reader.read_many(stream(), ahead=3))
    assert len(taken) == 3


@pytest.mark.parametrize("stage", ["segment", "date", "parse", "find_quotes"])
def test_an_error_comes_in_its_report_s_place(nlp_reader: Reader, reports: list[Report], stage: str) -> None:
    """Those before it are handed out, in whichever stage it is."""
    bad = replace(reports[2], source="bad")
    reader = Reader(knowledge=nlp_reader.knowledge, parse=nlp_reader.parse, find_events=nlp_reader.find_events)
    real = getattr(reader, stage)

    class Broken:
        def __call__(self, *args: Any) -> Any:
            if getattr(args[0], "text", "") == bad.text:
                raise RuntimeError("broken")
            return real(*args)

        def many(self, cuts: Sequence[tuple[Report, Sequence[Segment]]]) -> Any:
            return [self(*cut) for cut in cuts]

    setattr(reader, stage, Broken())
    got: list[str] = []

    def follow() -> None:
        for reading in reader.read_many([reports[0], reports[1], bad, reports[3]]):
            got.append(reading.report.source)

    with pytest.raises(RuntimeError, match="broken"):
        follow()
    assert got == [reports[0].source, reports[1].source]


def test_a_parse_stage_of_one_s_own(nlp_reader: Reader, reports: list[Report], alone: list[str]) -> None:
    own = Reader(
        knowledge=nlp_reader.knowledge, parse=lambda r, s: nlp_reader.parse(r, s), find_events=nlp_reader.find_events
    )
    assert [said(r) for r in own.read_many(reports[:2])] == alone[:2]
