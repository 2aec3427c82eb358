"""data/places: towns and regions, and the states in which they lie."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import read_csv


class Town(NamedTuple):
    """A town or region by the name it goes by, its state (ISO 3166-1 alpha-3) and thousands of people.

    A named tuple, not a dataclass, as 38,000 of them are made at every start.
    """

    name: str
    state: str
    people: int  # 0 for a region

    @property
    def row(self) -> str:
        """Where it stands: places/cities/UKR/Kyiv."""
        return f"places/{'cities' if self.people else 'regions'}/{self.state}/{self.name}"


@dataclass(frozen=True, slots=True)
class PlaceTables:
    """What data/places holds."""

    named: Mapping[str, tuple[Town, ...]]  # spelling -> all that bear it, the largest first; a region before towns
    first: frozenset[str]  # first words of all names, by which most words are soon passed over

    def __contains__(self, name: str) -> bool:
        return name in self.named


def load_places(folder: Path) -> PlaceTables:
    """Read data/places. Raises KnowledgeError for a line that lacks a column, or a spelling of an unknown town."""
    named: dict[str, list[Town]] = {}
    path = folder / "cities.csv"
    try:
        with path.open(encoding="utf-8", newline="") as f:
            reader = csv.reader(f)
            next(reader, None)
            for state, name, people in reader:
                named.setdefault(name, []).append(Town(name, state, int(people) or 1))
    except OSError as e:
        raise KnowledgeError(f"{path}: {e.strerror or e}") from e
    except ValueError as e:
        raise KnowledgeError(f"{path} line {reader.line_num}: needs a state, a name and a number") from e
    path = folder / "spellings.csv"
    for row in read_csv(path, ("spelling", "name", "state")):
        towns = [t for t in named.get(row["name"], ()) if t.state == row["state"]]
        if not towns:
            raise KnowledgeError(f"{path}: {row['spelling']}: no {row['name']} in {row['state']} in cities.csv")
        if row["spelling"] != row["name"]:
            named.setdefault(row["spelling"], []).append(towns[0])
    for row in read_csv(folder / "regions.csv", ("state", "name")):
        named.setdefault(row["name"], []).insert(0, Town(row["name"], row["state"], 0))
    first = frozenset(name.replace("-", " ").replace("'", " ").split(" ", 1)[0] for name in named)
    ordered = {n: tuple(sorted(ts, key=lambda t: (t.people > 0, -t.people, t.state))) for n, ts in named.items()}
    return PlaceTables(ordered, first)
