"""The judgement of a whole page: its units, what each was found to be, and the steps in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.knowledge import Knowledge
from dragoman.model import Reason, Report
from dragoman.reading.segment.units import Unit, units


@dataclass(frozen=True, slots=True)
class Label:
    """What a unit is, why, and what it opens ("nothing" | "block" | "letter" | "list")."""

    kind: str
    because: Reason
    opens: str = "nothing"


@dataclass(slots=True)
class Page:
    """One report on its way through the steps of segmenting; lives only within ``segment``.

    labels: by the unit's number; a unit without one is text of the article so far. Steps add labels, and none takes
    another's away.
    """

    report: Report
    known: Knowledge
    units: tuple[Unit, ...]
    labels: dict[int, Label] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report, known: Knowledge) -> Page:
        return cls(report, known, units(report.text))

    @property
    def text(self) -> str:
        return self.report.text

    @property
    def first(self) -> int:
        """The number of the first unit that reads as article text; the number of units when there is none."""
        return next((n for n, u in enumerate(self.units) if u.prose and n not in self.labels), len(self.units))

    @property
    def last(self) -> int:
        """The number of the last unit that reads as article text; -1 when there is none."""
        return next((n for n in range(len(self.units) - 1, -1, -1) if self.units[n].prose and n not in self.labels), -1)

    def label(self, n: int, kind: str, rule: str, saw: str) -> None:
        """Say what unit ``n`` is, unless that is known already."""
        if n not in self.labels:
            self.labels[n] = Label(kind, Reason(rule, saw, self.units[n].span))


Labels = Mapping[int, Label]
