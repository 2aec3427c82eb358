"""Lines that reports of one publisher share: what stands around its articles.

What is repeated is found out over all reports beforehand and handed to the stage, which stays a function of one report
and of what it is given: in which order reports come changes nothing. See docs/decisions/0003-repeated-lines.md.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dragoman.model import Report
from dragoman.reading.segment.blocks import voice
from dragoman.reading.segment.page import Page
from dragoman.reading.segment.units import WORD, units

# Of so many reports of a publisher. Two may be versions of one story, and a line of three is hardly chance.
LEAST = 3
# Longer lines are told of in articles (a standing paragraph of background), and left to the other steps.
WORDS = 60
# Above the first paragraph a longer line may be the headline of a story that was published several times.
ABOVE = 5


@dataclass(frozen=True, slots=True)
class Repeated:
    """By publisher (casefolded), the keys of the lines that its reports share."""

    lines: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, report: Report) -> frozenset[str]:
        """The shared lines of this report's publisher; none where the report names none."""
        return self.lines.get((report.publisher or "").casefold(), frozenset())

    @property
    def digest(self) -> str:
        """The first 12 hex digits of a SHA-256 over all lines."""
        told = "\n".join(f"{name}\t{key}" for name in sorted(self.lines) for key in sorted(self.lines[name]))
        return hashlib.sha256(told.encode()).hexdigest()[:12]


NONE = Repeated()


def repeated_lines(reports: Iterable[Report]) -> Repeated:
    """The lines that stand in three or more different reports of one publisher. Holds the lines, not the reports."""
    seen: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for report in reports:
        if report.publisher:
            own = seen[report.publisher.casefold()]
            for unit in units(report.text):
                if 0 < unit.words <= WORDS:
                    own[unit.key].add(report.id)
    return Repeated(
        {
            name: frozenset(key for key, ids in lines.items() if len(ids) >= LEAST)
            for name, lines in sorted(seen.items())
        }
    )


def label_repeated(page: Page) -> None:
    """A line that other reports of its publisher have too.

    Not the title, nor a longer line above the first paragraph, which may be the headline of a story published again; a
    sentence only when it speaks to the reader as "we" or "you": a paragraph of background comes again and is read.
    """
    title = " ".join(WORD.findall((page.report.title or "").casefold()))
    first = page.first
    for n, unit in enumerate(page.units):
        if unit.key not in page.repeated or unit.key == title or (n < first and unit.words > ABOVE):
            continue
        if (unit.prose or unit.closed) and not voice(unit):
            continue
        page.label(
            n, "furniture", "code:segment.repeated.label_repeated", "stands in other reports of its publisher too"
        )
