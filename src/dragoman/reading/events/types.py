"""What the steps of the stage hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.knowledge.events import EventPatterns, Occasion, Pattern
from dragoman.knowledge.ontology import Ontology
from dragoman.model import Actor, Cast, Party, Reason, Span, When
from dragoman.reading.events.predicates import Predicate
from dragoman.reading.parse import Passage
from dragoman.reading.places import Place

Found = tuple[tuple[Party, Actor], ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a matcher looks at: one passage, who is in it, and the patterns."""

    passage: Passage
    cast: Cast
    known: EventPatterns
    ontology: Ontology
    text: str = ""  # the report's
    before: tuple[Deed, ...] = ()  # what the report has told so far, in order
    rounds: tuple[Open, ...] = ()  # rounds of messages that are under way
    places: Mapping[int, Place] = field(default_factory=dict)
    year: int = 1995  # the report's; where it is not known, so that all before 1946 is history


@dataclass(frozen=True, slots=True)
class Deed:
    """An event in the making."""

    type: str
    mode: str | None
    cameo: str
    contexts: tuple[str, ...]
    status: str
    source: Found
    target: Found
    predicate: Predicate
    trigger: Span
    parts: tuple[Span, ...]  # what the evidence must cover
    confidence: float
    trail: tuple[Reason, ...]
    pattern: Pattern
    same: bool = False
    open_target: bool = False
    mutual: bool = False
    occasion: str | None = None
    home: bool = False  # what a state does to its own people, of whom no body is named
    unsaid: bool = False  # a side is meant, not named in the clause


@dataclass(frozen=True, slots=True)
class Open:
    """A round of messages that is under way in the report: who sends, who receives, and the occasion."""

    sender: Found
    receivers: frozenset[str | None]  # codes
    occasion: Occasion
    when: When | None = None  # the day of the message that opened the round
