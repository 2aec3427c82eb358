"""Which time belongs to which deed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from dated_passages import parse, window
from dragoman import Reader
from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Interval, Reason, Report, Segment, Span, When
from dragoman.reading.dates import date_phrases, lead_of, when_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases/dates/when.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", CASES, ids=lambda r: f"{r[1]} {r[3]}: {r[0][:40]}")
def test_when(row: list[str], nlp_reader: Reader, knowledge: Knowledge) -> None:
    text, trigger, published, status, lead, want = row
    passage, dated = parse(nlp_reader, text), window(published)
    token = next(t for t in passage.doc if t.text == trigger)
    given = None if lead is None else When(Interval.parse(lead), Reason("code:dates.when.lead_of", "the test's own"))
    found = when_of(token, passage, date_phrases(passage, dated, knowledge), dated, status, lead=given)
    assert (None if found is None else str(found.interval)) == want
    if found is not None:
        assert found.because.rule
        assert found.because.saw


def test_lead_is_the_first_main_verb_with_a_day(nlp_reader: Reader, knowledge: Knowledge) -> None:
    text = "Emir greets king\n\nThe emir, who met him in 2016, greeted the king on Thursday.\n\nHe called on Friday."
    bounds = [(0, 16, "headline"), (18, 78, "body"), (80, len(text), "body")]
    because = Reason("code:segment.segment", "test")
    segments = tuple(Segment(Span(a, b), kind, because) for a, b, kind in bounds)
    parsed = nlp_reader.parse(Report(text, "test"), segments)
    dated = Dated(Interval.day(dt.date(2021, 12, 31)))
    lead = lead_of(parsed, lambda p: date_phrases(p, dated, knowledge), dated)
    assert lead is not None
    assert str(lead.interval) == "2021-12-30"


@pytest.mark.parametrize(("lede", "want"), [(True, "2023-05-28"), (False, "../2023-05-28")])
def test_a_present_perfect_is_news_in_the_lede_alone(
    lede: bool, want: str, nlp_reader: Reader, knowledge: Knowledge
) -> None:
    passage, dated = parse(nlp_reader, "A court in Lusaka has rejected the request."), window(dt.date(2023, 5, 28))
    token = next(t for t in passage.doc if t.text == "rejected")
    lead = When(Interval.day(dt.date(2023, 5, 28)), Reason("code:dates.when.lead_of", "the test's own"))
    found = when_of(token, passage, date_phrases(passage, dated, knowledge), dated, lead=lead, lede=lede)
    assert found is not None
    assert str(found.interval) == want


def test_every_token_has_an_answer(nlp_reader: Reader, knowledge: Knowledge) -> None:
    """Any token may be asked about, whatever its part of speech."""
    passage = parse(
        nlp_reader, 'On Monday, "talks," he said; by Friday (2016) the June 5-7 summit will, may or did end.'
    )
    dated = window(dt.date(2023, 5, 28))
    phrases = date_phrases(passage, dated, knowledge)
    for token in passage.doc:
        for status in ("asserted", "planned", "denied", "hypothetical"):
            found = when_of(token, passage, phrases, dated, status)
            assert found is None or (found.because.rule and found.because.saw)
