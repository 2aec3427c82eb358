"""data/places: towns and regions, and the states in which they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import read_yaml


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
    """Read data/places. Raises KnowledgeError for a line without three columns or a spelling of an unknown town."""
    named: dict[str, list[Town]] = {}
    path = folder / "cities.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as e:
        raise KnowledgeError(f"{path}: {e.strerror or e}") from e
    for number, row in enumerate(lines, start=1):
        cells = row.split("\t")
        if len(cells) != 3 or not cells[2].isdigit():
            raise KnowledgeError(f"{path} line {number}: needs a name, a state and a number, parted by tabs")
        name, state, people = cells
        named.setdefault(name, []).append(Town(name, state, int(people) or 1))
    path = folder / "spellings.yaml"
    for spelt, (name, state) in read_yaml(path).items():
        towns = [t for t in named.get(name, ()) if t.state == state]
        if not towns:
            raise KnowledgeError(f"{path}: {spelt}: no town {name} in {state} in cities.tsv")
        if spelt != name:
            named.setdefault(spelt, []).append(towns[0])
    for name, state in read_yaml(folder / "regions.yaml").items():
        named.setdefault(name, []).insert(0, Town(name, state, 0))
    first = frozenset(name.replace("-", " ").replace("'", " ").split(" ", 1)[0] for name in named)
    ordered = {n: tuple(sorted(ts, key=lambda t: (t.people > 0, -t.people, t.state))) for n, ts in named.items()}
    return PlaceTables(ordered, first)
