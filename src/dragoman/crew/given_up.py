"""What was given up is not tried again by the same version of dragoman: who gave up on what stands in the failure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.intake import Item, Raw
from dragoman.model import Failure, Report

# What asks the record for failures that such a note may stand in.
QUESTION = """
    SELECT source, kind, message FROM failures
    WHERE kind IN ('too-slow', 'memory', 'crash') AND contains(message, ' Tried: ')
"""
GIVEN_UP = "was given up before"
NOTE = re.compile(r" Tried: (\S+) by (.+)\.\Z")
SECONDS = re.compile(r" took more than ([\d.e+]+) seconds")


@dataclass(frozen=True, slots=True)
class GivenUp:
    """One failure of before. seconds: the limit that was too little; None where it was none of time."""

    source: str
    kind: str
    seconds: float | None = None

    def holds(self, seconds: float) -> bool:
        """Whether another try would end alike with a limit of so many seconds, 0 for none."""
        return self.seconds is None or 0 < seconds <= self.seconds


def mark_of(item: Item, report: str | None) -> str | None:
    """What stands for a text: its report's id; of what could not be made into text its bytes."""
    if report is not None or isinstance(item, Report):
        return report or (item.id if isinstance(item, Report) else None)
    content = getattr(item.content, "body", item.content) if isinstance(item, Raw) else None
    return f"raw-{hashlib.sha256(content).hexdigest()[:16]}" if isinstance(content, bytes) else None


def noted(failure: Failure, mark: str, version: str) -> Failure:
    """The failure with who gave up on what, so that :func:`tried` finds it."""
    return Failure(failure.source, failure.kind, f"{failure.message} Tried: {mark} by {version}.")


def tried(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], GivenUp]:
    """What the record's failures (QUESTION) say was given up, by mark and version; of several limits the greatest."""
    out: dict[tuple[str, str], GivenUp] = {}
    for row in rows:
        message = row["message"].removeprefix(row["source"])
        note, limit = NOTE.search(message), SECONDS.match(message)
        if note is None:
            continue
        found = GivenUp(row["source"], row["kind"], float(limit[1]) if limit else None)
        before = out.get((note[1], note[2]))
        if before is None or (before.seconds or 0.0) < (found.seconds or 0.0):
            out[note[1], note[2]] = found
    return out


def again(source: str, before: GivenUp) -> Failure:
    """The failure of an input that is not tried anew."""
    other = "" if before.source == source else f", as {before.source}"
    longer = ", and so does a greater --limit" if before.seconds is not None else ""
    return Failure(
        source, before.kind, f"{source} {GIVEN_UP}{other} ({before.kind}), by this version of dragoman. "
        f"--again tries it anew{longer}.",
    )  # fmt: skip
