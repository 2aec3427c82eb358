"""Phrases of time: our own sentences, and what must hold of any text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dated_passages import parse, window
from dragoman import Reader
from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Interval, Span
from dragoman.reading.dates import date_phrases

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases/dates/phrases.yaml").read_text(encoding="utf-8"))
BAR = 0.95  # share of a pile that must be right


def judge(reader: Reader, known: Knowledge, row: list[str]) -> tuple[str, str]:
    """What a case gives, and what it should."""
    text, published, words, want = row
    passage = parse(reader, text)
    found = date_phrases(passage, window(published), known)
    at = Span(text.index(words), text.index(words) + len(words))
    hits = [p for p in found if (p.span.overlaps(at) if want == "none" else p.span.contains(at))]
    got = "none" if not hits else str(hits[0].interval) if hits[0].known else "unknown"
    return got, want if want in ("none", "unknown") else str(Interval.parse(want))


@pytest.mark.parametrize("row", [*CASES["developed"], *CASES["improved"]], ids=lambda r: f"{r[1]}: {r[2]}: {r[0][:40]}")
def test_phrase(row: list[str], nlp_reader: Reader, knowledge: Knowledge) -> None:
    got, want = judge(nlp_reader, knowledge, row)
    assert got == want


def test_held_back_share(nlp_reader: Reader, knowledge: Knowledge) -> None:
    """The pile that no shape was made for: its figure, not its cases, is looked at (0.958 when first read)."""
    judged = [judge(nlp_reader, knowledge, row) for row in CASES["held"]]
    assert sum(got == want for got, want in judged) / len(judged) >= BAR


def test_reason_names_words_day_and_rule(nlp_reader: Reader, knowledge: Knowledge) -> None:
    passage = parse(nlp_reader, "The emir on Sunday thanked the king.")
    (phrase,) = date_phrases(passage, window(dt.date(2023, 5, 28)), knowledge)
    assert phrase.because.rule == "calendar/phrases/weekday"
    assert phrase.because.at == phrase.span
    assert phrase.because.saw == "'on Sunday' as of 2023-05-28, a Sunday: 2023-05-28"


WORDS = [
    "on",
    "Sunday",
    "in",
    "June",
    "2021",
    "last",
    "week",
    "next",
    "the",
    "end",
    "of",
    "since",
    "by",
    "2014",
    "two",
    "years",
    "ago",
    "from",
    "to",
    "and",
    "between",
    "yesterday",
    "early",
    "May",
    "31",
    "February",
    "29",
    "30",
    "12/30/2021",
    "99/99/9999",
    "Christmas",
    "Day",
    "'s",
    "the",
    "1990s",
    "0000",
    "9999",
    "century",
    "hundred",
    "400",
    "decades",
    "later",
    "after,",
    ".",
    "\n",
    "\xa0",
]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), min_size=1, max_size=14),
    day=st.dates(min_value=dt.date(1800, 1, 1), max_value=dt.date(2200, 1, 1)),
    width=st.integers(min_value=0, max_value=900),
)
def test_any_words(words: list[str], day: dt.date, width: int, nlp_reader: Reader, knowledge: Knowledge) -> None:
    """Spans are exact and apart, intervals run forwards, a wider window never gives fewer days, nothing crashes."""
    text = " ".join(words)
    if not text.strip():
        return
    passage = parse(nlp_reader, text)
    narrow = date_phrases(passage, Dated(Interval.day(day)), knowledge)
    wide = date_phrases(passage, Dated(Interval(day, day + dt.timedelta(width))), knowledge)
    end = 0
    for phrase in narrow:
        assert end <= phrase.span.start < phrase.span.end <= len(text)
        end = phrase.span.end
        start, last = phrase.interval.start, phrase.interval.end
        assert start is None or last is None or start <= last
    by_span = {p.span: p for p in wide}
    for phrase in narrow:
        other = by_span.get(phrase.span)
        if other is not None and phrase.known:
            assert other.interval.meet(phrase.interval) is not None


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1, 3, 1), dt.date.max])
def test_ends_of_the_calendar(day: dt.date, nlp_reader: Reader, knowledge: Knowledge) -> None:
    text = "Last week, two years ago, in May, since Sunday, 29 February, by the end of the decade, at Easter."
    found = date_phrases(parse(nlp_reader, text), Dated(Interval.day(day)), knowledge)
    assert [text[p.span.start : p.span.end] for p in found][:2] == ["Last week", "two years ago"]
    for start, last in ((p.interval.start, p.interval.end) for p in found):
        assert start is None or last is None or start <= last
