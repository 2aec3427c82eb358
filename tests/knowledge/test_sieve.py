"""A sieve leaves a pattern, or a stretch of text, out only where it cannot match."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.knowledge.calendar import Holiday, Shape
from dragoman.knowledge.sieve import FIGURE, Needs, Piece, Slot, needs_of

WORD = Piece("noon", exact=True)
SLOTS = {"time": Slot(frozenset((WORD,)), 2), "day": Slot(frozenset((FIGURE,))), "number": Slot(frozenset(), 3)}


def begins(text: str, *, exact: bool = False) -> Piece:
    return Piece(text, exact, first=True)


def test_needs() -> None:
    assert needs_of("{time} sharp", SLOTS) == Needs(
        (frozenset((Piece("noon", exact=True, first=True),)), frozenset((begins("sharp"),))), 3
    )
    assert needs_of("(?:at )?{time}", SLOTS) == Needs((frozenset((WORD,)),), 3)  # what stands before it is not sure
    assert needs_of("early|late", SLOTS) == Needs((frozenset((begins("early"), begins("late"))),), 1)
    assert needs_of("Years?", SLOTS, exact=True) == Needs((frozenset((begins("Year", exact=True),)),), 1)
    assert needs_of("9/11", SLOTS) == Needs((frozenset((FIGURE,)), frozenset((Piece("11"),))), 2)
    assert needs_of("(?<=of )the {number}", SLOTS) == Needs((frozenset((Piece("the"),)),), 4)
    assert needs_of("[Mm]erry", SLOTS, anywhere=True) == Needs((frozenset((Piece("erry"),)),), 2)
    assert needs_of("a|{number}", SLOTS).conditions == ()


BITS = [
    "the", "of", "in", "on", "last", "this", "next", "week", "weeks", "year", "years", "Sunday", "sunday", "Mon.",
    "May", "JUNE", "Jan", "5", "5th", "30", "2021", "1990s", "'80s", "-", ", ", "/", "'s", "_", "early", "later",
    "before", "after", "ago", "two", "a few", "first", "half", "quarter", "century", "Christmas", "New", "Year",
    "Day", "Eve", "9/11", "attacks", "within", "from", "now", "summer", "USA Today", "Good", "Friday", "to", "day",
    "\u017fummer", "l'today",
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bits=st.lists(st.tuples(st.sampled_from(BITS), st.sampled_from([" ", "", "\n", " and the "])), max_size=24))
def test_nothing_is_lost(bits: list[tuple[str, str]], knowledge: Knowledge) -> None:
    """Every pattern of the calendar finds in its stretches what it finds in the whole text."""
    text, calendar = "".join(a + b for a, b in bits), knowledge.calendar
    stretches = {kind and kind.rule: some for (_, kind), some in calendar.times.places(text)}
    kinds: tuple[Shape | Holiday, ...] = (*calendar.holidays, *calendar.shapes)
    patterns: list[tuple[str | None, re.Pattern[str]]] = [(kind.rule, kind.pattern) for kind in kinds]
    for rule, pattern in [*patterns, (None, calendar.names)]:
        found = [m.span() for a, b in stretches.get(rule, []) for m in pattern.finditer(text, a, b)]
        assert found == [m.span() for m in pattern.finditer(text)], rule
    for statement in calendar.statements:
        assert statement in calendar.statements.sift(text) or statement.pattern.search(text) is None
    for feast in calendar.greeted:
        assert feast.greetings is not None
        assert feast in calendar.greeted.sift(text) or feast.greetings.search(text) is None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(["by", "early", "in", "the", "end", "of", "since", "as", "only", "-", "x"]), max_size=8
    )
)
def test_frames_in_one(words: list[str], knowledge: Knowledge) -> None:
    """One pattern for all frames finds the leftmost, of several the first."""
    left = " ".join(words) + " "
    for frames in (knowledge.calendar.edges, knowledge.calendar.relations):
        hits = [(m.start(), n) for n, s in enumerate(frames.shapes) if (m := re.search(s.pattern, left)) is not None]
        found = frames.before(left)
        assert (found and (found[0], frames.shapes.index(found[1]))) == (min(hits) if hits else None)
