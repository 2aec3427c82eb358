"""docs/exports.md says of every format and column what the data and the program say."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.knowledge.tables import read_csv
from dragoman.record.export import FORMATS
from dragoman.record.export.codes import actor_codes
from dragoman.record.export.tabs import LAYOUTS

PAGE = (Path(__file__).parent.parent.parent / "docs" / "exports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["gdelt_events", "gdelt_mentions", "icews", "polecat", "phoenix"])
def test_the_page_has_the_columns_in_their_order(name: str) -> None:
    rows = read_csv(LAYOUTS / f"{name}.csv", ("column", "filled"))
    table = "\n".join(f"| {r['column']} | {r['filled']} |" for r in rows)
    assert f"|---|---|\n{table}\n\n" in PAGE


@pytest.mark.parametrize("name", FORMATS)
def test_the_page_has_every_format(name: str) -> None:
    assert f"| `{name}` |" in PAGE


def test_the_codes_are_of_actors_that_we_have() -> None:
    known = {c.code: c for c in actor_codes()}
    for file in ("cameo_groups.csv", "cameo_countries.csv"):
        rows = read_csv(LAYOUTS / file, ("code",))
        assert [r["code"] for r in rows if r["code"] not in known] == []
        assert len({r["code"] for r in rows}) == len(rows)
    assert (known["UNO"].class_, known["UNO"].grp, known["UNO"].polecat) == ("IGO", "UNO", "UNO")
    assert (known["EUR"].class_, known["EUR"].grp, known["ARL"].grp) == ("IGO", "EEC", "ARL")
    assert (known["HEZBOLLAH"].country, known["HEZBOLLAH"].grp, known["HEZBOLLAH"].state) == ("LBN", "HEZ", "Lebanon")
    assert (known["KOS"].country, known["KOS"].polecat, known["RUS"].cow) == ("KSV", "KOS", "365")


def test_every_sector_of_the_actor_tables_has_its_row() -> None:
    known = {r["sector"] for r in read_csv(LAYOUTS / "sectors.csv", ("sector", "cameo", "words"))}
    folder = LAYOUTS.parent / "actors"
    files = ("organizations.csv", "groups.csv", "titles.csv", "nouns.csv")
    used = {r["sector"] for file in files for r in read_csv(folder / file, ("sector",))} - {""}
    assert sorted(used - known) == []
