"""The cluster at work: shards dealt out over Ray Data. The only file that imports Ray."""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.cluster.shards import SHARD_BYTES, Shard, newlines, numbered, packed, shards, unpacked
from dragoman.cluster.worker import BATCH_REPORTS, BATCH_SECONDS, COUNTED, PAUSE, Done, InCrew, ShardReader
from dragoman.crew.crew import Limits
from dragoman.crew.recipe import Recipe, house_reader
from dragoman.errors import UsageError
from dragoman.record.record import Record
from dragoman.record.store import LAST, Store

# How often a shard is begun whose worker, or its machine, is lost. One that takes every worker with it is left out.
LOST = 8
# Up to so many bytes lines are counted here: reading them takes some seconds, starting workers for it longer.
COUNTED_HERE = 2**32
# Shards that wait at a worker, so that it does not wait for the next one.
WAITING = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What every worker is told.

    recipe: makes the reader, in a process beside the worker's; a function of a module, or a partial of one. again: the
    name of a run that reads anew what the record has. workers: None for one on each processor of the cluster. size:
    bytes of a shard. reports, seconds: after which a worker commits. pause: seconds after a first failed commit. lost:
    how often a shard is begun at most.
    """

    to: str
    recipe: Recipe = house_reader
    limits: Limits = field(default_factory=Limits)
    again: str = ""
    workers: int | None = None
    size: int = SHARD_BYTES
    reports: int = BATCH_REPORTS
    seconds: float = BATCH_SECONDS
    pause: float = PAUSE
    lost: int = LOST


class Beginnings:
    """Counts how often each shard was begun, outside the workers, which may be lost over one."""

    def __init__(self) -> None:
        self._counts = Counter[str]()

    def begin(self, name: str) -> int:
        """How often it was begun by now."""
        self._counts[name] += 1
        return self._counts[name]


class Worker:
    """One process of the cluster; Ray makes it, hands it shards, and makes it anew when it is lost."""

    def __init__(self, plan: Plan, known: Any, beginnings: Any) -> None:
        """known: where the sorted ids of the reports that the record has are held, once a machine."""
        import ray

        self._beginnings, self._lost = beginnings, plan.lost
        ids = np.empty(0, np.uint64) if known is None else ray.get(known)

        def has(report: str) -> bool:
            value = np.uint64(int(report, 16))
            at = int(np.searchsorted(ids, value))
            return at < len(ids) and bool(ids[at] == value)

        self._reader = ShardReader(
            plan.to, InCrew(plan.recipe, plan.limits), known=has, again=plan.again,
            reports=plan.reports, seconds=plan.seconds, pause=plan.pause,
        )  # fmt: skip

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        return {
            "done": np.array([json.dumps(asdict(self._one(unpacked(text)))) for text in batch["shard"]], dtype=object)
        }

    def _one(self, shard: Shard) -> Done:
        import ray

        begun = ray.get(self._beginnings.begin.remote(shard.name))
        if begun > self._lost:
            return Done(shard.name, str(shard), error=f"the worker that read it was lost {self._lost} times")
        try:
            return self._reader.read(shard)
        except Exception as e:
            what = f"{type(e).__name__}: {' '.join(str(e).split())}"[:300]
            return Done(shard.name, str(shard), error=f"{what}. A defect of dragoman: please report it with this text")


def start(address: str | None) -> None:
    """Join the cluster at ``address``; without one, start one on this machine. Raises UsageError.

    Ray reports nothing about its use to its makers: dragoman asks the network for nothing that it was not told to ask.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # a lost worker is Ray's everyday and no news for a reader
    try:
        import ray
    except ImportError as e:
        raise UsageError("--ray needs Ray. Install it: pip install 'dragoman[ray]'") from e
    if ray.is_initialized():
        return
    try:
        ray.init(address=address or "local", include_dashboard=None if address else False, log_to_driver=False,
                 logging_level=logging.ERROR)  # fmt: skip
    except (ConnectionError, ValueError, RuntimeError) as e:
        where = f"{address}: no Ray cluster answers there" if address else "Ray cannot be started on this machine"
        raise UsageError(f"{where}: {' '.join(str(e).split())[:200]}") from e


def read_shards(plan: Plan, dealt: Sequence[Shard]) -> Iterator[Done]:
    """Have all shards read; what became of each, in the order in which they end. :func:`start` comes first."""
    import ray
    import ray.data

    _quiet()
    store = Store(plan.to)
    ids = None if plan.again else known_ids(store)
    counted = _counted([s for s in dealt if s.end is not None])
    dealt = numbered(dealt, [counted.get(s.name) for s in dealt])
    waiting = {s.name: s for s in dealt}
    if dealt:
        workers = plan.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        data = ray.data.from_items([{"shard": packed(s)} for s in dealt], override_num_blocks=len(dealt))
        read = data.map_batches(
            Worker,
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(
                min_size=1, max_size=min(workers, len(dealt)), max_tasks_in_flight_per_actor=WAITING
            ),
            fn_constructor_args=[
                plan,
                None if ids is None or not len(ids) else ray.put(ids),
                ray.remote(num_cpus=0)(Beginnings).options(max_restarts=-1, max_task_retries=-1).remote(),
            ],
            num_cpus=1,
        )
        for row in read.iter_rows():
            done = Done(**json.loads(row["done"]))
            waiting.pop(done.shard, None)
            yield done
    for name, shard in waiting.items():
        yield Done(name, str(shard), error="no worker answered for it")


def known_ids(store: Store) -> Any:
    """The ids of all reports in the record, as numbers in order: 8 bytes each."""
    pieces = [np.array([int(i, 16) for i in piece], np.uint64) for piece in store.column(LAST, "report")]
    return np.unique(np.concatenate([np.empty(0, np.uint64), *pieces]))


def deal(paths: Sequence[str], plan: Plan, published: Any = None) -> list[Shard]:
    """The shards of the inputs, and the record made that they go to. Raises RecordError, UsageError."""
    if "://" in plan.to:
        Store(plan.to).create()
    else:
        Record(Path(plan.to), create=True)
    return list(shards(paths, published=published, size=plan.size))


def _counted(parts: Sequence[Shard]) -> dict[str, int]:
    """How many lines end in each part of a file, by the part's name."""
    import ray.data

    if sum((s.end or 0) - s.start for s in parts) <= COUNTED_HERE:
        return {s.name: _lines(s) for s in parts}
    found = ray.data.from_items([{"shard": packed(s)} for s in parts], override_num_blocks=len(parts)).map(_count)
    return {row["name"]: row["lines"] for row in found.iter_rows()}


def _count(row: dict[str, Any]) -> dict[str, Any]:
    shard = unpacked(row["shard"])
    return {"name": shard.name, "lines": _lines(shard)}


def _lines(shard: Shard) -> int:
    """How many lines end in it; none where it cannot be read, which whoever reads it will say."""
    try:
        return newlines(shard)
    except OSError:
        return 0


def _quiet() -> None:
    """Ray's own bars and notes are about its operators, not about reports."""
    import ray.data

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.max_errored_blocks = -1  # a shard that takes its workers with it is listed, and the others are read
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)


def summed(done: Sequence[Done]) -> Done:
    """All of them as one."""
    return Done("", "", **{name: sum(getattr(one, name) for one in done) for name in COUNTED})
