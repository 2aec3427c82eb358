"""How much the curated offices cover, by decade and kind of office.

    python curated/coverage.py            # holders on 1 July of sample years, and spells by decade
    python curated/coverage.py FRA        # who held what in one state, with the days that nobody holds
    python curated/coverage.py gaps       # where a promised series has nobody for more than 45 days

A spell with an unknown end (last-seen) counts up to the day its holder was last seen and no further. Days on which
nobody held an office stand with their reason in actors/vacancies.csv: they are no gap of the table and are told apart.

How the offices are counted where a state has them otherwise: a president who heads the government stands in both
series; where there was no prime minister for years, whoever ruled is the head of government; Switzerland's president of
the year is both; of Bosnia's presidency whoever is in the chair or a member; of Andorra's co-princes the bishop (the
other is the president of France); San Marino has no head of government, its foreign secretary stands for one, and its
captains, two every half-year, are in no series; a throne counts as head of state; of rival governments the recognised.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from build_offices import HERE, Spell, outermost, read

YEARS = (1991, 1995, 2000, 2005, 2010, 2015, 2020, 2022, 2023, 2024, 2025)

# What the table promises: the states most in the news, the first of them for more offices, and all members of the UN.
FIRST = (
    "USA", "GBR", "FRA", "RUS", "CHN", "DEU", "JPN", "IND", "ITA", "CAN", "BRA", "SAU", "TUR", "KOR", "AUS",
    "UKR", "ISR", "IRN", "SYR", "IRQ", "EGY", "PAK", "AFG", "PRK", "POL",
)  # fmt: skip
NEWS = (
    *FIRST, "MEX", "ARG", "ZAF", "IDN", "EST", "LVA", "LTU", "SWE", "NOR", "DNK", "FIN", "NLD", "ESP", "GRC",
    "SRB", "HUN", "VEN", "COL", "CUB", "NGA", "KEN", "ETH", "SDN", "LBY", "BLR", "GEO", "ARM", "AZE", "KAZ",
    "VNM", "THA", "PHL", "MMR", "MYS", "SGP", "QAT", "ARE", "JOR", "LBN", "YEM", "DZA", "MAR", "TUN", "PSE",
    "TWN",
)  # fmt: skip
LEAST = 45  # days; shorter ones are mostly the weeks in which a government is formed
KNOWN_TO = "2025-11-30"


def last_sure(spell: Spell) -> str:
    """The last day on which the table says that the spell ran."""
    if spell.end or spell.end_basis == "open":
        return spell.last
    return outermost(spell.start)[1] if spell.start else "0000"


def holds(spell: Spell, day: str) -> bool:
    return bool(spell.start) and spell.first <= day <= last_sure(spell)


def table(spells: list[Spell]) -> str:
    """Codes with a holder on 1 July, and spells by decade of their start; one line an office."""
    decades = ("before 1990", "1990s", "2000s", "2010s", "2020s")
    lines = [f"{'office':28}" + "".join(f"{y:>6}" for y in YEARS) + "  spells:" + "".join(f"{d:>12}" for d in decades)]
    by_office = defaultdict(list)
    for s in spells:
        by_office[s.office].append(s)
    for office, rows in sorted(by_office.items(), key=lambda kv: -len(kv[1])):
        held = [len({s.code for s in rows if holds(s, f"{y}-07-01")}) for y in YEARS]
        started: dict[str, int] = defaultdict(int)
        for s in rows:
            started[f"{s.first[:3]}0s" if s.first >= "1990" else "before 1990"] += 1
        lines.append(f"{office:28}" + "".join(f"{n:6}" for n in held) + " " * 9 + "".join(
            f"{started[d]:12}" for d in decades))  # fmt: skip
    return "\n".join(lines)


def one_state(spells: list[Spell], code: str) -> str:
    """Every office of a state in order, with the gaps between its holders since 1990."""
    by_office = defaultdict(list)
    for s in spells:
        if s.code == code and s.start:
            by_office[s.office].append(s)
    lines = []
    for office, rows in sorted(by_office.items()):
        lines.append(office)
        reached = "1990-01-01"
        for s in sorted(rows, key=lambda s: s.first):
            if s.first > reached:
                lines.append(f"    nobody from {reached} to {s.first}")
            lines.append(f"    {s.start or '?':10} {s.end or '...':10} {s.person} ({s.title}) {s.end_basis}".rstrip())
            reached = max(reached, last_sure(s))
    return "\n".join(lines) or f"no office of {code}"


@dataclass(frozen=True, slots=True)
class Series:
    """An office that the table promises for some states: by code, the gaps left and the days when nobody held it."""

    name: str
    states: int
    gaps: dict[str, list[str]]
    vacant: dict[str, list[str]]


def series(spells: list[Spell]) -> list[Series]:
    """The promised series, each with its stretches of more than LEAST days without a holder up to KNOWN_TO."""
    with (HERE / "countries.csv").open(encoding="utf-8", newline="") as f:
        since = {r["code"]: max("1990-01-01", r["start"][:10]) for r in csv.DictReader(f) if r["status"] == "un-member"}
    promised = [
        ("foreign minister", {"foreign_minister"}, dict.fromkeys(NEWS, "2000-01-01")),
        ("head of state", {"head_of_state", "monarch"}, since),
        ("head of government", {"head_of_government"}, since),
        ("defence minister", {"defence_minister"}, dict.fromkeys(FIRST, "2000-01-01")),
        ("spokesperson", {"spokesperson"}, dict.fromkeys(FIRST, "2000-01-01")),
    ]
    vacant, out = vacancies(), []
    for name, offices, states in promised:
        found = Series(name, len(states), {}, {})
        for code, day in states.items():
            nobody = [v for v in vacant if v.code == code and v.office in offices]
            for gap in _gaps([s for s in spells if s.code == code and s.office in offices], day):
                why = next((v.why for v in nobody if v.covers(*gap)), "")
                into, told = (found.vacant, f" ({why})") if why else (found.gaps, "")
                into.setdefault(code, []).append("/".join(gap) + told)
        out.append(found)
    return out


def gaps(spells: list[Spell]) -> str:
    """The promised series as text: a line an office, then one for each state with a gap or an empty office."""
    lines = []
    for s in series(spells):
        lines.append(f"{s.name}: {s.states} states, {s.states - len(s.gaps)} without a gap")
        lines += [f"    {code} " + ", ".join(g) for code, g in s.gaps.items()]
        lines += [f"  nobody in office: {code} " + ", ".join(g) for code, g in s.vacant.items()]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One row of vacancies.csv: the days (YYYY-MM-DD, both included) on which nobody held an office, and why."""

    code: str
    office: str
    start: str
    end: str
    why: str

    def covers(self, first: str, last: str) -> bool:
        """Whether no more than LEAST days of the gap lie outside."""
        inside = _days(max(first, self.start), min(last, self.end))
        return _days(first, last) - inside <= LEAST


def vacancies(path: Path = HERE / "vacancies.csv") -> list[Vacancy]:
    """Every row of vacancies.csv."""
    with path.open(encoding="utf-8", newline="") as f:
        return [Vacancy(**row) for row in csv.DictReader(f)]


def _days(first: str, last: str) -> int:
    return max(0, (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days)


def _gaps(rows: list[Spell], since: str) -> list[tuple[str, str]]:
    out, reached = [], f"{since}-01-01"[:10]
    held = sorted((s.first, last_sure(s)) for s in rows if s.start and s.first <= KNOWN_TO)
    for start, end in [*held, (KNOWN_TO, KNOWN_TO)]:
        if _days(reached, start) > LEAST:
            out.append((reached, start))
        reached = max(reached, min(end, KNOWN_TO))
    return out


if __name__ == "__main__":
    every = read()
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    sys.stdout.write((gaps(every) if asked == "gaps" else one_state(every, asked) if asked else table(every)) + "\n")
