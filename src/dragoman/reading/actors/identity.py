"""From table rows to actors: which of several people of one name, in which office on that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.knowledge.actor_rows import alike
from dragoman.knowledge.actors import ActorTables, Country, Group, Office, Organization, Person
from dragoman.knowledge.names import Name, fold
from dragoman.model import Interval, Reason, Span
from dragoman.reading.actors.draft import Who

# Sectors of offices, as PLOVER has them; every other office is GOV.
SECTORS = {
    "legislature_presiding": "LEG",
    "military_chief": "MIL",
    "defence_minister": "MIL",
    "intelligence_chief": "SPY",
    "opposition_leader": "OPP",
    "group_leader": "REB",
    "igo_head": "IGO",
    "igo_official": "IGO",
}
# The monarch of many realms is Britain's unless the phrase says otherwise.
REALM = "GBR"


def code_of(owner: Name, tables: ActorTables) -> str | None:
    """The code for which somebody of this country, body or group acts."""
    row = tables.by_row.get(owner.row)
    if isinstance(row, Organization) and row.type in ("media", "company", "sport", "ngo", "religious") and row.country:
        return row.country
    return owner.key or None


def acts_in(owner: Name | None, sector: str | None, tables: ActorTables) -> str | None:
    """The sector of who speaks for an owner: a group's spokesman is of the group's sector, not of a government."""
    row = tables.by_row.get(owner.row) if owner is not None else None
    if isinstance(row, Group | Organization) and sector in (None, "GOV", "BUS"):
        return row.sector or sector
    return sector


def state(code: str, tables: ActorTables) -> Who:
    """A state: its government as an actor."""
    row = tables.countries[code]
    return Who(f"state/{code}", row.name, code, "GOV", wikidata=row.wikidata or None)


def choose(
    keys: Sequence[str],
    codes: Iterable[str],
    offices: Sequence[str],
    former: bool,
    window: Interval,
    tables: ActorTables,
) -> list[Person]:
    """Of the people who bear one name, those that fit best; more than one means that nothing tells them apart.

    First by the country said, then by the office said, then by who is in office on the day, then by the height of the
    office. A person without any office in the country said is somebody else of the same name.
    """
    people = [tables.persons[k] for k in dict.fromkeys(keys)]
    wanted, offices = set(codes), tuple(alike(offices))
    if wanted:
        people = [p for p in people if any(o.code in wanted for o in p.offices)]
    if offices:
        fit = [p for p in people if any(o.office in offices and o.may_hold(window) for o in p.offices)]
        fit = fit or [p for p in people if any(o.office in offices for o in p.offices)]
        people = fit or people
    if len(people) > 1:
        ranked = sorted((_standing(p, former, window), n) for n, p in enumerate(people))
        people = [people[n] for standing, n in ranked if standing == ranked[0][0]]
    return people


def _standing(person: Person, former: bool, window: Interval) -> tuple[int, int]:
    """How near a person is to being meant: in office on the day, then out of it, then not yet; the higher first."""
    held = person.in_office(window)
    past = person.last(window)
    if former and past is not None:
        return 0, _height(past)
    if held:
        sure = held[0].held.meet(window) is not None
        return (1 if sure else 2), _height(held[0])
    if past is not None:
        return 3, _height(past)
    return 4, 9


def _height(office: Office) -> int:
    """Heads first, then ministers, then the rest."""
    if office.office in ("monarch", "head_of_state", "head_of_government", "igo_head"):
        return 0
    if office.office in ("vice_president", "deputy_head_of_government", "foreign_minister", "defence_minister", "heir"):
        return 1
    return 2


def person_who(
    person: Person,
    codes: Sequence[str],
    offices: Sequence[str],
    former_said: bool,
    said: tuple[str, Sequence[str], str | None] | None,
    elect: bool,
    window: Interval,
    at: Span,
) -> Who:
    """The actor that a person of the table is on the report's day.

    said: the office in the text's words, what it can be, its sector: taken where the table has nothing for that day, or
    only an office that is over and is not the one said ("special envoy" for a former minister).
    """
    name = person.name
    held = list(person.in_office(window))
    held = [o for o in held if not codes or o.code in codes] or held
    titled = [o for o in held if o.office in alike(offices)]
    if said is not None and len(titled) > 1:  # "interim president" for who headed a command first
        titled.sort(key=lambda o: o.role not in said[0])
    past = person.last(window)
    who = Who(
        f"person/{person.key}",
        name,
        None,
        person=name,
        wikidata=next((o.wikidata for o in person.offices if o.wikidata), None),
    )
    if elect and said is not None and not titled:
        code = codes[0] if codes else person.offices[0].code
        trail = (Reason("code:actors.identity.person_who", f"{said[0]}: not yet in office", at),)
        return replace(who, code=code, sector="ELI", role=said[0], trail=trail)
    if not former_said and not held and past is not None and said is not None and not _held_once(person, said[1]):
        trail = (_row(past, f"was {past.role} of {past.code}, {past.held}; the text says {said[0]}", at),)
        return replace(
            who, code=_code(past, person, codes), sector=said[2], role=said[0], office=said[1][0], trail=trail
        )
    elsewhere = bool(codes) and bool(held) and all(o.code not in codes for o in held)
    if elsewhere and not former_said and said is not None and any(o.code in codes for o in person.offices):
        saw = f"{name}: {said[0]} of {codes[0]} in the text's words; {held[0].role} of {held[0].code} on that day"
        return replace(
            who, code=codes[0], sector=said[2], role=said[0], office=said[1][0], trail=(_row(held[0], saw, at),)
        )
    if former_said and past is None and held and said is not None and not _held_once(person, said[1]):
        saw = f"{name}: former {said[0]} in the text's words; {held[0].role} of {held[0].code} on that day"
        return replace(
            who, code=held[0].code, sector="ELI", role=f"former {said[0]}", former=True, trail=(_row(held[0], saw, at),)
        )
    if former_said or (not held and past is not None):
        if past is None and held:
            past = (titled or held)[0]
        if former_said and offices:
            so = [o for o in reversed(person.offices) if o.office in offices]
            past = next((o for o in so if o.surely_over(window)), next(iter(so), past))
        if past is not None:
            trail = (_row(past, f"{name} was {past.role} of {past.code}, {past.held}", at),)
            return replace(
                who, code=_code(past, person, codes), sector="ELI", role=f"former {past.role}", former=True,
                office=past.office, trail=trail,
            )  # fmt: skip
    if held:
        office = (titled or held)[0]
        if office.office == "monarch" and not codes and any(o.code == REALM for o in held):
            office = next(o for o in held if o.code == REALM)
        trail = (_row(office, f"{name}: {office.role} of {office.code}, {office.held}", at),)
        return replace(
            who, code=office.code, sector=sector_of(office), role=office.role, office=office.office, trail=trail
        )
    first = person.offices[0]
    trail = (_row(first, f"{name} holds no office of the table on that day", at),)
    return replace(
        who, code=codes[0] if codes else first.code, sector=said[2] if said else None, role=said[0] if said else None,
        office=said[1][0] if said and said[1] else None, trail=trail,
    )  # fmt: skip


def _held_once(person: Person, offices: Sequence[str]) -> bool:
    return any(o.office in alike(offices) for o in person.offices) or "leader" in offices


def _code(office: Office, person: Person, codes: Sequence[str]) -> str:
    if codes and any(o.code in codes for o in person.offices):
        return next(c for c in codes if any(o.code == c for o in person.offices))
    return office.code


def sector_of(office: Office) -> str:
    """PLOVER's sector of an office; an organisation's head acts for the organisation."""
    return SECTORS.get(office.office, "GOV")


def _row(office: Office, saw: str, at: Span) -> Reason:
    return Reason(office.row, saw, at)


def unknown_who(name: str, code: str | None, sector: str | None, role: str | None, former: bool, at: Span) -> Who:
    """A person whom the tables lack: the name, and what the text itself says of them."""
    trail = (
        Reason("code:actors.identity.unknown_who", f"{name} is in no table; the text says {role or 'no office'}", at),
    )
    if former and role:
        role, sector = f"former {role}", "ELI"
    return Who("person/?" + " ".join(fold(name).split()), name, code, sector, role, name, None, former, trail=trail)


def owner_who(owner: Name, tables: ActorTables) -> Who | None:
    """The state, body or group that a name stands for."""
    row = tables.by_row.get(owner.row)
    if isinstance(row, Country):
        return state(row.code, tables)
    if isinstance(row, Organization):
        return Who(f"org/{row.row}", row.name, row.code or row.country or None, row.sector or None)
    if isinstance(row, Group):
        return Who(f"group/{row.code}", row.name, row.code, row.sector or "REB")
    return None
