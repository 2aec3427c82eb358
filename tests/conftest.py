"""What the tests share: one loaded reader, and a loud skip where ../shared is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import Reader
from dragoman import knowledge as knowledge_files
from dragoman.knowledge import Knowledge
from dragoman.reading.events import find_events

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Every knowledge table, loaded once."""
    return knowledge_files.load()


@pytest.fixture(scope="session")
def nlp_reader(knowledge: Knowledge) -> Reader:
    """A Reader with the real model, loaded once."""
    return Reader(knowledge=knowledge)


@pytest.fixture(scope="session")
def pattern_reader(nlp_reader: Reader) -> Reader:
    """The same without the relation model: patterns alone tell events."""
    return Reader(knowledge=nlp_reader.knowledge, parse=nlp_reader.parse, find_events=find_events)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds and measuring sets beside the repository; a test that needs it skips where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip(f"NOT RUN: needs {SHARED}, which is not here")
    return SHARED
