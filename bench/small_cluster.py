"""A Ray cluster of several machines in this one, for the tests and the bench, and a reader that takes no time.

The reader's recipe goes to the cluster's processes by its name, so this file is to be on their path (``inherited``).
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.model import (
    Actor,
    Cast,
    Dated,
    Event,
    Interval,
    Mention,
    Party,
    Quote,
    Reading,
    Reason,
    Report,
    Segment,
    Span,
)

MARK = "DRAGOMAN_CLUSTER"  # in the environment: tells our cluster's processes from those of others
MEMORY = 80 * 2**20  # bytes of each machine's object store: what is read does not go through it
BECAUSE = Reason("code:intake.take", "made up")


def inherited(path: Sequence[str]) -> dict[str, str]:
    """What the cluster's processes find in their environment. path: the folders that they import from."""
    return {
        MARK: str(os.getpid()),
        "PYTHONPATH": os.pathsep.join(path),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_worker_niceness": "0",  # else workers wait for whatever else the machine does
    }


def machine(processors: int = 1) -> dict[str, Any]:
    """One machine of the cluster."""
    return {"num_cpus": processors, "object_store_memory": MEMORY, "include_dashboard": False}


def workers() -> list[int]:
    """The processes of our cluster that read."""
    own, some = f"{MARK}={os.getpid()}".encode(), []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            reads = (place / "cmdline").read_bytes().startswith(b"ray::MapWorker")
            if reads and own in (place / "environ").read_bytes().split(b"\0"):
                some.append(int(place.name))
        except OSError:  # it has ended meanwhile
            continue
    return some


class Stub:
    """An actor, an event and a quotation a report, of its first words.

    POISON in a text ends the process, ERROR makes it fail, SLOW takes 20 ms.
    """

    version = "stub 1"

    def read(self, report: Report) -> Reading:
        """As long as the text says; else some microseconds."""
        text = report.text
        if "POISON" in text:
            os.abort()
        if "ERROR" in text:
            raise ValueError("made up")
        if "SLOW" in text:
            time.sleep(0.02)
        first, begin, whole = Span(0, max(1, text.find(" "))), Span(0, min(80, len(text))), Span(0, len(text))
        actor = Actor("a1", first.of(text), "NOR", mentions=(Mention(first, "name", BECAUSE),))
        event = Event(
            f"{report.id}-e1", "CONSULT", None, (), "040", 1.0, "verbal cooperation", "asserted",
            (Party(first, "a1"),), (), None, None, None, begin, first, None, 0.5, (BECAUSE,),
        )  # fmt: skip
        quote = Quote(
            f"{report.id}-q1", "indirect", (begin,), None, Party(first, "a1"), (), None, None, 0.5, (BECAUSE,)
        )
        dated = Dated(Interval(report.published, report.published))
        body = Segment(whole, "body", BECAUSE)
        return Reading(report, (body,), dated, Cast((actor,)), (quote,), (event,), (), self.version)


def stub() -> Stub:
    """The recipe."""
    return Stub()
