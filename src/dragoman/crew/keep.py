"""Inputs -> readings in several processes, into a record. What :func:`dragoman.record.read_all` does in one."""

from __future__ import annotations

from collections.abc import Container, Generator, Iterable, Mapping

from dragoman.crew.crew import Crew, Limits
from dragoman.crew.given_up import GIVEN_UP, QUESTION, tried
from dragoman.crew.recipe import NoReader, Recipe
from dragoman.crew.worker import Known, Result
from dragoman.intake import Item
from dragoman.model import Failure, Report
from dragoman.record import Outcome, Record
from dragoman.record.prepared import Prepared
from dragoman.record.record import BATCH_REPORTS


def read_in_crew(
    recipe: Recipe,
    items: Iterable[Item],
    record: Record | None = None,
    *,
    workers: int,
    limits: Limits | None = None,
    again: bool = False,
    batch: int = BATCH_REPORTS,
) -> Generator[Outcome, None, None]:
    """Read every input; outcomes come in order, and rows are the same whatever the number of workers.

    recipe: makes the reader; called in another process, so it is a function of a module, or a partial of one.
    record, again, batch: as :func:`dragoman.record.read_all` has them. Raises RecordError, and DragomanError where no
    reader can be made.
    """
    limits = limits or Limits()
    if record is None:
        with Crew(recipe, workers, limits, keep=False) as crew:
            yield from (_outcome(result, crew.version, {}) for result in crew.results(items))
        return
    known = record.versions()
    wanted: Container[str] | None = None if again else known
    before = {} if again else tried(record.sql(QUESTION))
    told = {given.source for given in before.values()}
    with record.writer(reports=batch) as writer, Crew(recipe, workers, limits, wanted, tried=before) as crew:
        for result in crew.results(items):
            outcome = _outcome(result, crew.version, known)
            if outcome.failure is not None:
                if not (outcome.source in told and GIVEN_UP in outcome.failure.message):  # the record has it
                    writer.add_failure(outcome.failure)
            elif outcome.fresh is not None:
                writer.add(outcome.fresh)
                known[outcome.fresh.report] = outcome.fresh.version
            yield outcome


def take_in_crew(items: Iterable[Item], *, workers: int, limits: Limits | None = None) -> Generator[Report, None, None]:
    """The reports among the inputs, as text, in order."""
    with Crew(NoReader, workers, limits or Limits(), read=False) as crew:
        yield from (result for result in crew.results(items) if isinstance(result, Report))


def _outcome(result: Result, version: str, known: Mapping[str, str]) -> Outcome:
    if isinstance(result, Failure):
        return Outcome(result.source, failure=result)
    if isinstance(result, Known):
        return Outcome(result.source, already=result.report, other_version=known[result.report] != version)
    assert isinstance(result, Prepared)
    return Outcome(result.source, fresh=result)
