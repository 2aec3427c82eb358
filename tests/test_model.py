"""The types: spans, intervals, casts."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Actor, Cast, Interval, Mention, Reason, Report, Span, merge

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@given(DAYS, DAYS)
def test_an_interval_prints_and_reads_back(a: dt.date, b: dt.date) -> None:
    interval = Interval(min(a, b), max(a, b))
    assert Interval.parse(str(interval)) == interval


@pytest.mark.parametrize(
    ("interval", "edtf"),
    [
        (Interval.day(dt.date(2021, 12, 30)), "2021-12-30"),
        (Interval.month(2024, 2), "2024-02"),
        (Interval.year(2016), "2016"),
        (Interval(None, dt.date(2023, 5, 28)), "../2023-05-28"),
        (Interval(dt.date(2023, 5, 28), None), "2023-05-28/.."),
        (Interval(dt.date(2021, 12, 8), dt.date(2022, 9, 6)), "2021-12-08/2022-09-06"),
    ],
)
def test_edtf_forms(interval: Interval, edtf: str) -> None:
    assert str(interval) == edtf
    assert Interval.parse(edtf) == interval


def test_a_wrong_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Interval.parse("last week")


@given(DAYS, DAYS, DAYS, DAYS, DAYS)
def test_meet_holds_exactly_the_days_of_both(a: dt.date, b: dt.date, c: dt.date, d: dt.date, day: dt.date) -> None:
    one, two = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    both = one.meet(two)
    assert (both is not None and both.contains(day)) == (one.contains(day) and two.contains(day))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: Span(min(p), max(p)))))
def test_merged_spans_cover_the_same_characters_and_stand_apart(spans: list[Span]) -> None:
    merged = merge(spans)
    assert {i for s in spans for i in range(s.start, s.end)} == {i for s in merged for i in range(s.start, s.end)}
    assert all(a.end < b.start for a, b in itertools.pairwise(merged))


def test_the_same_text_is_the_same_report() -> None:
    assert Report("Ankara said no.", "a.txt").id == Report("Ankara said no.", "b.txt").id
    assert len(Report("x", "y").id) == 16


def test_a_lone_surrogate_has_an_id_too() -> None:
    assert len(Report("\ud800", "broken.jsonl:1").id) == 16


def test_a_group_mention_belongs_to_each_of_its_actors() -> None:
    why = Reason("code:x", "y")
    both = Mention(Span(0, 15), "group", why)
    cast = Cast(
        (
            Actor("a1", "Putin", "RUS", mentions=(both,)),
            Actor("a2", "Erdogan", "TUR", mentions=(both, Mention(Span(4, 7), "name", why))),
        )
    )
    assert [a.id for _, a in cast.at(5)] == ["a1", "a2", "a2"]
    assert [a.id for _, a in cast.within(Span(3, 8))] == ["a2"]
    assert cast["a2"].code == "TUR"
    with pytest.raises(KeyError):
        cast["a9"]
