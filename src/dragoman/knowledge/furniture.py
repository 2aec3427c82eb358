"""data/furniture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FurniturePhrases:
    """What data/furniture holds."""


def load_furniture(folder: Path) -> FurniturePhrases:
    """Read data/furniture."""
    return FurniturePhrases()
