"""States that a report names by their towns alone: "warplanes bombed Homs"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.knowledge import Knowledge
from dragoman.model import Actor, Cast, Event, Mention, Reason
from dragoman.reading.parse import Parsed
from dragoman.reading.places import Places, find_places


def lands(cast: Cast, places: Places, knowledge: Knowledge) -> tuple[Actor, ...]:
    """An actor for each state in which a named town lies and that nothing in the report names otherwise.

    Their ids go on behind those of the cast.
    """
    known = {a.code for a in cast if a.person is None}
    last = max((int(a.id[1:]) for a in cast if a.id[1:].isdigit()), default=0)  # a caller may have ids of its own
    out: dict[str, Actor] = {}
    for _, place in sorted(places.items()):
        country = knowledge.actors.countries.get(place.state)
        if place.name is None or country is None or place.state in known:
            continue
        mention = Mention(place.span, "place", place.because)
        actor = out.get(place.state)
        if actor is None:
            why = Reason(country.row, f"the state in which {place.name} lies; nothing else names it", place.span)
            actor = Actor(f"a{last + len(out) + 1}", country.name, place.state, "GOV", wikidata=country.wikidata,
                          trail=(why,))  # fmt: skip
        if all(m.span != place.span for m in actor.mentions):
            out[place.state] = replace(actor, mentions=(*actor.mentions, mention))
    return tuple(out.values())


def beside(cast: Cast, lent: Iterable[Actor]) -> Cast:
    """The cast with these states, whose towns are no words for who acts: nobody is found at them."""
    return Cast((*cast.actors, *(replace(a, mentions=()) for a in lent)), cast.unresolved)


def with_lands(parsed: Parsed, cast: Cast, events: Iterable[Event], knowledge: Knowledge) -> Cast:
    """The cast with those of its lands that a side of an event is."""
    missing = {p.actor for e in events for p in (*e.source, *e.target)} - {a.id for a in cast}
    if not missing:
        return cast
    used = [a for a in lands(cast, find_places(parsed, cast, knowledge), knowledge) if a.id in missing]
    return Cast((*cast.actors, *used), cast.unresolved)
