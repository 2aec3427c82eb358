"""Which reports a record has, and which version of dragoman read each: asked of every report that is to be read."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

import numpy as np

from dragoman.record.query import Questions


class Versions(MutableMapping[str, str]):
    """A report's id -> the version that read it, of all reports of a record, and of those that are added to it.

    Of two million reports a dict of texts would take some 400 MB and seconds to make. Ids are 64 bits of a hash: they
    are held as numbers, in order, with a number for each version, which takes 32 MB.
    """

    def __init__(self, questions: Questions) -> None:
        """Of the reports that the record has now. Raises RecordError."""
        held = questions.stream(
            "SELECT ('0x' || report)::UBIGINT AS report, hash(version) AS version FROM articles ORDER BY report"
        ).fetchnumpy()
        self._reports, self._versions = held["report"], held["version"]
        self._names = {r["n"]: r["version"] for r in questions.named("versions")}
        self._added: dict[str, str] = {}
        self._more = 0  # of those added, which the record did not have

    def _at(self, report: str) -> int | None:
        number = np.uint64(int(report, 16))
        at = int(np.searchsorted(self._reports, number))
        return at if at < len(self._reports) and self._reports[at] == number else None

    def __getitem__(self, report: str) -> str:
        if report in self._added:
            return self._added[report]
        at = self._at(report)
        if at is None:
            raise KeyError(report)
        return str(self._names[int(self._versions[at])])

    def __setitem__(self, report: str, version: str) -> None:
        self._more += report not in self
        self._added[report] = version

    def __delitem__(self, report: str) -> None:
        raise TypeError("A record's reports are forgotten by Record.forget")

    def __contains__(self, report: object) -> bool:
        return report in self._added or (isinstance(report, str) and self._at(report) is not None)

    def __len__(self) -> int:
        return len(self._reports) + self._more

    def __iter__(self) -> Iterator[str]:
        held = (f"{number:016x}" for number in self._reports.tolist())
        yield from (report for report in held if report not in self._added)
        yield from self._added
