"""What the pages and the interface share: the record, the templates, the rules that explain, the place to add."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dragoman import knowledge
from dragoman.explain import Rule, Rulebook
from dragoman.knowledge.actors import ActorTables, load_actors
from dragoman.web.adding import Adding
from dragoman.web.books import Shelf
from dragoman.web.templating import Pages


class Remembered(Rulebook):
    """A rulebook that looks a rule up once: a table's row takes milliseconds to find."""

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Rule | None] = {}

    def find(self, address: str) -> Rule | None:
        """The rule at ``address``, or None."""
        if address not in self._found:
            self._found[address] = super().find(address)
        return self._found[address]


@dataclass(frozen=True)
class House:
    """One running server's things. adding: None where nothing may be added."""

    shelf: Shelf
    pages: Pages
    rules: Rulebook
    adding: Adding | None

    @functools.cached_property
    def actors(self) -> ActorTables:
        """The tables of states and offices, loaded when somebody first asks."""
        return load_actors(knowledge.DATA / "actors")

    @functools.cached_property
    def names(self) -> dict[str, str]:
        """Code -> the name of its state, body or group."""
        tables = self.actors
        states = tables.countries.values()
        others = (r for r in tables.by_row.values() if r.code not in tables.countries)
        return {r.code: r.name for r in (*others, *states)}
