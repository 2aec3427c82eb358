"""How much the curated offices cover, by decade and kind of office.

    python curated/coverage.py            # holders on 1 July of sample years, and spells by decade
    python curated/coverage.py FRA        # who held what in one state, with the days that nobody holds

A spell with an unknown end (last-seen) counts up to the day its holder was last seen and no further.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from build_offices import Spell, outermost, read

YEARS = (1991, 1995, 2000, 2005, 2010, 2015, 2020, 2022, 2023, 2024, 2025)


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


if __name__ == "__main__":
    every = read()
    sys.stdout.write((one_state(every, sys.argv[1]) if len(sys.argv) > 1 else table(every)) + "\n")
