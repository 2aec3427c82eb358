"""The ontology's files agree with each other and with the choices that its README states."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.ontology import QUADS, load_ontology


def test_counts(knowledge: Knowledge) -> None:
    o = knowledge.ontology
    assert (len(o.types), len(o.modes), len(o.contexts)) == (16, 67, 37)
    assert {t.quad for t in o.types.values()} == set(QUADS)


@pytest.mark.parametrize(
    ("code", "value"),
    [("163", -8.0), ("164", -6.5), ("165", -7.0), ("166", -7.0), ("124", -4.0), ("036", 4.0), ("190", -10.0)],
)
def test_goldstein_of_1_1b3(knowledge: Knowledge, code: str, value: float) -> None:
    assert knowledge.ontology.goldstein(code) == value


def test_no_code_has_no_value(knowledge: Knowledge) -> None:
    assert knowledge.ontology.goldstein(None) is None


def test_choices(knowledge: Knowledge) -> None:
    o = knowledge.ontology
    assert o.types["SANCTION"].quad == "material conflict"
    assert o.types["ACCUSE"].score == -3
    assert {o.cameo[c].type for c in ("0841", "087", "0813", "0814")} == {"RETREAT"}
    assert {o.cameo[c].type for c in ("163", "191", "192")} == {"COERCE"}
    assert {o.cameo[c].type for c in ("175", "1712")} == {"ASSAULT"}
    assert o.cameo["185"].mode == "targeted"
    assert o.cameo["073"].contexts == ("human_security",)


def test_children_stand_under_their_parents(knowledge: Knowledge) -> None:
    for code in knowledge.ontology.cameo.values():
        assert code.parent is None or code.code.startswith(code.parent)


def test_default_code_fits_type_and_mode(knowledge: Knowledge) -> None:
    o = knowledge.ontology
    assert o.default_code("CONSULT", "phone") == "041"
    assert o.default_code("SUPPORT", None) == "050"
    for event_type, mode in o.modes:
        code = o.cameo[o.default_code(event_type, mode)]
        assert code.code == o.types[event_type].cameo or (code.type, code.mode) == (event_type, mode)


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("types.csv", "verbal cooperation", "verbal friendship", "AGREE"),
        ("modes.csv", "CONSULT,visit", "CONSULTS,visit", "CONSULTS"),
        ("cameo.csv", "CONSULT,phone", "CONSULT,pigeon", "041"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, file: str, old: str, new: str, named: str) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(DATA / "ontology", folder)
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        load_ontology(folder)
