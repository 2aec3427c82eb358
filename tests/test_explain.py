"""Trails resolve: every address leads to a function or an entry, with its line and words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import Reader, Report
from dragoman.contract import reading_object
from dragoman.explain import PACKAGE, Rulebook, steps
from dragoman.intake import inputs

# Our own writing, chosen to wake as many rules as a few sentences can.
REPORTS = (
    "OSLO, May 3 (Own Desk) -- The foreign ministers of Norway and Turkey met in Oslo on Monday.\n\n"
    "“We want no quarrel,” the Norwegian minister told reporters, “but we shall not be silent.”\n\n"
    "Ankara warned that it would close the strait next week. Norway has denied sending weapons.",
    "France congratulates Ghana\n\nFrench President Emmanuel Macron sent a telegram to Ghana's president on Friday to "
    "congratulate him on his election. In a letter dated 4 March, the United Nations urged both sides to talk.\n\n"
    "Sign up for our free newsletter\n\nRead more",
)


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return Rulebook()


def addresses(value: Any) -> Iterator[str]:
    """Every rule named anywhere in an object of the contract."""
    if isinstance(value, dict):
        if "rule" in value and "saw" in value:
            yield value["rule"]
        for inner in value.values():
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)


@pytest.mark.parametrize("n", range(len(REPORTS)))
def test_every_address_of_a_reading_resolves(nlp_reader: Reader, rules: Rulebook, n: int) -> None:
    read = reading_object(nlp_reader.read(Report(REPORTS[n], f"made-up/{n}.txt")))
    named = sorted(set(addresses(read)))
    assert named
    assert [a for a in named if rules.find(a) is None] == []


def test_every_address_of_the_examples_resolves(nlp_reader: Reader, rules: Rulebook) -> None:
    folder = PACKAGE.parent.parent / "examples"
    reports = [item for item in inputs([str(folder)]) if isinstance(item, Report)]
    named = {a for report in reports for a in addresses(reading_object(nlp_reader.read(report)))}
    assert sorted(a for a in named if rules.find(a) is None) == []


@pytest.mark.parametrize(
    ("address", "file", "words"),
    [
        ("code:reader.Reader.read", "reader.py", "Everything that one report holds."),
        ("code:knowledge.tables.split", "knowledge/tables.py", "``a|b|c``"),
        ("code:model.Interval.meet", "model.py", "The days in both"),
        ("actors/countries/TUR", "data/actors/countries.csv", "code: TUR"),
        ("ontology/types/AGREE", "data/ontology/types.csv", "type: AGREE"),
        ("calendar/phrases/iso", "data/calendar/phrases.yaml", "as in “2021-12-30”"),
        ("speech/media", "data/speech/media.yaml", ""),
        ("speech/verbs/tell", "data/speech/verbs.yaml", ""),
    ],
)
def test_an_address_leads_to_a_line(rules: Rulebook, address: str, file: str, words: str) -> None:
    rule = rules.find(address)
    assert rule is not None
    assert rule.file == file
    assert words in rule.words
    line = (PACKAGE / file).read_text(encoding="utf-8").splitlines()[rule.line - 1]
    assert address == "speech/media" or address.replace("/", ".").rpartition(".")[2] in line


@pytest.mark.parametrize(
    "address",
    [
        "",
        "code:",
        "code:nowhere.at_all",
        "code:segment.no_such",
        "events/NOTHING/x",
        "actors/countries/XXX",
        "a/b",
        "../x/y",
    ],
)
def test_an_address_that_leads_nowhere_is_none(rules: Rulebook, address: str) -> None:
    assert rules.find(address) is None


def test_a_name_that_a_package_hands_on_leads_to_where_it_is_defined(rules: Rulebook) -> None:
    rule = rules.find("code:segment.segment")
    assert rule is not None
    assert "def segment(" in (PACKAGE / rule.file).read_text(encoding="utf-8").splitlines()[rule.line - 1]


def test_steps_are_sentences(rules: Rulebook) -> None:
    trail = [
        {"rule": "calendar/phrases/iso", "saw": "the day 2021-12-30", "figure": 0.5},
        {"rule": "code:gone.away", "saw": "something"},
    ]
    first, second = (step.sentences() for step in steps(trail, rules))
    assert first[0] == "1. The day 2021-12-30 (figure 0.5)"
    assert first[1].startswith("calendar/phrases/iso (data/calendar/phrases.yaml:")
    assert second == ("2. Something", "code:gone.away: no such rule in this version of dragoman")


def test_entries_of_every_shape(tmp_path: Path) -> None:
    data = tmp_path / "data" / "events"
    data.mkdir(parents=True)
    (data / "threaten.yaml").write_text(
        "- id: warn-of\n  about: warns of force\n  examples: [They warned of war.]\n- {id: vow, examples: []}\n"
    )
    (data / "keyed.yaml").write_text("# first\ngrowl: {example: They growled.}\ngroups:\n  inner: {note: deep}\n")
    rules = Rulebook(tmp_path)
    found = {
        a: rules.find(f"events/{a}")
        for a in ("THREATEN/warn-of", "THREATEN/warn-of/2", "THREATEN/vow", "keyed/growl", "keyed/inner")
    }
    assert {a: (r.line, r.words) for a, r in found.items() if r is not None} == {
        "THREATEN/warn-of": (1, "warns of force, as in “They warned of war.”"),
        "THREATEN/warn-of/2": (1, "warns of force, as in “They warned of war.”"),
        "THREATEN/vow": (4, ""),
        "keyed/growl": (2, "as in “They growled.”"),
        "keyed/inner": (4, "deep"),
    }
