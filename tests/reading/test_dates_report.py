"""The day of a report: given, stated, or bounded by what it tells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Reader
from dragoman.model import Dated, Interval, Reason, Report
from dragoman.reading.dates.bounds import Bound, settle, settle_until
from dragoman.reading.dates.offices import SENTENCE
from dragoman.reading.dates.told import _sentence_around
from dragoman.reading.take_in import as_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases/dates/reports.yaml").read_text(encoding="utf-8"))


def dated(reader: Reader, report: Report) -> Dated:
    return reader.date(report, reader.segment(report, reader.knowledge), reader.knowledge)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_report(case: dict[str, Any], nlp_reader: Reader) -> None:
    found = dated(nlp_reader, Report(case["text"], "test"))
    assert found.basis
    if "window" in case:
        assert str(found.window) == case["window"]
    else:
        assert found.window.contains(case["holds"])
        assert found.window.meet(Interval.parse(case["within"])) == found.window


def test_the_given_day_wins(nlp_reader: Reader) -> None:
    report = Report(
        "Published: July 24, 2012\n\nIt rained.", "test", published=dt.date(2020, 1, 2), published_from="--published"
    )
    found = dated(nlp_reader, report)
    assert found.day == dt.date(2020, 1, 2)
    assert found.basis[0].rule == "code:dates.report.given"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/2019/11/20/talks.html", "2019-11-20"),
        ("https://news.example/world/2019/nov/20/talks", "2019-11-20"),
        ("https://news.example/2019/13/40/talks.html", "../.."),
        ("https://news.example/talks", "../.."),
    ],
)
def test_a_day_in_the_address(url: str, day: str, nlp_reader: Reader) -> None:
    found = dated(nlp_reader, Report("It rained in the hills.", "test", url=url))
    assert str(found.window) == day


def plain_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, looked for from the beginning each time."""
    left, right = 0, len(text)
    for match in SENTENCE.finditer(text):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = match.start()
            break
    return left, right


def test_the_sentence_around_a_place() -> None:
    text = 'It rained. "They met in 2019." Then it\nsnowed! He left.  (Nobody knew.) Mr. Orr said so'
    breaks = [m.span() for m in SENTENCE.finditer(text)]
    assert len(breaks) == 5
    for start in range(len(text)):
        for end in range(start + 1, min(start + 14, len(text) + 1)):
            assert _sentence_around(breaks, len(text), start, end) == plain_sentence(text, start, end)


def bound(window: str, fact: str) -> Bound:
    return Bound(Interval.parse(window), fact, Reason("code:dates.offices.current", fact))


def test_the_largest_consistent_set_wins() -> None:
    window, basis = settle(
        [bound("2019-07-24/2022-09-06", "a"), bound("2009-01-20/2017-01-20", "b"), bound("2021-12-08/..", "c")]
    )
    assert str(window) == "2021-12-08/2022-09-06"
    assert [r.saw for r in basis] == ["a", "left out, 2 others agree against it: b", "c"]


def test_equal_sets_are_both_kept() -> None:
    window, _ = settle([bound("2001/2004", "a"), bound("2010/2012", "b")])
    assert str(window) == "2001-01-01/2012-12-31"


def test_no_bounds() -> None:
    assert settle([]) == (Interval(None, None), ())


def test_same_fact_counts_once() -> None:
    same = [bound("2001/2004", "a"), bound("2001/2004", "a"), bound("2010/2012", "b"), bound("2011/2012", "c")]
    assert str(settle(same)[0]) == "2011-01-01/2012-12-31"


RAIN = "The envoys of Chad and Niger met in the hills while it rained."


@pytest.mark.parametrize(
    ("url", "published", "window", "rules"),
    [
        (None, None, "../2023-05-29", ["seen"]),
        ("https://n.example/2019/11/20/x", None, "2019-11-20", ["from_address"]),
        ("https://n.example/2031/11/20/x", None, "../2023-05-29", ["seen", "seen"]),
        (None, "2023-05-29", "2023-05-29", ["given"]),
        (None, "2031-01-01", "../2023-05-29", ["seen", "refusal"]),
    ],
)
def test_what_was_fetched_was_written_by_then(
    url: str | None, published: str | None, window: str, rules: list[str], nlp_reader: Reader
) -> None:
    day = dt.date.fromisoformat(published) if published else None
    report = Report(RAIN, "test", url=url, published=day, published_from="metadata" if day else None)
    found = dated(nlp_reader, as_of(report, dt.date(2023, 5, 28)))
    assert (str(found.window), [r.rule.rpartition(".")[2] for r in found.basis]) == (window, rules)


def test_no_number_of_offices_outvotes_the_day_it_was_fetched() -> None:
    limit = bound("../2023-05-29", "seen")
    facts = [bound("2024-01-01/2025-01-01", "a"), bound("2024-02-01/..", "b"), bound("2021-01-20/2024-03-01", "c")]
    window, basis = settle_until(facts, limit)
    assert str(window) == "2021-01-20/2023-05-29"
    assert sum(r.saw.startswith("left out") for r in basis) == 2
    assert settle_until(facts, None) == settle(facts)
    assert str(settle_until(facts[:1], limit)[0]) == "../2023-05-29"
