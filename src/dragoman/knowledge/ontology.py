"""data/ontology: event types, modes, contexts, CAMEO codes, Goldstein values, quad classes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ontology:
    """What data/ontology holds."""


def load_ontology(folder: Path) -> Ontology:
    """Read data/ontology."""
    return Ontology()
