"""The curated tables and what is shipped agree, and the curated ones keep their own rules."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

CURATED = Path(__file__).parent.parent / "curated"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """curated/build.py, which is no part of the package."""
    sys.path.insert(0, str(CURATED))
    try:
        return importlib.import_module("build")
    finally:
        sys.path.remove(str(CURATED))


@pytest.fixture(scope="module")
def built(build: ModuleType) -> dict[str, str]:
    made: dict[str, str] = build.build()
    return made


def test_every_shipped_table_is_what_the_curated_ones_give(build: ModuleType, built: dict[str, str]) -> None:
    differing = [name for name, content in built.items() if (build.SHIPPED / name).read_text("utf-8") != content]
    assert differing == [], "run `make data`"


def test_building_twice_gives_the_same_bytes(build: ModuleType, built: dict[str, str]) -> None:
    again = build.build()
    assert again == built


def test_every_table_shipped_is_built(build: ModuleType, built: dict[str, str]) -> None:
    assert {p.name for p in build.SHIPPED.glob("*.csv")} == set(built)


def test_a_name_of_two_actors_stops_the_build(build: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    shutil.copytree(build.ACTORS, folder)
    table = folder / "organizations_igo.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text + "AVALON,Avalon Pact,,alliance,IGO,,,Kremlin,,,,,own\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Kremlin: AVALON, RUS"):
        build.build(folder)


def test_a_row_with_a_cell_too_few_is_named(build: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    shutil.copytree(build.ACTORS, folder)
    table = folder / "groups_asia.csv"
    table.write_text(table.read_text(encoding="utf-8") + "X,Xanadu Front,rebel\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"groups_asia\.csv line \d+: Xanadu Front"):
        build.build(folder)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (["Élysée"], ["Élysée", "Elysee"]),
        (["UN"], ["UN", "U.N."]),
        (["World Health Organisation"], ["World Health Organisation", "World Health Organization"]),
        (["Saint Lucia"], ["Saint Lucia", "St. Lucia", "St Lucia"]),
        (["United Nations Women"], ["United Nations Women", "UN Women", "U.N. Women"]),
        (["Nato"], ["Nato"]),
        (["Łódź Group"], ["Łódź Group", "Lodz Group"]),
    ],
)
def test_spellings_that_follow(build: ModuleType, given: list[str], made: list[str]) -> None:
    assert set(build.spellings.names(given[0], ())) == set(made)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("Turk", ["Turk", "Turks"]),
        ("Frenchman", ["Frenchman", "Frenchmen"]),
        ("German", ["German", "Germans"]),
        ("Swiss/", ["Swiss"]),
        ("Motswana/Batswana", ["Motswana", "Batswana"]),
        ("Chinese", ["Chinese"]),
    ],
)
def test_plurals_of_demonyms(build: ModuleType, given: str, made: list[str]) -> None:
    assert build.spellings.plurals([given]) == made


def test_forms_of_titles_are_written_out(build: ModuleType) -> None:
    assert build.spellings.written_out("minister of (the |)(interior|police)") == [
        "minister of the interior", "minister of the police", "minister of interior", "minister of police",
    ]  # fmt: skip
