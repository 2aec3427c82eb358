"""How workers come by their reader. A recipe goes to another process by its name, so it is a function of a module."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from dragoman.model import Reading, Report
    from dragoman.reading.segment import Repeated


class Reads(Protocol):
    """What a recipe makes. With ``read_many`` besides, several reports are read at once."""

    version: str

    def read(self, report: Report) -> Reading: ...


Recipe = Callable[[], Reads]


def house_reader(own_actors: Sequence[Path] = (), shared: Repeated | None = None) -> Any:
    """Our own Reader, loaded. Raises KnowledgeError where a table of ``own_actors`` is broken."""
    from dragoman import knowledge
    from dragoman.reader import Reader

    return Reader(knowledge=knowledge.load(own_actors=own_actors), shared=shared)


class NoReader:
    """For workers that only make text of what was found."""

    version = ""

    def read(self, report: Report) -> Reading:
        raise NotImplementedError(report.source)
