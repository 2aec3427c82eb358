"""Inputs -> readings, one after the other, into a record: what is there already is not read again."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any

from dragoman.model import Failure, Reading, Report
from dragoman.record.one import read_one
from dragoman.record.prepared import Prepared, prepared
from dragoman.record.record import BATCH_REPORTS, Record, Writer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: exactly one of ``fresh``, ``failure`` and ``already`` says something."""

    source: str
    fresh: Prepared | None = None  # a reading that was made now
    failure: Failure | None = None
    already: str | None = None  # id of the report that the record had
    other_version: bool = False  # ... as another version of dragoman read it

    @property
    def object(self) -> dict[str, Any] | None:
        """The contract's object of a fresh reading."""
        return None if self.fresh is None else self.fresh.object


def read_all(
    read: Callable[[Report], Reading],
    items: Iterable[Report | Failure],
    record: Record | None = None,
    *,
    again: bool = False,
    version: str | None = None,
    batch: int = BATCH_REPORTS,
) -> Generator[Outcome, None, None]:
    """Read every input in order; one that fails never stops the rest.

    record: keep everything there, and do not read what it holds, unless ``again``. version: what the readings will
    carry, to tell which of those in the record are another's. batch: reports in one commit. Raises RecordError.
    """
    if record is None:
        yield from (_outcome(read, item) for item in items)
        return
    known = record.versions()
    with record.writer(reports=batch) as writer:
        for item in items:
            if isinstance(item, Report) and item.id in known and not again:
                yield Outcome(item.source, already=item.id, other_version=version not in (None, known[item.id]))
                continue
            outcome = _outcome(read, item, writer)
            if outcome.fresh is not None:
                known[outcome.fresh.report] = outcome.fresh.version
            yield outcome


def _outcome(read: Callable[[Report], Reading], item: Report | Failure, writer: Writer | None = None) -> Outcome:
    got = item if isinstance(item, Failure) else read_one(read, item)
    if isinstance(got, Failure):
        if writer is not None:
            writer.add_failure(got)
        return Outcome(got.source, failure=got)
    fresh = prepared(got, keep=writer is not None)
    if writer is not None:
        writer.add(fresh)
    return Outcome(got.report.source, fresh=fresh)
