"""The actors of a report: cases as data, read by the real parser over the real tables."""

from __future__ import annotations

import datetime as dt
import importlib
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.actor_index import person_names, words_of_person
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.names import fold, words_of
from dragoman.model import Actor, Cast, Dated, Interval, Reason, Report, Segment, Span
from dragoman.reader import Reader
from dragoman.reading.actors import find_actors
from dragoman.reading.actors.draft import as_spelt

CASES = Path(__file__).parent.parent / "cases" / "actors"


def cast_of(text: str, day: Any, reader: Reader, knowledge: Knowledge) -> Cast:
    """The cast of lines that are all body, on a given day."""
    segments = []
    at = 0
    for line in text.split("\n"):
        if line:
            segments.append(Segment(Span(at, at + len(line)), "body", Reason("code:segment.segment", "a line")))
        at += len(line) + 1
    parsed = reader.parse(Report(text, "case"), tuple(segments))
    return find_actors(parsed, Dated(Interval.day(day) if day else Interval(None, None)), knowledge)


def faults(case: dict[str, Any], cast: Cast) -> list[str]:
    """What in the cast is not as the case expects."""
    text, out = case["text"], []
    for key, want in case["expect"].items():
        words, _, nth = key.partition("#")
        places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
        wider = [k for k in case["expect"] if k != key and words in k and "#" not in k]
        if not nth:  # a plain word is not looked for inside a wider expectation
            inside = {i + k.find(words) for k in wider for i in [text.find(k)] if i >= 0}
            places = [p for p in places if p not in inside]
        start = places[int(nth or 1) - 1] if len(places) >= int(nth or 1) else -1
        assert start >= 0, f"{words!r} is not in {text!r}"
        span = Span(start, start + len(words))
        if want == "!":
            if cast.at(span.end - 1):
                out.append(f"{key}: {[a.name for _, a in cast.at(span.end - 1)]}, not expected")
            continue
        if want == "?":
            if not any(u.span.overlaps(span) for u in cast.unresolved):
                out.append(f"{key}: not left open: {[a.name for _, a in cast.at(span.end - 1)]}")
            continue
        found = [a for m, a in cast.at(span.start) if m.span == span]
        if not found:
            out.append(f"{key}: no such mention; there: {[m.span.of(text) for m, _ in cast.at(span.end - 1)]}")
        elif "+" in want:
            if sorted(a.code or "" for a in found) != sorted(want.split("+")):
                out.append(f"{key}: {[a.code for a in found]}")
        else:
            out.extend(f"{key}: {f}" for f in _differs(found[0], want))
    return out


def _differs(actor: Actor, want: str) -> list[str]:
    code, sector, role, person, former = (*want.split("/"), "", "", "", "", "")[:5]
    out = []
    if code and (actor.code or "-") != code:
        out.append(f"code {actor.code}, not {code}")
    if sector and actor.sector != sector:
        out.append(f"sector {actor.sector}, not {sector}")
    if role and actor.role != role:
        out.append(f"role {actor.role}, not {role}")
    if person and _plain(actor.person or "") != _plain(person):
        out.append(f"person {actor.person}, not {person}")
    if former and actor.former != (former == "former"):
        out.append(f"former {actor.former}")
    return out


def _plain(name: str) -> str:
    return " ".join(fold(w) for w in name.replace("-", " ").split())


def cases(name: str) -> list[dict[str, Any]]:
    path = CASES / f"{name}.yaml"
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or []) if path.exists() else []


@pytest.mark.parametrize("case", cases("developed"), ids=lambda c: c["text"][:60])
def test_developed(case: dict[str, Any], nlp_reader: Reader, knowledge: Knowledge) -> None:
    cast = cast_of(case["text"], case.get("day"), nlp_reader, knowledge)
    assert faults(case, cast) == []


# Shares of expectations that came out right when the piles were first read: 142 of 156, 148 of 154, 269 of 292, 159 of
# 165, 185 of 206 and 129 of 140. The misses of the third, fifth and sixth were then looked at, so their floors are what
# came of that.
HELD = {
    "held": 0.91, "held_second": 0.98, "held_third": 0.98, "held_fourth": 0.97, "held_fifth": 0.95, "held_sixth": 0.94,
}  # fmt: skip


@pytest.mark.parametrize("name", HELD)
def test_held_back_share_does_not_fall(name: str, nlp_reader: Reader, knowledge: Knowledge) -> None:
    asked = wrong = 0
    for case in cases(name):
        found = faults(case, cast_of(case["text"], case.get("day"), nlp_reader, knowledge))
        asked += len(case["expect"])
        wrong += len({f.partition(":")[0] for f in found})
    assert (asked - wrong) / asked >= HELD[name]


@pytest.mark.parametrize("case", cases("known"), ids=lambda c: c["text"][:60])
@pytest.mark.xfail(strict=True)
def test_known_failures(case: dict[str, Any], nlp_reader: Reader, knowledge: Knowledge) -> None:
    assert faults(case, cast_of(case["text"], case.get("day"), nlp_reader, knowledge)) == []


@pytest.mark.parametrize("name", ["developed", *HELD])
def test_mentions_nest_or_stand_apart(name: str, nlp_reader: Reader, knowledge: Knowledge) -> None:
    for case in cases(name):
        cast = cast_of(case["text"], case.get("day"), nlp_reader, knowledge)
        spans = sorted({m.span for a in cast for m in a.mentions})
        for one, two in itertools.pairwise(spans):
            assert not one.overlaps(two) or one.contains(two) or two.contains(one), case["text"]
        assert len({a.id for a in cast}) == len(cast.actors)


def test_every_reason_has_an_address_that_resolves(nlp_reader: Reader, knowledge: Knowledge) -> None:
    tables = knowledge.actors
    rows = (
        {o.row for o in tables.offices}
        | set(tables.by_row)
        | set(tables.titles)
        | {n.row for n in tables.nouns.values()}
    )
    for case in cases("developed"):
        cast = cast_of(case["text"], case.get("day"), nlp_reader, knowledge)
        reasons = [r for a in cast for r in (*a.trail, *(m.because for m in a.mentions))]
        for reason in [*reasons, *(u.because for u in cast.unresolved)]:
            if reason.rule.startswith("code:"):
                module, _, function = reason.rule.removeprefix("code:").rpartition(".")
                found = getattr(importlib.import_module(f"dragoman.reading.{module}"), function)
                assert found.__doc__, reason.rule
            else:
                assert reason.rule in rows, reason.rule


def test_a_person_is_found_by_every_form_of_the_name(knowledge: Knowledge) -> None:
    """Persons wait under a word until a text has it: no form may lack all of a person's words."""
    for person in knowledge.actors.persons.values():
        words = words_of_person(person)
        for name in person_names(person):
            assert words & set(map(fold, name.written)), (person.name, name.written)


def test_what_was_read_before_changes_nothing() -> None:
    first, second = cases("developed")[:40], cases("developed")[40:80]
    one, two = load_actors(DATA / "actors"), load_actors(DATA / "actors")
    for text in (c["text"] for c in (*first, *second)):
        one.names.find(words_of(text), False)
    for text in (c["text"] for c in (*second, *first)):
        two.names.find(words_of(text), False)
    for case in (*first, *second):
        words = words_of(case["text"])
        assert one.names.find(words, False) == two.names.find(words, False)


@pytest.mark.parametrize(
    ("table", "mentions", "spelt"),
    [
        ("Mevlüt Çavuşoğlu", ["Foreign Minister Mevlut Cavusoglu"], "Mevlut Cavusoglu"),
        ("Recep Tayyip Erdogan", ["Mr Erdoğan"], "Recep Tayyip Erdoğan"),
        ("Radosław Sikorski", ["SIKORSKI"], "Radosław Sikorski"),
        ("Xi Jinping", ["Xi", "the Chinese leader"], "Xi Jinping"),
    ],
)
def test_a_person_is_spelt_as_the_report_spells_it(table: str, mentions: list[str], spelt: str) -> None:
    assert as_spelt(table, mentions) == spelt


HOMES = [
    # text, words, code or None
    ("NAIROBI, Kenya - Police arrested thirty marchers on Tuesday.", "Police", "KEN"),
    ("NAIROBI, Kenya - Police arrested thirty marchers on Tuesday.", "marchers", "KEN"),
    ("NAIROBI, Kenya - Marchers were held on Tuesday.", "NAIROBI, Kenya", None),
    # Written from next door: nothing says whose police it is.
    ("AMMAN - Syria closed its border with Jordan. Syria and Iraq met. Police held ten men.", "Police", None),
    # "A student" may be anybody.
    ("LIMA, Peru - A student spoke to Peru's president on Monday.", "student", None),
]


@pytest.mark.parametrize(("text", "words", "code"), HOMES)
def test_who_acts_where_the_report_plays(text: str, words: str, code: str | None, nlp_reader: Reader) -> None:
    cast = nlp_reader.read(Report(text, "made-up.txt")).cast
    codes = {a.code for m, a in cast.at(text.index(words)) if m.span.of(text) == words}
    assert codes == ({code} if code else set())


def test_own_rows_win_over_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "code,office,person,surname,aliases,title,start,end,end_basis,wikidata,source\n"
        "TUR,foreign_minister,Ayla Ornek,Ornek,,Foreign Minister,2026-02-01,,open,,mine\n"
        "GBR,head_of_government,Rishi Sunak,Sunak,,Prime Minister,2022-10-24,2024-07-04,,,mine\n",
        encoding="utf-8",
    )
    tables = load_actors(DATA / "actors", [own])
    day = dt.date(2026, 3, 1)
    assert [o.person for o in tables.by_office["TUR", "foreign_minister"] if o.held.contains(day)] == ["Ayla Ornek"]
    assert any(
        o.person.endswith("Fidan") and o.held.contains(dt.date(2025, 1, 1))
        for o in tables.by_office["TUR", "foreign_minister"]
    )
    sunak = [o for o in tables.by_office["GBR", "head_of_government"] if o.person == "Rishi Sunak"]
    assert [(o.held.start, o.source) for o in sunak] == [(dt.date(2022, 10, 24), "mine")]


AT_HOME = "TBILISI, Nov. 3 (AP) - Georgia's ruling party put off the vote. Washington regretted that. {}"
ABROAD = (
    "WASHINGTON, Nov. 3 (AP) - The United States and India signed the pact. U.S. officials smiled.\n\n"
    "India voted first. {}"
)


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (AT_HOME.format("The government said it would wait."), "government", "GEO"),
        (AT_HOME.format("Hungary congratulated the government."), "government", "GEO"),
        (AT_HOME.format("Police held 43 people."), "Police", "GEO"),
        (AT_HOME.format("The interior ministry gave no figure."), "interior ministry", "GEO"),
        (AT_HOME.format("Armenia sent troops to the border."), "troops", None),
        (AT_HOME.format("Turkey put the army on alert."), "army", "TUR"),
        (AT_HOME.format("The president accused foreign agencies."), "agencies", None),
        (AT_HOME.format("Turkey said its soldiers would stay."), "soldiers", None),
        (AT_HOME.format("The army took power."), "power", None),
        (AT_HOME.format("Rebels stopped fuel convoys."), "convoys", None),
        (ABROAD.format("The government wants more."), "government", "IND"),
    ],
)
def test_whose_words_without_a_state_are(text: str, words: str, code: str | None, nlp_reader: Reader) -> None:
    reading = nlp_reader.read(Report(text, "case"))
    found = [a for m, a in reading.cast.at(text.rindex(words) + len(words) - 1) if m.how != "name"]
    assert [a.code for a in found] == ([] if code is None else [code])
