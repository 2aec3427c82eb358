"""The judgement of a whole page: its units, what each was found to be, and the steps in their order."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.knowledge import Knowledge
from dragoman.knowledge.furniture import Phrase
from dragoman.model import Reason, Report, Span
from dragoman.reading.segment.units import Unit, units


@dataclass(frozen=True, slots=True)
class Label:
    """What a unit is, why, and what it opens ("nothing" | "block" | "letter" | "list")."""

    kind: str
    because: Reason
    opens: str = "nothing"
    skip: int = 0  # so many characters at its head are furniture ("Subject: ")


@dataclass(slots=True)
class Page:
    """One report on its way through the steps of segmenting; lives only within ``segment``.

    labels: by the unit's number; a unit without one is text of the article so far. Steps add labels, and none takes
    another's away.
    """

    report: Report
    known: Knowledge
    units: tuple[Unit, ...]
    repeated: frozenset[str] = frozenset()  # keys of the lines that other reports of its publisher have too
    labels: dict[int, Label] = field(default_factory=dict)
    credits: dict[int, tuple[Phrase, Span]] = field(default_factory=dict)  # of units that end in one, by number
    # Labels are only ever added, so these two only ever move inwards.
    _first: int = 0
    _last: int = -1

    def __post_init__(self) -> None:
        self._last = len(self.units) - 1

    @classmethod
    def of(cls, report: Report, known: Knowledge, repeated: frozenset[str] = frozenset()) -> Page:
        return cls(report, known, units(report.text), repeated)

    @property
    def text(self) -> str:
        return self.report.text

    @property
    def first(self) -> int:
        """The number of the first unit that reads as article text; the number of units when there is none."""
        while self._first < len(self.units) and not self._article(self._first):
            self._first += 1
        return self._first

    @property
    def last(self) -> int:
        """The number of the last unit that reads as article text; -1 when there is none."""
        while self._last >= 0 and not self._article(self._last):
            self._last -= 1
        return self._last

    def _article(self, n: int) -> bool:
        return self.units[n].prose and n not in self.labels

    def label(self, n: int, kind: str, rule: str, saw: str) -> None:
        """Say what unit ``n`` is, unless that is known already."""
        if n not in self.labels:
            self.labels[n] = Label(kind, Reason(rule, saw, self.units[n].span))
