"""The table of offices: what curated/build_offices.py promises, and facts that must come out right."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.knowledge import Knowledge
from dragoman.knowledge.actors import OFFICE_COLUMNS

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "offices"
SHIPPED = ROOT / "src" / "dragoman" / "data" / "actors" / "offices.csv"

# The states most in the news: no day may have two holders of one of these offices.
STATES = (
    "USA", "GBR", "FRA", "RUS", "CHN", "DEU", "JPN", "IND", "ITA", "CAN", "BRA", "MEX", "ARG", "ZAF", "SAU", "TUR",
    "IDN", "KOR", "AUS", "UKR", "ISR", "IRN", "SYR", "IRQ", "EGY", "PAK", "AFG", "PRK", "POL", "EST", "LVA", "LTU",
    "SWE", "NOR", "DNK", "FIN", "NLD", "ESP", "GRC", "SRB", "HUN", "VEN", "COL", "CUB", "NGA", "KEN", "ETH", "SDN",
    "LBY", "BLR", "GEO", "ARM", "AZE", "KAZ", "VNM", "THA", "PHL", "MMR", "MYS", "SGP", "QAT", "ARE", "JOR", "LBN",
    "YEM", "DZA", "MAR", "TUN", "PSE", "TWN",
)  # fmt: skip
SINGLE = ("head_of_state", "head_of_government", "monarch", "foreign_minister")
# Two holders on a day, and why.
SHARED = {
    ("IRN", "head_of_state"): "the Supreme Leader is head of state, the President is listed beside him",
    ("LBY", "head_of_state"): "2011: Gaddafi and the National Transitional Council",
    ("LBY", "head_of_government"): "2011: Gaddafi's government and the National Transitional Council's",
    ("PAK", "foreign_minister"): "an adviser acted as foreign minister",
}
SUBSTITUTE = re.compile(r"Acting|Interim|Caretaker|Transition")


def builder() -> ModuleType:
    """curated/build_offices.py; the folder is no package."""
    return module_of("build_offices")


def module_of(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "curated" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def cases(*names: str) -> Iterator[tuple[str, str, str, str]]:
    for name in names:
        with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as f:
            for row in csv.DictReader(f):
                yield row["day"], row["code"], row["office"], row["person"]


def holders(knowledge: Knowledge, day: str, code: str, office: str) -> list[str]:
    on = dt.date.fromisoformat(day)
    return [o.person for o in knowledge.actors.by_office[code, office] if o.held.contains(on)]


def test_shipped_table_is_what_the_curated_files_make() -> None:
    assert builder().table() == SHIPPED.read_text(encoding="utf-8"), "run python curated/build_offices.py"
    with SHIPPED.open(encoding="utf-8", newline="") as f:
        assert tuple(next(csv.reader(f))) == OFFICE_COLUMNS


def test_shipped_table_stays_small() -> None:
    assert SHIPPED.stat().st_size < 4_000_000


def test_curated_files_are_sorted() -> None:
    b = builder()
    by_file = defaultdict(list)
    for s in b.read():
        by_file[s.at.split()[0]].append((s.code, s.office, s.first))
    assert [name for name, keys in by_file.items() if keys != sorted(keys)] == []


@pytest.mark.parametrize(
    ("day", "code", "office", "person"),
    list(cases("most_in_the_news", "wider_world", "organisations_and_groups")),
)
def test_in_office(knowledge: Knowledge, day: str, code: str, office: str, person: str) -> None:
    assert person in holders(knowledge, day, code, office)


@pytest.mark.parametrize(("day", "code", "office", "person"), list(cases("not_in_office")))
def test_not_in_office(knowledge: Knowledge, day: str, code: str, office: str, person: str) -> None:
    assert person not in holders(knowledge, day, code, office)
    assert any(o.person == person for o in knowledge.actors.by_office[code, office]), "the case names nobody"


def test_no_two_holders_on_a_day() -> None:
    """Among the states most in the news; a substitute (Acting ...) may stand beside the holder.

    A date known to the month or the year only may be any day of it, an end nobody knows any later day: two spells
    clash when they share days whatever their dates turn out to be.
    """
    b = builder()
    by_office = defaultdict(list)
    for s in b.read():
        watched = s.code in STATES and s.office in SINGLE and (s.code, s.office) not in SHARED
        if watched and s.start and not SUBSTITUTE.match(s.title):
            earliest_end = b.outermost(s.end)[0] if s.end else "9999"
            by_office[s.code, s.office].append((b.outermost(s.start)[1], earliest_end, s))
    clashes = []
    for spells in by_office.values():
        for (_, end, first), (start, later_end, second) in combinations(sorted(spells, key=lambda t: t[:2]), 2):
            if first.person != second.person and start < min(end, later_end) and first.end_basis != "last-seen":
                clashes.append(f"{first.at}: {first.person} and {second.at}: {second.person}")
    assert clashes == []


def test_every_row_has_a_surname_in_use(knowledge: Knowledge) -> None:
    bad = [o.row for o in knowledge.actors.offices if not o.surname or not o.title or "  " in o.person]
    assert bad == []


@pytest.mark.parametrize(
    ("written", "code", "person"),
    [
        ("Xi", "CHN", "Xi Jinping"), ("Kim", "PRK", "Kim Jong-un"), ("Zelensky", "UKR", "Volodymyr Zelensky"),
        ("Zelenskyy", "UKR", "Volodymyr Zelensky"), ("Lula", "BRA", "Luiz Inácio Lula da Silva"),
        ("Erdogan", "TUR", "Recep Tayyip Erdogan"), ("Erdoğan", "TUR", "Recep Tayyip Erdogan"),
        ("bin Salman", "SAU", "Mohammed bin Salman"), ("MBS", "SAU", "Mohammed bin Salman"),
        ("AMLO", "MEX", "Andrés Manuel López Obrador"), ("Peña Nieto", "MEX", "Enrique Peña Nieto"),
        ("Qaddafi", "LBY", "Muammar Gaddafi"), ("Sisi", "EGY", "Abdel Fattah al-Sisi"),
        ("al-Sisi", "EGY", "Abdel Fattah al-Sisi"), ("Modi", "IND", "Narendra Modi"),
        ("von der Leyen", "EUR", "Ursula von der Leyen"), ("Hemedti", "RSF", "Mohamed Hamdan Dagalo"),
        ("Suu Kyi", "MMR", "Aung San Suu Kyi"), ("Abiy", "ETH", "Abiy Ahmed"), ("Sánchez", "ESP", "Pedro Sánchez"),
        ("Sanchez", "ESP", "Pedro Sánchez"), ("Schroeder", "DEU", "Gerhard Schröder"),
        ("George W Bush", "USA", "George W. Bush"), ("Prachanda", "NPL", "Pushpa Kamal Dahal"),
    ],
)  # fmt: skip
def test_names_as_news_writes_them(knowledge: Knowledge, written: str, code: str, person: str) -> None:
    known = {(w, o.code, o.person) for o in knowledge.actors.offices for w in (o.surname, *o.aliases)}
    assert (written, code, person) in known


# Holders on 1 July among 193 UN members and the Holy See, less a margin for honest corrections.
@pytest.mark.parametrize(
    ("year", "office", "floor"),
    [
        (1995, "head_of_government", 170), (2005, "head_of_government", 180), (2015, "head_of_government", 180),
        (2024, "head_of_government", 175), (2005, "foreign_minister", 115), (2015, "foreign_minister", 125),
    ],
)  # fmt: skip
def test_coverage_floor(knowledge: Knowledge, year: int, office: str, floor: int) -> None:
    on = dt.date(year, 7, 1)
    now = [o for o in knowledge.actors.offices if o.office == office and o.held.contains(on)]
    states = {o.code for o in now if o.code in knowledge.actors.countries}
    assert len(states) >= floor


# What docs/actors.md says of the promised series; a vacancy is no gap.
SERIES = {
    "foreign minister": 66, "head of state": 192, "head of government": 192, "defence minister": 24, "spokesperson": 12,
}  # fmt: skip


def test_promised_series_keep_what_they_have() -> None:
    coverage = module_of("coverage")
    assert {s.name: s.states - len(s.gaps) for s in coverage.series(coverage.read())} == SERIES


def test_nobody_holds_an_office_said_to_be_vacant() -> None:
    """Every row of vacancies.csv explains days that the table leaves open, so that none hides a holder."""
    coverage = module_of("coverage")
    told = [why for s in coverage.series(coverage.read()) for stretches in s.vacant.values() for why in stretches]
    assert [v for v in coverage.vacancies() if not any(f"({v.why})" in w for w in told)] == []


@pytest.mark.parametrize("year", range(2001, 2026))
def test_foreign_ministers_of_the_states_most_in_the_news(knowledge: Knowledge, year: int) -> None:
    on = dt.date(year, 7, 1)
    rows = knowledge.actors.by_office
    missing = [c for c in STATES if not any(o.held.contains(on) for o in rows[c, "foreign_minister"])]
    assert len(missing) <= 6, missing


def test_a_wrong_row_is_named(tmp_path: Path) -> None:
    b = builder()
    (tmp_path / "offices").mkdir()
    (tmp_path / "people.csv").write_text("code,person,surname,aliases\n", encoding="utf-8")
    head = ",".join(b.CURATED_COLUMNS)
    for row, said in (
        ("FRA,king,A B,King,2001,2002,,,curated", "unknown office"),
        ("FRA,monarch,A B,King,2003-02-30,2004,,,curated", "no such day"),
        ("FRA,monarch,A B,King,2003,2002,,,curated", "leaves"),
        ("FRA,monarch,A B,King,2003,,,,curated", "no end"),
        ("FRA,monarch,A B,King,2003,2004,open,,curated", "open and yet"),
    ):
        (tmp_path / "offices" / "x.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
        with pytest.raises(b.CuratedError, match=r"x.csv line 2: .*" + said):
            b.table(tmp_path)
    twice = "FRA,monarch,A B,King,2001,2004,,,curated\nFRA,monarch,A B,King,2003,2005,,,curated\n"
    (tmp_path / "offices" / "x.csv").write_text(f"{head}\n{twice}", encoding="utf-8")
    with pytest.raises(b.CuratedError, match="twice"):
        b.table(tmp_path)
