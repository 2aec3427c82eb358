"""Where a report's rows lie: in which file of a table, and from which row of it on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.generic]
# So many reports that came later are looked up one by one before they are sorted in among the others.
LATER = 20_000


class Places:
    """The places of one table's reports: 16 bytes each, in arrays sorted by report; more of those that came later."""

    def __init__(self) -> None:
        self._files: list[str] = []
        empty = np.empty(0, np.uint64), np.empty(0, np.uint32), np.empty(0, np.uint32)
        self._sorted: tuple[Numbers, Numbers, Numbers] = empty
        self._later: dict[int, tuple[int, int]] = {}

    def add(self, parts: Sequence[tuple[str, Numbers, Numbers]]) -> None:
        """Files: the path, the reports, their first rows. What a later one tells of a report is what counts."""
        first = len(self._files)
        self._files += [path for path, _, _ in parts]
        if sum(len(reports) for _, reports, _ in parts) + len(self._later) <= LATER:
            for n, (_, reports, rows) in enumerate(parts, first):
                self._later |= {int(r): (n, int(row)) for r, row in zip(reports, rows, strict=True)}
            return
        later = self._later
        more = [
            (np.fromiter(later, np.uint64), np.array([n for n, _ in later.values()], np.uint32),
             np.array([row for _, row in later.values()], np.uint32)),
            *((reports, np.full(len(reports), n, np.uint32), rows)
              for n, (_, reports, rows) in enumerate(parts, first)),
        ]  # fmt: skip
        kinds = (np.uint64, np.uint32, np.uint32)
        reports, numbers, rows = (
            np.concatenate([column, *(m[i] for m in more)]).astype(kind)
            for i, (column, kind) in enumerate(zip(self._sorted, kinds, strict=True))
        )
        order = np.argsort(reports, kind="stable")
        reports, numbers, rows = reports[order], numbers[order], rows[order]
        last = np.append(reports[1:] != reports[:-1], True) if len(reports) else np.empty(0, bool)
        # One after the other: whoever looks up meanwhile finds the report in either.
        self._sorted = reports[last], numbers[last], rows[last]
        self._later = {}

    def of(self, report: int) -> tuple[str, int] | None:
        """The file and the first row of a report; None where it has none, or its rows do not lie together."""
        later = self._later.get(report)
        if later is not None:
            return self._files[later[0]], later[1]
        reports, numbers, rows = self._sorted
        n = int(np.searchsorted(reports, np.uint64(report)))
        if n == len(reports) or int(reports[n]) != report:
            return None
        return self._files[int(numbers[n])], int(rows[n])
