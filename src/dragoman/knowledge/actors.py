"""Countries, offices with their days, organisations and armed groups, as data/actors/*.csv has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import read_csv, split
from dragoman.model import Interval

COUNTRY_COLUMNS = (
    "code",
    "name",
    "names",
    "adjectives",
    "demonyms",
    "capitals",
    "metonyms",
    "iso2",
    "cow",
    "wikidata",
    "status",
    "source",
)
OFFICE_COLUMNS = (
    "code",
    "office",
    "person",
    "surname",
    "aliases",
    "title",
    "start",
    "end",
    "end_basis",
    "wikidata",
    "source",
)
ORGANIZATION_COLUMNS = ("code", "name", "aliases", "type", "sector", "polecat", "members", "source")
GROUP_COLUMNS = ("code", "name", "aliases", "countries", "type", "polecat", "start", "end", "source")


@dataclass(frozen=True, slots=True)
class Country:
    """A state or a contested territory. code: ISO 3166-1 alpha-3 (Kosovo: KOS)."""

    code: str
    name: str
    names: tuple[str, ...]  # further names, official and former ones too
    adjectives: tuple[str, ...]  # Turkish
    demonyms: tuple[str, ...]  # Turk, Turks
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]  # words for its government: the Kremlin
    status: str  # un-member | observer | contested | territory
    wikidata: str
    row: str  # the table row's address: actors/countries/TUR


@dataclass(frozen=True, slots=True)
class Office:
    """One person in one office from one day to another."""

    code: str  # country code, or the organisation's
    office: str  # head_of_state, head_of_government, foreign_minister ...
    person: str
    surname: str
    aliases: tuple[str, ...]
    title: str  # "President", "Prime Minister" ...
    held: Interval  # open at the end: still held, or the end is not known
    end_known: bool  # False: an open or last-seen end says nothing about later days
    wikidata: str
    source: str
    row: str  # actors/offices/RUS/head_of_state/2012-05-07


@dataclass(frozen=True, slots=True)
class Organization:
    """An intergovernmental body, a non-governmental one, a company or a medium."""

    code: str
    name: str
    aliases: tuple[str, ...]
    type: str
    sector: str
    polecat: str
    members: tuple[str, ...]
    row: str


@dataclass(frozen=True, slots=True)
class Group:
    """An armed group."""

    code: str
    name: str
    aliases: tuple[str, ...]
    countries: tuple[str, ...]
    type: str
    polecat: str
    row: str


@dataclass(frozen=True, slots=True)
class ActorTables:
    """Everything that data/actors knows."""

    countries: Mapping[str, Country]
    offices: tuple[Office, ...]
    organizations: tuple[Organization, ...]
    groups: tuple[Group, ...]
    by_surname: Mapping[str, tuple[Office, ...]]  # casefolded surname -> offices held by people of that name
    by_office: Mapping[tuple[str, str], tuple[Office, ...]]  # (code, office) -> its holders, in order of start


def load_actors(folder: Path, own: Sequence[Path] = ()) -> ActorTables:
    """Read data/actors. Rows of ``own`` files (columns of offices.csv) come first and so win over ours."""
    countries = {
        r["code"]: Country(
            r["code"], r["name"], split(r["names"]), split(r["adjectives"]), split(r["demonyms"]), split(r["capitals"]),
            split(r["metonyms"]), r["status"], r["wikidata"], f"actors/countries/{r['code']}",
        )
        for r in read_csv(folder / "countries.csv", COUNTRY_COLUMNS)
    }  # fmt: skip
    offices = [o for path in (*own, folder / "offices.csv") for o in _offices(path)]
    organizations = tuple(
        Organization(
            r["code"], r["name"], split(r["aliases"]), r["type"], r["sector"], r["polecat"], split(r["members"]),
            f"actors/organizations/{r['code']}",
        )
        for r in read_csv(folder / "organizations.csv", ORGANIZATION_COLUMNS)
    )  # fmt: skip
    groups = tuple(
        Group(
            r["code"], r["name"], split(r["aliases"]), split(r["countries"]), r["type"], r["polecat"],
            f"actors/groups/{r['code']}",
        )
        for r in read_csv(folder / "groups.csv", GROUP_COLUMNS)
    )  # fmt: skip
    by_surname: dict[str, list[Office]] = {}
    by_office: dict[tuple[str, str], list[Office]] = {}
    for o in offices:
        by_surname.setdefault(o.surname.casefold(), []).append(o)
        by_office.setdefault((o.code, o.office), []).append(o)
    for rows in by_office.values():
        rows.sort(key=lambda o: str(o.held))
    return ActorTables(
        countries,
        tuple(offices),
        organizations,
        groups,
        {k: tuple(v) for k, v in by_surname.items()},
        {k: tuple(v) for k, v in by_office.items()},
    )


def _offices(path: Path) -> list[Office]:
    out = []
    for n, r in enumerate(read_csv(path, OFFICE_COLUMNS), start=2):
        try:
            start = Interval.parse(r["start"]).start if r["start"] else None
            end = Interval.parse(r["end"]).end if r["end"] else None
        except ValueError as e:
            raise KnowledgeError(f"{path} line {n}: {r['person']}: {r['start']!r} or {r['end']!r} is no date") from e
        out.append(
            Office(
                r["code"], r["office"], r["person"], r["surname"], split(r["aliases"]), r["title"], Interval(start, end),
                r["end_basis"] not in ("last-seen", "open"), r["wikidata"], r["source"],
                f"actors/offices/{r['code']}/{r['office']}/{r['start']}/{r['surname']}",
            )
        )  # fmt: skip
    return out
