"""Who is named; which known actor, in which office, on that day."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Cast, Dated
from dragoman.reading.actors.bodies import Near, find_bodies, find_bodies_again
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.groups import find_groups
from dragoman.reading.actors.home import home_of, settle
from dragoman.reading.actors.kinds import find_kinds, find_led
from dragoman.reading.actors.lent import lend_countries
from dragoman.reading.actors.offices import find_offices, leave_offices_open
from dragoman.reading.actors.page import called_in, named_in, one_state, page_of, told_apart
from dragoman.reading.actors.people import find_people
from dragoman.reading.actors.phrases import phrases_of
from dragoman.reading.actors.pronouns import find_pronouns
from dragoman.reading.actors.states import find_generic, find_states
from dragoman.reading.parse import Parsed

__all__ = ["ActorStage", "find_actors"]

ActorStage = Callable[[Parsed, Dated, Knowledge], Cast]


def find_actors(parsed: Parsed, dated: Dated, knowledge: Knowledge) -> Cast:
    """Every actor of the report with the words that name it.

    One search over all tables finds the names. Then persons with their titles, offices without a name, bodies with an
    owner, states; last the words that only point back: groups and pronouns. Words taken by an earlier step stay taken.
    First and second person are left to the quotations.
    """
    tables = knowledge.actors
    pages = [page_of(passage, parsed.text, tables) for passage in parsed]
    named = named_in(pages)
    called = called_in(pages)
    pages, named = one_state([told_apart(page, named, called, tables) for page in pages], named, tables)
    phrases = [phrases_of(page) for page in pages]
    draft = Draft(parsed.text)
    people = find_people(pages, phrases, named, dated.window, tables, draft)
    for n, page in enumerate(pages):
        find_offices(page, n, phrases[n], people.used, dated.window, tables, draft)
        find_bodies(page, phrases[n], tables, draft)
        find_states(page, named, tables, draft)
    find_generic(pages, tables, draft)
    find_kinds(pages, tables, draft)
    find_led(pages, draft)
    near = home_of(parsed.text, parsed.segments, draft, tables)
    find_bodies_again(
        pages, phrases, Near(near.code, not near.officials, near.far) if near and near.dateline else None, tables, draft
    )
    lend_countries(draft, people.said, pages, tables)
    home = home_of(parsed.text, parsed.segments, draft, tables)
    if home is not None:
        settle(pages, phrases, people.said, home, tables, draft)
    find_groups(pages, tables, draft)
    find_pronouns(pages, draft)
    leave_offices_open(pages, phrases, draft)
    return draft.cast()
