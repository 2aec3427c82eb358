"""Where a deed was done, when its own clause says so."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Reason
from dragoman.reading.events.parties import SEAS
from dragoman.reading.events.predicates import Predicate
from dragoman.reading.events.types import Deed, Scene
from dragoman.reading.parse import Token
from dragoman.reading.places import Place

# Prepositions of place; "to" and "from" only of what somebody travels to, or is sent to.
AT = ("in", "at", "near", "outside", "inside", "around", "off", "across", "over", "on", "along", "through", "within")
TOWARDS = ("to", "into", "toward", "towards", "for")
# Deeds that are done where their object is, and those that are done where somebody goes.
THERE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "AID", "RETREAT"})
GOING = frozenset({"CONSULT", "MOBILIZE", "AID"})
INNER = ("of", "in", "at", "near", "outside", "around", "inside", "off", "on", "from", "to")


def where(scene: Scene, deed: Deed) -> tuple[str | None, Reason]:
    """The place as "Kramatorsk, UKR", or "UKR" where only the state is named; None when the clause names none."""
    found = place_of(scene, deed)
    if found is None:
        return None, Reason("code:events.where.where", "its own words name no place")
    return str(found), found.because


def place_of(scene: Scene, deed: Deed) -> Place | None:
    """A town of the clause before a state of it; the deed's own place before that of its object."""
    roads = [p for way in ways(scene, deed.type, deed.predicate) for p in way]
    roads += doers_place(scene, deed.predicate) if deed.type in THERE else []
    return next((p for p in roads if p.name is not None), roads[0] if roads else None)


def ways(scene: Scene, event_type: str, predicate: Predicate) -> Iterator[list[Place]]:
    """Places in order of how surely they are the deed's: its own, its fronted one, its object's, its goal."""
    yield [p for a in predicate.arguments if a.role in AT for p in inside(scene, a.token)]
    yield fronted(scene, predicate.carrier)
    if event_type in THERE:
        yield [p for a in predicate.fill("patient") for p in inside(scene, a.token)]
    if event_type in GOING:
        yield [p for a in predicate.arguments if a.role in TOWARDS for p in inside(scene, a.token)]
        if event_type == "CONSULT" and predicate.lemma in ("visit", "tour"):
            yield [p for a in predicate.fill("patient") for p in inside(scene, a.token)]


def doers_place(scene: Scene, predicate: Predicate) -> list[Place]:
    """ "Police in Rabat arrested nine students": where they stand they act."""
    return [
        p
        for a in predicate.fill("agent")
        for c in a.token.children
        if c.dep_ == "prep" and c.lower_ in AT
        for o in c.children
        if o.dep_ == "pobj"
        for p in inside(scene, o)
    ]


def fronted(scene: Scene, verb: Token) -> list[Place]:
    """ "In Minsk, police arrested ... and judges fined": the place before the first verb holds for those after."""
    out: list[Place] = []
    head = verb
    while head.dep_ == "conj" and head.head.pos_ in ("VERB", "AUX"):
        head = head.head
        out += [
            p
            for c in head.children
            if c.dep_ == "prep" and c.lower_ in AT and c.i < head.i and c.i <= c.sent.start + 1
            for o in c.children
            if o.dep_ == "pobj"
            for p in inside(scene, o)
        ]
    return out


def inside(scene: Scene, noun: Token, depth: int = 0) -> list[Place]:
    """The place that a noun phrase names by its head, or by what stands beside or below it."""
    found = scene.places.get(scene.passage.span(noun).start)
    if found is not None:
        return [found]
    out: list[Place] = []
    if noun.lower_ in SEAS:
        return out
    for child in noun.children:
        if child.dep_ in ("compound", "nmod", "appos", "conj", "poss"):
            if child.pos_ in ("PROPN", "NOUN"):
                out += inside(scene, child, depth + 1) if depth < 3 else []
        elif child.dep_ == "prep" and child.lower_ in INNER and depth < 3:
            out += [p for o in child.children if o.dep_ == "pobj" for p in inside(scene, o, depth + 1)]
    return out
