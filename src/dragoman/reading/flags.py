"""What the report says that the tables contradict: an office that the person beside it does not hold that day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from dragoman.knowledge import Knowledge
from dragoman.knowledge.actor_rows import ROLES, alike
from dragoman.knowledge.actors import ActorTables, Office, Person
from dragoman.knowledge.names import Name, words_of
from dragoman.model import Actor, Cast, Dated, Flag, Interval, Mention, Reason, Report, Span
from dragoman.reading.parse import Parsed

FlagStage = Callable[[Report, Parsed, Cast, Dated, Knowledge], tuple[Flag, ...]]

# Offices of which a state has one holder at a time: another's tenure speaks against a claim.
_SINGLE = frozenset({"head_of_state", "head_of_government", "monarch", "foreign_minister", "defence_minister",
                     "igo_head", "interior_minister", "finance_minister"})  # fmt: skip
_CHECKED = _SINGLE | frozenset(ROLES) - {"group_leader", "spokesperson"}
# Words before or in the phrase that say that the office is not, or no longer, or not yet held.
_NOT_NOW = re.compile(
    r"\b(former|ex|then|late|acting|elect|designate|interim|one-?time|outgoing|incoming|future|next|old|would-be|aspiring|"
    r"candidate|nominee|deputy|shadow|past|previous|predecessor|successor|ousted|deposed|toppled|jailed|exiled|"
    r"retired|impostor)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had been|as|when|while|during|back in|at the time|under)\b[^.]*$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# A report of the week after may still give the office that has just ended, and one of the week before the one to come.
GRACE = dt.timedelta(days=7)


def check(report: Report, parsed: Parsed, cast: Cast, dated: Dated, knowledge: Knowledge) -> tuple[Flag, ...]:
    """Every office in the report that the table of offices contradicts on the report's days, in order of text."""
    tables, window = knowledge.actors, dated.window
    if window.start is None and window.end is None:
        return ()
    out: list[Flag] = []
    for actor in cast:
        person = _person(actor, tables)
        if person is None or any(_says_former(report.text, m) for m in actor.mentions if m.how in ("name", "role")):
            continue
        for mention in actor.mentions:
            if mention.how == "name" or mention.because.rule == "code:actors.people.apposition":
                flag = office(report.text, mention, actor, person, parsed, window, tables)
                if flag is not None:
                    out.append(flag)
    return tuple(sorted(out, key=lambda f: f.span))


def office(
    text: str, mention: Mention, actor: Actor, person: Person, parsed: Parsed, window: Interval, tables: ActorTables
) -> Flag | None:
    """The flag for one mention: the person held the office said at another time only, or another holds it that day."""
    words, titles, code = _said(mention.span.of(text), actor, tables)
    offices = tuple(sorted(alike(n.key for n in titles)))
    if not offices or not set(offices) <= _CHECKED or code is None:
        return None
    wide = _widened(window)
    if any(o.office in offices and o.may_hold(wide) and _so_called(o, words) for o in person.offices):
        return None
    if _about_the_past(text, mention.span, parsed, window):
        return None
    against = _against(person, offices, words, code, window, tables)
    if against is None:
        return None
    now = next((o for o in person.in_office(window) if o.held.meet(window) is not None), None)
    if now is not None and now.code == code and now.role.partition(" of ")[0] == words.partition(" of ")[0]:
        return None  # the same words, under another kind of office: a commissioner, a president of a commission
    table = _state(now) if now is not None else _over(against)
    days = str(window)
    message = (
        f"The report calls {person.name} {words} of {code}; on {days} the table has {table} ({(now or against).row})."
    )
    trail = (Reason((now or against).row, f"{person.name}: {table}", mention.span),)
    return Flag("office", mention.span, f"{words} of {code}", table, message, trail)


def _person(actor: Actor, tables: ActorTables) -> Person | None:
    for reason in actor.trail:
        if reason.rule in tables.person_of:
            return tables.persons[tables.person_of[reason.rule]]
    return None


def _says_former(text: str, mention: Mention) -> bool:
    return _NOT_NOW.search(text[max(0, mention.span.start - 12) : mention.span.end]) is not None


def _said(phrase: str, actor: Actor, tables: ActorTables) -> tuple[str, list[Name], str | None]:
    """The title in the mention, the offices it can mean, and the code it is said of."""
    words = words_of(phrase)
    code, said = actor.code, ""
    titles: list[Name] = []
    for hit in tables.names.find(words, False):
        owner = next((n for n in hit.names if n.kind in ("adjective", "country", "org")), None)
        if owner is not None and not titles:
            code = owner.key
        found = [n for n in hit.names if n.kind == "title" and n.detail == "title"]
        if found:
            own = [n for n in found if code in n.other]
            titles += own or [n for n in found if not n.other]
            said = " ".join(found[0].written).lower()
    return said, titles, code


def _so_called(held: Office, words: str) -> bool:
    """A head of government may be called president only where his title says so: Turkey's was not before 2018."""
    if held.office not in ("head_of_government", "head_of_state"):
        return True
    said = next((w for w in ("vice president", "president", "prime minister", "chancellor") if w in words), None)
    title = next((w for w in ("president", "prime minister", "chancellor") if w in held.title.lower()), None)
    return said is None or title is None or said == title


def _widened(window: Interval) -> Interval:
    return Interval(
        window.start - GRACE if window.start is not None else None,
        window.end + GRACE if window.end is not None else None,
    )


def _about_the_past(text: str, span: Span, parsed: Parsed, window: Interval) -> bool:
    """The sentence has a date of its own before the report's, or says "was", "when", "during" before the office."""
    passage = parsed.passage_at(span.start)
    if passage is None:
        return False
    token = passage.token_at(span.start)
    sentence = passage.span(token.sent) if token is not None else passage.segment.span
    words = sentence.of(text)
    if window.start is not None and any(int(y) < window.start.year for y in _YEAR.findall(words)):
        return True
    return _PAST.search(text[sentence.start : span.start][-40:]) is not None


def _against(
    person: Person, offices: Sequence[str], words: str, code: str, window: Interval, tables: ActorTables
) -> Office | None:
    """The row that speaks against the claim; None where the tables are silent."""
    wide = _widened(window)
    held = [o for o in person.offices if o.office in offices and o.code == code and _so_called(o, words)]
    if held and all(o.surely_over(wide) or (o.held.start and wide.end and o.held.start > wide.end) for o in held):
        return held[-1]
    if window.start is None or window.end is None:
        return None
    for name in offices:
        if name in _SINGLE:
            for o in tables.by_office.get((code, name), ()):
                if (
                    o.person != person.name
                    and o.held.meet(window) == window
                    and any(p.held.meet(window) for p in person.offices)
                ):
                    return next(p for p in person.offices if p.held.meet(window))
    return None


def _state(held: Office) -> str:
    return f"{held.role} of {held.code}" + (f" from {held.held.start}" if held.held.start else "")


def _over(past: Office) -> str:
    if past.held.end is not None:
        return f"{past.role} of {past.code} until {past.held.end}"
    return _state(past)
