"""Who is named; which known actor, in which office, on that day."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.knowledge import Knowledge
from dragoman.model import Cast, Dated
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.page import page_of
from dragoman.reading.actors.people import find_people
from dragoman.reading.actors.pronouns import find_pronouns
from dragoman.reading.actors.roles import role_phrases
from dragoman.reading.actors.states import find_states
from dragoman.reading.parse import Parsed

__all__ = ["ActorStage", "find_actors"]

ActorStage = Callable[[Parsed, Dated, Knowledge], Cast]


def find_actors(parsed: Parsed, dated: Dated, knowledge: Knowledge) -> Cast:
    """Every actor of the report with the words that name it.

    Names first (one search over all tables), then persons with their titles, then states and bodies, then the words
    that only point back: roles, groups, pronouns.
    """
    tables = knowledge.actors
    pages = [page_of(passage, tables) for passage in parsed]
    roles = [role_phrases(page, tables) for page in pages]
    draft = Draft()
    find_people(pages, roles, dated.window, tables, draft)
    for page in pages:
        find_states(page, tables, draft)
    find_pronouns(pages, draft)
    return draft.cast()
