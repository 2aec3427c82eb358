"""data/events/*.yaml: one file a type, patterns with examples and counter-examples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.ontology import Ontology


@dataclass(frozen=True, slots=True)
class EventPatterns:
    """What data/events holds."""


def load_events(folder: Path, ontology: Ontology) -> EventPatterns:
    """Read data/events."""
    return EventPatterns()
