"""data/speech."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Speech:
    """What data/speech holds."""


def load_speech(folder: Path) -> Speech:
    """Read data/speech."""
    return Speech()
