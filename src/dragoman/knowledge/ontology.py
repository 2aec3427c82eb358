"""data/ontology: event types, modes, contexts, CAMEO codes, Goldstein values, quad classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import read_csv, split

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")  # 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's sixteen. score: PLOVER's intensity, from -10 (conflict) to +10 (cooperation)."""

    name: str
    quad: str  # one of QUADS
    score: float
    cameo: str  # the code an event of this type takes when its pattern names none
    about: str
    row: str  # ontology/types/SUPPORT

    @property
    def quad_number(self) -> int:
        """1 to 4, as the exports count."""
        return QUADS.index(self.quad) + 1

    @property
    def cooperative(self) -> bool:
        """On the side of cooperation, verbal or material."""
        return self.quad_number <= 2


@dataclass(frozen=True, slots=True)
class Mode:
    """A PLOVER mode: how a deed of that type was done. score is None where PLOVER gives none."""

    type: str
    name: str
    score: float | None
    about: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A code of CAMEO 1.1b3 with its Goldstein value (its nearest ancestor's where it has none of its own)."""

    code: str
    parent: str | None
    name: str
    goldstein: float
    type: str | None  # the PLOVER type it maps to; None for public statements (01x)
    mode: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """What data/ontology holds."""

    types: Mapping[str, EventType]
    modes: Mapping[tuple[str, str], Mode]  # (type, mode) -> its row
    contexts: Mapping[str, str]  # context -> what it is about
    cameo: Mapping[str, CameoCode]

    def goldstein(self, code: str | None) -> float | None:
        """The Goldstein value of a CAMEO code, or None for no code."""
        return None if code is None else self.cameo[code].goldstein

    def default_code(self, event_type: str, mode: str | None, contexts: tuple[str, ...] = ()) -> str:
        """The most general CAMEO code that maps to a type and mode, preferring one that shares a context."""
        fits = [c for c in self.cameo.values() if c.type == event_type and c.mode == mode and mode is not None]
        if not fits:
            return self.types[event_type].cameo
        return min(fits, key=lambda c: (not set(c.contexts) & set(contexts), len(c.code), c.code)).code


def load_ontology(folder: Path) -> Ontology:
    """Read data/ontology. Raises KnowledgeError when a row names a type, mode or context that is not there."""
    types = {
        r["type"]: EventType(
            r["type"], r["quad"], float(r["score"]), r["cameo"], r["about"], f"ontology/types/{r['type']}"
        )
        for r in read_csv(folder / "types.csv", ("type", "quad", "score", "cameo", "about"))
    }
    modes = {
        (r["type"], r["mode"]): Mode(r["type"], r["mode"], float(r["score"]) if r["score"] else None, r["about"])
        for r in read_csv(folder / "modes.csv", ("type", "mode", "score", "about"))
    }
    contexts = {r["context"]: r["about"] for r in read_csv(folder / "contexts.csv", ("context", "about"))}
    cameo = {}
    for r in read_csv(folder / "cameo.csv", ("code", "parent", "name", "goldstein", "type", "mode", "contexts")):
        code = CameoCode(
            r["code"], r["parent"] or None, r["name"], float(r["goldstein"]), r["type"] or None, r["mode"] or None,
            split(r["contexts"]),
        )  # fmt: skip
        cameo[code.code] = code
    ontology = Ontology(types, modes, contexts, cameo)
    _check(ontology, folder)
    return ontology


def _check(o: Ontology, folder: Path) -> None:
    for t in o.types.values():
        if t.quad not in QUADS:
            raise KnowledgeError(f"{folder}/types.csv: {t.name}: {t.quad!r} is none of {', '.join(QUADS)}")
        if t.cameo not in o.cameo:
            raise KnowledgeError(f"{folder}/types.csv: {t.name}: no CAMEO code {t.cameo}")
    for key, mode in o.modes.items():
        if mode.type not in o.types:
            raise KnowledgeError(f"{folder}/modes.csv: {key}: no type {mode.type}")
    for c in o.cameo.values():
        if c.type is not None and c.type not in o.types:
            raise KnowledgeError(f"{folder}/cameo.csv: {c.code}: no type {c.type}")
        if c.mode is not None and (c.type or "", c.mode) not in o.modes:
            raise KnowledgeError(f"{folder}/cameo.csv: {c.code}: {c.type} has no mode {c.mode}")
        if c.parent is not None and c.parent not in o.cameo:
            raise KnowledgeError(f"{folder}/cameo.csv: {c.code}: no parent {c.parent}")
        for context in c.contexts:
            if context not in o.contexts:
                raise KnowledgeError(f"{folder}/cameo.csv: {c.code}: no context {context}")
