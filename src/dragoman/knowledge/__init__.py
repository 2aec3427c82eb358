"""Opens data/ once, validates it, hands out frozen tables.

Each area has one module here that turns its files into frozen values; nothing is loaded at import.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.actors import ActorTables, load_actors
from dragoman.knowledge.calendar import CalendarWords, load_calendar
from dragoman.knowledge.events import EventPatterns, load_events
from dragoman.knowledge.furniture import FurniturePhrases, load_furniture
from dragoman.knowledge.ontology import Ontology, load_ontology
from dragoman.knowledge.places import PlaceTables, load_places
from dragoman.knowledge.speech import Speech, load_speech

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All tables, and the digest of the files they came from."""

    ontology: Ontology
    actors: ActorTables
    speech: Speech
    events: EventPatterns
    furniture: FurniturePhrases
    calendar: CalendarWords
    places: PlaceTables
    digest: str  # first 12 hex digits of SHA-256 over names and contents of all files under data/


def load(folder: Path = DATA, own_actors: Sequence[Path] = ()) -> Knowledge:
    """Read every table under ``folder``; rows of ``own_actors`` win over ours.

    Raises KnowledgeError naming the file and the entry that is wrong.
    """
    collecting = gc.isenabled()
    gc.disable()  # all that is made here stays: looking for rubbish among it takes a fifth of the time
    try:
        ontology = load_ontology(folder / "ontology")
        return Knowledge(
            ontology=ontology,
            actors=load_actors(folder / "actors", own_actors),
            speech=load_speech(folder / "speech"),
            events=load_events(folder / "events", ontology),
            furniture=load_furniture(folder / "furniture"),
            calendar=load_calendar(folder / "calendar"),
            places=load_places(folder / "places"),
            digest=digest(folder, own_actors),
        )
    finally:
        if collecting:
            gc.enable()


def digest(folder: Path, more: Sequence[Path] = ()) -> str:
    """A short name for the state of the knowledge files. The columns of export formats are no part of a reading."""
    h = hashlib.sha256()
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md" and "formats" not in p.parts)
    for path in [*files, *more]:
        h.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return h.hexdigest()[:12]
