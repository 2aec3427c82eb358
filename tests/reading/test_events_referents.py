"""Whom a deed at home is done to: civilians or the state itself, never who only tells of it."""

from __future__ import annotations

import pytest

from dragoman.model import Report
from dragoman.reader import Reader

HEAD = "TBILISI, Nov. 3 (AP) - Georgia voted on Sunday. {}"
VISIT = (
    "The interior ministry was quiet. Police rested. Georgia will vote in May. The Turkish president visited the city."
)
HELD = "Police detained 40 people, the interior ministry said."


@pytest.mark.parametrize(
    ("text", "type_", "target"),
    [
        (HEAD.format(HELD), "COERCE", "Georgia"),
        (
            HEAD.format("Protesters sang. Police detained 40 people, the interior ministry said."),
            "COERCE",
            "Georgian civilians",
        ),
        (HEAD.format(VISIT), "CONSULT", "Georgia"),
        (HEAD.format("Police detained 40 Armenians, the interior ministry said."), "COERCE", "Armenians"),
    ],
)
def test_whom_a_deed_at_home_is_done_to(text: str, type_: str, target: str, nlp_reader: Reader) -> None:
    reading = nlp_reader.read(Report(text, "case"))
    names = [[reading.cast[p.actor].name for p in e.target] for e in reading.events if e.type == type_]
    assert names == [[target]]
