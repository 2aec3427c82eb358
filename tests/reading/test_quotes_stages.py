"""Quotations where actors and dates take part: running speakers, repeated headlines, times; and the confidence."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Reader
from dragoman.model import Quote, Report
from dragoman.reading.quotes.find import CONFIDENCE
from dragoman.reading.quotes.floating import FLOATING
from quote_shares import LEAST, figure, shares

DAY = dt.date(2019, 5, 14)  # a Tuesday
WHO = yaml.safe_load((Path(__file__).parent.parent / "cases" / "quotes" / "who.yaml").read_text(encoding="utf-8"))


def quotes_of(reader: Reader, text: str) -> tuple[Quote, ...]:
    return reader.read(Report(text, "case", published=DAY)).quotes


def speakers(reader: Reader, text: str) -> list[str | None]:
    reading = reader.read(Report(text, "case", published=DAY))
    return [reading.cast[q.speaker.actor].name if q.speaker and q.speaker.actor else None for q in reading.quotes]


def last_names(reader: Reader, case: dict[str, Any]) -> list[str | None]:
    """The last word of each speaker's actor without its accents, and the actor's code."""
    reading = reader.read(Report(case["text"], "case", published=case["day"]))
    actors = [reading.cast[q.speaker.actor] if q.speaker and q.speaker.actor else None for q in reading.quotes]
    said = [a and (a.person or a.name).split()[-1] + (f"/{a.code}" if a.code else "") for a in actors]
    return [s and unicodedata.normalize("NFKD", s).encode("ascii", "ignore").decode() for s in said]


@pytest.mark.parametrize("case", [c for c in WHO if "wrong" not in c])
def test_who_speaks(nlp_reader: Reader, case: dict[str, Any]) -> None:
    assert last_names(nlp_reader, case) == case["speakers"]


@pytest.mark.parametrize("case", [c for c in WHO if "wrong" in c])
@pytest.mark.xfail(strict=True, reason="known failure")
def test_who_speaks_known_failure(nlp_reader: Reader, case: dict[str, Any]) -> None:
    assert last_names(nlp_reader, case) == case["speakers"]


MACRON = "French President Emmanuel Macron said on Tuesday that the valley was quiet.\n\n"


def test_he_is_the_running_speaker(nlp_reader: Reader) -> None:
    """Somebody named only inside what is reported does not take the pronoun."""
    text = (
        MACRON
        + "Boats that President Bashar al-Assad had hired fished off the cape, he said.\n\n“We will wait,” he said."
    )
    assert speakers(nlp_reader, text) == ["Emmanuel Macron"] * 3


def test_he_is_whom_the_report_has_turned_to(nlp_reader: Reader) -> None:
    """Somebody who has meanwhile been the subject of the report's own sentence keeps it."""
    text = MACRON + "Russian President Vladimir Putin arrived in the evening. “We will wait,” he said."
    assert speakers(nlp_reader, text) == ["Emmanuel Macron", "Vladimir Putin"]


def test_she_is_not_a_man(nlp_reader: Reader) -> None:
    text = (
        "German Chancellor Angela Merkel met French President Emmanuel Macron on Tuesday.\n\n"
        "Macron said that he was glad.\n\n“So am I,” she said."
    )
    assert speakers(nlp_reader, text)[-1] == "Angela Merkel"


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("Macron Calls Accord ‘Great Gift’ to Valley", False),
        ("Macron calls the accord a “great gift.”", False),
        ("Macron Calls Accord ‘Pure Gold’ for Valley", True),  # nowhere else
        ("Macron called the accord a “great gift.”", True),  # told as the report tells it: no headline
    ],
)
def test_headlines_that_repeat_the_body(nlp_reader: Reader, head: str, kept: bool) -> None:
    text = head + "\n\n" + MACRON + "“This accord is a great gift to the whole valley,” Macron said."
    at_top = [q for q in quotes_of(nlp_reader, text) if q.content[0].start < len(head)]
    assert bool(at_top) == kept


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("Macron said on Monday that the road was open.", "2019-05-13"),
        ("“I am glad that our June summit built a road,” Macron said.", "2019-05-14"),
        ("Macron said that the road would open on Friday.", "2019-05-14"),
        ("Macron told senators: “We met on 3 March 2018 and agreed.”", "2019-05-14"),
        ("Macron praised the new road.", "2019-05-14"),
        ("Macron has said that the road was open.", "../2019-05-14"),
        ("Macron believes that the road is open.", "../2019-05-14"),
        ("In March 2018 the road was shut. Macron said it was a shame.", "../2019-05-14"),
    ],
)
def test_time_of_saying(nlp_reader: Reader, sentence: str, when: str) -> None:
    """The report's news is of Tuesday; what the words themselves name is not when they were said."""
    told = quotes_of(nlp_reader, MACRON + sentence)[-1].when
    assert told is not None
    assert str(told.interval) == when


def test_a_quotation_that_goes_on_keeps_its_time(nlp_reader: Reader) -> None:
    text = MACRON + "Macron said on Monday that bread was dear.\n\n“We have seen it in every village of the valley.”"
    assert [str(q.when.interval) for q in quotes_of(nlp_reader, text)[1:] if q.when] == ["2019-05-13"] * 2


def test_nested_reports_keep_both(nlp_reader: Reader) -> None:
    text = "French President Emmanuel Macron said that Berlin had told Rome that the border was shut."
    outer, inner = quotes_of(nlp_reader, text)
    assert outer.content[0].contains(inner.content[0])
    assert speakers(nlp_reader, text) == ["Emmanuel Macron", "Germany"]


def test_listeners_inside_the_words(nlp_reader: Reader) -> None:
    text = MACRON + "“We call on all Nigerians to vote,” Macron said."
    reading = nlp_reader.read(Report(text, "case", published=DAY))
    (listener,) = reading.quotes[-1].addressees
    assert listener.span.of(text) == "all Nigerians"
    assert listener.actor is not None
    assert reading.cast[listener.actor].code == "NGA"


def test_confidence_is_the_share_right(nlp_reader: Reader) -> None:
    """Within 0.1: another way of finding one of the pile's sentences moves a figure by less."""
    measured = {key: figure(right, met) for key, (right, met) in shares(nlp_reader).items() if met >= LEAST}
    stated = CONFIDENCE | {("floating", "direct"): FLOATING}
    assert set(measured) == set(stated)
    for key, share in measured.items():
        assert stated[key] == pytest.approx(share, abs=0.1), key


def test_a_school_is_called_by_its_own_name(nlp_reader: Reader) -> None:
    """One of a state's many schools: its name tells which. Without a name of its own it is the state's academy."""
    for school, name in (
        ("the Naval Academy of Chile", "Naval Academy of Chile"),
        ("Chile's academy", "Chilean academy"),
    ):
        text = f"French President Emmanuel Macron said in a speech to {school} that ships were old."
        reading = nlp_reader.read(Report(text, "case", published=DAY))
        (listener,) = reading.quotes[0].addressees
        assert listener.actor is not None
        assert reading.cast[listener.actor].name == name
