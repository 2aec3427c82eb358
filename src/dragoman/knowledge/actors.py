"""Countries, offices with their days, organisations, armed groups, titles and nouns, as data/actors has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actor_index import index_tables
from dragoman.knowledge.actor_rows import (
    COUNTRY_COLUMNS,
    GROUP_COLUMNS,
    MODIFIER_COLUMNS,
    NOUN_COLUMNS,
    OFFICE_COLUMNS,
    ORGANIZATION_COLUMNS,
    TITLE_COLUMNS,
    Country,
    Group,
    Modifier,
    Noun,
    Office,
    Organization,
    Person,
    Title,
    persons_of,
)
from dragoman.knowledge.names import NameIndex, fold, words_of
from dragoman.knowledge.tables import read_csv, read_yaml, split
from dragoman.model import Interval

__all__ = ["ActorTables", "Country", "Group", "Modifier", "Noun", "Office", "Organization", "Person", "Title",
           "load_actors", "look_up"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorTables:
    """Everything that data/actors knows."""

    countries: Mapping[str, Country]
    offices: tuple[Office, ...]
    organizations: tuple[Organization, ...]
    groups: tuple[Group, ...]
    titles: Mapping[str, tuple[Title, ...]]  # a row's address -> the offices that the title can mean
    modifiers: Mapping[str, Modifier]
    nouns: Mapping[str, Noun]  # singular -> row
    persons: Mapping[str, Person]  # a person's key -> all offices
    person_of: Mapping[str, str]  # the address of an office's row -> the key of its person
    by_office: Mapping[tuple[str, str], tuple[Office, ...]]  # (code, office) -> its holders, in order of start
    by_row: Mapping[str, Country | Organization | Group]  # a row's address -> the row
    cues: Mapping[str, frozenset[str]]  # words that decide how a name is to be read, by the list's name in cues.yaml
    names: NameIndex  # every written form of every row


def load_actors(folder: Path, own: Sequence[Path] = ()) -> ActorTables:
    """Read data/actors. Rows of ``own`` files (columns of offices.csv) win over ours.

    Raises KnowledgeError naming the file and the row that is wrong.
    """
    countries = {r["code"]: _country(r, folder) for r in read_csv(folder / "countries.csv", COUNTRY_COLUMNS)}
    mine = [o for path in own for o in _offices(path)]
    offices = (*mine, *_beside(mine, _offices(folder / "offices.csv")))
    organizations = tuple(
        _organization(r, folder) for r in read_csv(folder / "organizations.csv", ORGANIZATION_COLUMNS)
    )
    groups = tuple(_group(r, folder) for r in read_csv(folder / "groups.csv", GROUP_COLUMNS))
    titles: dict[str, tuple[Title, ...]] = {}
    for r in read_csv(folder / "titles.csv", TITLE_COLUMNS):
        title = Title(
            r["title"], r["office"], split(r["countries"]), r["sector"], r["kind"], f"actors/titles/{r['title']}"
        )
        titles[title.row] = (*titles.get(title.row, ()), title)
    modifiers = {
        r["modifier"]: Modifier(r["modifier"], r["effect"], r["position"], f"actors/title_modifiers/{r['modifier']}")
        for r in read_csv(folder / "title_modifiers.csv", MODIFIER_COLUMNS)
    }
    nouns = {
        r["noun"]: Noun(
            r["noun"], r["sector"], r["kind"], r["plural"], r["number"] == "pl", f"actors/nouns/{r['noun']}"
        )
        for r in read_csv(folder / "nouns.csv", NOUN_COLUMNS)
    }
    by_office: dict[tuple[str, str], list[Office]] = {}
    for o in offices:
        by_office.setdefault((o.code, o.office), []).append(o)
    for rows in by_office.values():
        rows.sort(key=lambda o: (o.held.start or dt.date.min, o.person))
    persons = persons_of(offices)
    return ActorTables(
        countries,
        offices,
        organizations,
        groups,
        titles,
        modifiers,
        nouns,
        persons,
        {o.row: key for key, person in persons.items() for o in person.offices},
        {k: tuple(v) for k, v in by_office.items()},
        {r.row: r for rows in (tuple(countries.values()), organizations, groups) for r in rows},
        _cues(folder / "cues.yaml"),
        index_tables(
            countries, organizations, groups, [t for rows in titles.values() for t in rows], modifiers, nouns, persons
        ),
    )


def look_up(
    tables: ActorTables, name: str, on: dt.date | None = None
) -> tuple[Country | Organization | Group | Office, ...]:
    """The rows that ``name`` may mean: states, bodies, groups, and the offices of people so called.

    on: only what existed, and offices held, on that day; a row whose end is not known counts as going on.
    """
    folded = [w.fold for w in words_of(name)]
    out: dict[str, Country | Organization | Group | Office] = {}
    for entry in tables.names.entries(folded):
        if entry.kind in ("person", "surname"):
            for office in tables.persons[entry.key].offices:
                if on is None or office.may_hold(Interval.day(on)):
                    out[office.row] = office
        elif entry.row in tables.by_row:
            row = tables.by_row[entry.row]
            if on is None or row.days.contains(on):
                out[row.row] = row
    return tuple(out.values())


def _cues(path: Path) -> dict[str, frozenset[str]]:
    out = {}
    for name, entry in read_yaml(path).items():
        if not isinstance(entry, dict) or not all(isinstance(w, str) for w in entry.get("words", [None])):
            raise KnowledgeError(f"{path}: {name}: needs why, and words as a list of strings")
        out[name] = frozenset(entry["words"])
    return out


def _days(start: str, end: str, where: str) -> Interval:
    try:
        if len(start) == 10 and len(end) == 10:
            return Interval(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
        return Interval(Interval.parse(start).start if start else None, Interval.parse(end).end if end else None)
    except ValueError as e:
        raise KnowledgeError(f"{where}: {start!r} or {end!r} is no date. Write 2021-12-08, 2021-12 or 2021.") from e


def _ambiguous(cell: str, where: str) -> Mapping[str, tuple[str, ...]]:
    """``Georgia=place:USA|Jordan=person/word`` -> folded name -> what else it can mean."""
    out: dict[str, tuple[str, ...]] = {}
    for part in split(cell):
        name, sign, others = part.partition("=")
        if not sign:
            raise KnowledgeError(f"{where}: ambiguous: {part!r} needs name=other")
        out[" ".join(w.fold for w in words_of(name))] = tuple(others.split("/"))
    return out


def _country(r: dict[str, str], folder: Path) -> Country:
    where = f"{folder / 'countries.csv'}: {r['code']}"
    return Country(
        r["code"], r["name"], split(r["names"]), split(r["adjectives"]), split(r["demonyms"]), split(r["capitals"]),
        split(r["metonyms"]), r["status"], r["wikidata"], f"actors/countries/{r['code']}",
        _ambiguous(r["ambiguous"], where), _days(r["start"], r["end"], where),
        split(r["regions"]),
    )  # fmt: skip


def _organization(r: dict[str, str], folder: Path) -> Organization:
    where = f"{folder / 'organizations.csv'}: {r['id']}"
    return Organization(
        r["code"], r["name"], split(r["aliases"]), r["type"], r["sector"], r["polecat"], split(r["members"]),
        f"actors/organizations/{r['id']}", split(r["generic"]), r["country"], _ambiguous(r["ambiguous"], where),
        _days(r["start"], r["end"], where),
    )  # fmt: skip


def _group(r: dict[str, str], folder: Path) -> Group:
    where = f"{folder / 'groups.csv'}: {r['code']}"
    governs = []
    for part in split(r["governs"]):
        code, _, days = part.partition(":")
        try:
            governs.append((code, Interval.parse(days)))
        except ValueError as e:
            raise KnowledgeError(f"{where}: governs: {part!r} is not CODE:interval") from e
    return Group(
        r["code"], r["name"], split(r["aliases"]), split(r["countries"]), r["type"], r["polecat"],
        f"actors/groups/{r['code']}", r["sector"], split(r["generic"]), tuple(governs),
        _ambiguous(r["ambiguous"], where), _days(r["start"], r["end"], where),
    )  # fmt: skip


def _folded(person: str) -> tuple[str, ...]:
    return tuple(w.fold for w in words_of(person))


def _beside(mine: Sequence[Office], ours: Sequence[Office]) -> list[Office]:
    """What of our rows stands beside the user's own: not the same person's in the same office, and where theirs has
    somebody take office, ours of that office that began before ends on that day.
    """
    if not mine:
        return list(ours)
    said = {(o.code, o.office, _folded(o.person)) for o in mine}
    out = []
    for row in ours:
        if (row.code, row.office, _folded(row.person)) in said:
            continue
        starts = [o.held.start for o in mine if (o.code, o.office) == (row.code, row.office) and o.held.start]
        later = [s for s in starts if row.held.start is None or s > row.held.start]
        if later and (row.held.end is None or row.held.end > min(later)):
            row = replace(row, held=Interval(row.held.start, min(later)), end_known=True)
        out.append(row)
    return out


def _offices(path: Path) -> list[Office]:
    out = []
    for n, r in enumerate(read_csv(path, OFFICE_COLUMNS), start=2):
        held = _days(r["start"], r["end"], f"{path} line {n}: {r['person']}")
        out.append(
            Office(
                r["code"], r["office"], r["person"], r["surname"], split(r["aliases"]), r["title"], held,
                r["end_basis"] not in ("last-seen", "open"), r["wikidata"], r["source"],
                f"actors/offices/{r['code']}/{r['office']}/{r['start']}/{fold(r['surname']).replace(' ', '-')}",
            )
        )  # fmt: skip
    return out
