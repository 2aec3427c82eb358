"""The country of rebels, activists and commanders whom the report names without one."""

from __future__ import annotations

from dataclasses import replace

from dragoman.knowledge.actors import ActorTables, Group
from dragoman.model import Reason, Span
from dragoman.reading.actors.draft import Draft, Found, Who

# Sectors of those who act inside one country in an internal conflict.
_INNER = frozenset({"REB", "OPP", "PRM", "SEP"})
_ARMED = _INNER | {"MIL", "COP"}
# Offices by which a person without a country is one of a side in it.
_OF_A_SIDE = frozenset({"activist", "militant", "dissident", "protester", "insurgent", "military_officer"})


def lend_countries(draft: Draft, tables: ActorTables) -> None:
    """Give "rebel commander X" the country of the conflict that the report tells of, where that is one country."""
    lent: dict[str, Who] = {}
    found = draft.in_order()
    for n, f in enumerate(found):
        who = f.who[0]
        if len(f.who) > 1 or who.person is None or who.code is not None or who.key in lent or not _of_a_side(who):
            continue
        code = conflict_of(found[:n], tables) or (None if found[:n] else conflict_of(found[n + 1 :], tables))
        if code is not None:
            lent[who.key] = replace(who, code=code, trail=(*who.trail, lent_from(code, who, f.span)))
    if lent:
        draft.found = [replace(f, who=tuple(lent.get(w.key, w) for w in f.who)) for f in draft.found]


def lent_from(code: str, who: Who, at: Span) -> Reason:
    """A rebel, an activist or a commander without a country is of the one whose inner conflict the report tells of."""
    return Reason("code:actors.lent.lent_from", f"all who act before {who.name} are of {code}, in a conflict inside it", at)


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
            elif who.code in tables.countries:
                whose.append((who.code, who.sector))
    inner = {code for code, sector in whose if sector in _INNER}
    if inner:
        return inner.pop() if len(inner) == 1 else None
    codes = {code for code, _ in whose}
    return codes.pop() if len(codes) == 1 and any(sector in _ARMED for _, sector in whose) else None
