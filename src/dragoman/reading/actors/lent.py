"""The country of rebels, activists and commanders whom the report names without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.knowledge.actors import ActorTables, Group
from dragoman.model import Reason, Span
from dragoman.reading.actors.clause import subject_above
from dragoman.reading.actors.draft import Draft, Found, Who
from dragoman.reading.actors.page import Page
from dragoman.reading.actors.sightings import Sighting

# Sectors of those who act inside one country in an internal conflict.
_INNER = frozenset({"REB", "OPP", "PRM", "SEP"})
_PUBLIC = frozenset({"GOV", "MIL", "JUD", "COP", "LEG", "OPP"})
_ARMED = _INNER | {"MIL", "COP"}
# Offices by which a person without a country is one of a side in it.
_OF_A_SIDE = frozenset({"activist", "militant", "dissident", "protester", "insurgent", "military_officer"})


def lend_countries(
    draft: Draft, said: Sequence[tuple[Sighting, Who]], pages: Sequence[Page], tables: ActorTables
) -> None:
    """Give persons without a country that of the report, where it leaves no choice.

    "Rebel commander X" is of the country of the conflict that the report tells of; "Social Affairs Minister X" of that
    of the other officials whom it names without a country.
    """
    found = draft.in_order()
    lent = _officials(said, pages, tables) | _of_his(said, pages, found, tables) | _of_its(said, pages, found)
    for n, f in enumerate(found):
        who = f.who[0]
        if len(f.who) > 1 or who.person is None or who.code is not None or who.key in lent or not _of_a_side(who):
            continue
        code = conflict_of(found[:n], tables) or (None if found[:n] else conflict_of(found[n + 1 :], tables))
        if code is not None:
            lent[who.key] = replace(who, code=code, trail=(*who.trail, lent_from(code, who, f.span)))
    if lent:
        draft.found = [replace(f, who=tuple(lent.get(w.key, w) for w in f.who)) for f in draft.found]


def _of_his(
    said: Sequence[tuple[Sighting, Who]], pages: Sequence[Page], found: Sequence[Found], tables: ActorTables
) -> dict[str, Who]:
    """``President Maduro ... . His information minister, Freddy Berg``: of the state of the only person in office whom
    the paragraph names before."""
    out: dict[str, Who] = {}
    for s, who in said:
        role, page = s.role, pages[s.page]
        if role is None or who.code is not None or who.sector not in _PUBLIC or role.determiner not in ("his", "her"):
            continue
        at = page.span(role.first, role.last)
        before = [f for f in found if page.passage.start <= f.span.start and f.span.end <= at.start]
        codes = {w.code for f in before for w in f.who if w.person is not None}
        code = codes.pop() if len(codes) == 1 else None
        if code in tables.countries:
            saw = f"{who.role or who.name}, {role.determiner}: of the only person named before, of {code}"
            out[who.key] = replace(
                who, code=code, trail=(*who.trail, Reason("code:actors.lent.lend_countries", saw, at))
            )
    return out


def _of_its(said: Sequence[tuple[Sighting, Who]], pages: Sequence[Page], found: Sequence[Found]) -> dict[str, Who]:
    """``Oman said it was ready, and its envoy Said Harthy flew to the talks``: of the state in the subject's seat."""
    out: dict[str, Who] = {}
    for s, who in said:
        role, page = s.role, pages[s.page]
        if role is None or who.code is not None or role.determiner not in ("its", "their"):
            continue
        owner = subject_above(page, page.tokens[role.first], found)
        if owner is not None and owner.person is None and owner.code is not None:
            at = page.span(role.first, role.last)
            saw = f"{who.role or who.name}, {role.determiner}: {owner.name} is the clause's subject"
            because = Reason("code:actors.lent.lend_countries", saw, at)
            out[who.key] = replace(who, code=owner.code, trail=(*who.trail, because))
    return out


def _officials(said: Sequence[tuple[Sighting, Who]], pages: Sequence[Page], tables: ActorTables) -> dict[str, Who]:
    bare = [
        (s, who)
        for s, who in said
        if s.role is not None and s.role.kind == "title" and not (s.role.style or s.role.owners or s.owners)
    ]
    home = {who.key: who for _, who in bare if who.code in tables.countries and who.wikidata and not who.former}
    codes = {who.code for who in home.values()}
    if len(home) < 2 or len(codes) > 1:
        return {}
    code = codes.pop() or ""
    out: dict[str, Who] = {}
    for s, who in bare:
        if who.code is None and who.sector in _PUBLIC and who.role not in pages[s.page].cues["at_large"]:
            at = pages[s.page].span(s.first, s.last)
            out[who.key] = replace(who, code=code, trail=(*who.trail, of_the_home(code, list(home.values()), at)))
    return out


def of_the_home(code: str, others: Sequence[Who], at: Span) -> Reason:
    """An official without a country is of that of the others whom the report names without one, two at least."""
    names = " and ".join(w.name for w in others[:2])
    return Reason("code:actors.lent.of_the_home", f"{names}, of {code}, are named without a country too", at)


def lent_from(code: str, who: Who, at: Span) -> Reason:
    """A rebel, an activist or a commander without a country is of the one whose inner conflict the report tells of."""
    return Reason(
        "code:actors.lent.lent_from", f"all who act before {who.name} are of {code}, in a conflict inside it", at
    )


def _of_a_side(who: Who) -> bool:
    words = (who.role or "").split()
    return who.sector in _INNER or who.office in _OF_A_SIDE or any(w in _OF_A_SIDE for w in words)


def conflict_of(found: list[Found], tables: ActorTables) -> str | None:
    """The country of a conflict: of all rebels and opponents named; else of all who are named, some of them armed."""
    whose: list[tuple[str, str | None]] = []
    for f in found:
        for who in f.who:
            group = tables.by_row.get(f"actors/groups/{who.code}") if who.key.startswith("group/") else None
            if isinstance(group, Group) and len(group.countries) == 1:
                whose.append((group.countries[0], who.sector))
            elif who.code is not None and who.code in tables.countries:
                whose.append((who.code, who.sector))
    inner = {code for code, sector in whose if sector in _INNER}
    if inner:
        return inner.pop() if len(inner) == 1 else None
    codes = {code for code, _ in whose}
    return codes.pop() if len(codes) == 1 and any(sector in _ARMED for _, sector in whose) else None
