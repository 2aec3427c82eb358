"""Names of actors: folding, forms of a person's name, looking a name up."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.knowledge import Knowledge
from dragoman.knowledge.actors import look_up
from dragoman.knowledge.names import fold, words_of
from dragoman.knowledge.spellings import person_forms


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Erdoğan", "erdogan"),
        ("U.S.", "us"),
        ("Çavuşoğlu", "cavusoglu"),
        ("O’Brien", "obrien"),
        ("Łódź", "lodz"),
        ("OPEC+", "opec+"),
    ],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_words_of_leaves_the_possessive_out() -> None:
    assert [w.text for w in words_of("Russia’s U.S.-made al-Assad N'Djamena")] == [
        "Russia",
        "U.S.",
        "made",
        "al",
        "Assad",
        "N'Djamena",
    ]


def test_a_full_stop_parts_words_except_after_an_initial() -> None:
    glued = {w.text: w.glued for w in words_of("George W. Bush met Gen. Franks. Putin left Mr. Kim.")}
    assert {w: glued[w] for w in ("Bush", "Franks", "Kim", "Putin")} == {
        "Bush": True,
        "Franks": True,
        "Kim": True,
        "Putin": False,
    }


@pytest.mark.parametrize(
    ("name", "surname", "full", "short"),
    [
        ("George W. Bush", "Bush", ("George", "Bush"), ("Bush",)),
        ("Bashar al-Assad", "al-Assad", ("Bashar", "al", "Assad"), ("Assad",)),
        ("Ursula von der Leyen", "von der Leyen", ("Ursula", "von", "der", "Leyen"), ("von", "der", "Leyen")),
        ("Elizabeth II", "II", ("Elizabeth", "II"), ("Elizabeth",)),
    ],
)
def test_person_forms(name: str, surname: str, full: tuple[str, ...], short: tuple[str, ...]) -> None:
    forms = person_forms(name, surname)
    assert full in forms[0]
    assert short in forms[1]


def test_initials_go_together_or_not_at_all() -> None:
    assert ("George", "W", "Bush") not in person_forms("George H. W. Bush", "Bush")[0]


def test_look_up_takes_any_spelling_and_a_day(knowledge: Knowledge) -> None:
    on = dt.date(2021, 12, 30)
    rows = look_up(knowledge.actors, "Erdoğan", on)
    assert [r.row.split("/")[2] for r in rows if r.row.startswith("actors/offices")][:1] == ["TUR"]
    assert look_up(knowledge.actors, "erdogan", on) == rows
    assert any(r.row == "actors/countries/GEO" for r in look_up(knowledge.actors, "Georgia"))
    assert look_up(knowledge.actors, "Nobody At All") == ()
