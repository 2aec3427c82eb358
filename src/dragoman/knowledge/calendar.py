"""data/calendar."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What data/calendar holds."""


def load_calendar(folder: Path) -> CalendarWords:
    """Read data/calendar."""
    return CalendarWords()
