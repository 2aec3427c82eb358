"""The rows of data/actors as values; data/actors/README.md says what each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.knowledge.names import fold
from dragoman.model import Interval

COUNTRY_COLUMNS = ("code", "name", "names", "adjectives", "demonyms", "capitals", "metonyms", "iso2", "cow", "wikidata",
                   "status", "source", "ambiguous", "regions", "start", "end")  # fmt: skip
OFFICE_COLUMNS = ("code", "office", "person", "surname", "aliases", "title", "start", "end", "end_basis", "wikidata",
                  "source")  # fmt: skip
ORGANIZATION_COLUMNS = ("code", "name", "aliases", "type", "sector", "polecat", "members", "source", "id", "generic",
                        "country", "ambiguous", "start", "end")  # fmt: skip
GROUP_COLUMNS = ("code", "name", "aliases", "countries", "type", "polecat", "start", "end", "source", "sector",
                 "ambiguous", "governs", "generic")  # fmt: skip
TITLE_COLUMNS = ("title", "office", "countries", "sector", "kind", "source")
MODIFIER_COLUMNS = ("modifier", "effect", "position", "source")
NOUN_COLUMNS = ("noun", "sector", "kind", "plural", "number", "source")

ALWAYS = Interval(None, None)

# Which of several offices held on one day a person is called by: the earlier wins.
RANK = ("monarch", "head_of_state", "head_of_government", "igo_head", "heir", "vice_president",
        "deputy_head_of_government", "foreign_minister", "defence_minister", "governor_general",
        "interior_minister", "finance_minister", "legislature_presiding", "national_security_adviser",
        "military_chief", "intelligence_chief", "central_bank_governor", "justice_minister", "other_minister",
        "un_permanent_representative", "ambassador", "envoy", "igo_official", "opposition_leader",
        "group_leader", "spokesperson")  # fmt: skip
_RANKS = {office: n for n, office in enumerate(RANK)}
TOP = frozenset({"monarch", "head_of_state", "head_of_government", "igo_head"})


def alike(offices: Iterable[str]) -> frozenset[str]:
    """These offices with those that a title does not tell from them: an emir is a monarch and head of state."""
    all_of_them = frozenset(offices)
    if all_of_them & {"head_of_state", "monarch"}:
        all_of_them |= {"head_of_state", "monarch"}
    return all_of_them


# The offices in plain words; the two highest are called by the title in their row.
ROLES = {
    "foreign_minister": "foreign minister",
    "defence_minister": "defence minister",
    "interior_minister": "interior minister",
    "finance_minister": "finance minister",
    "justice_minister": "justice minister",
    "vice_president": "vice president",
    "deputy_head_of_government": "deputy prime minister",
    "legislature_presiding": "speaker of parliament",
    "national_security_adviser": "national security adviser",
    "military_chief": "military chief",
    "central_bank_governor": "central bank governor",
    "intelligence_chief": "intelligence chief",
    "un_permanent_representative": "ambassador to the UN",
    "governor_general": "governor-general",
    "opposition_leader": "opposition leader",
    "spokesperson": "spokesperson",
    "group_leader": "leader",
    "heir": "crown prince",
}


# What the heads of states and bodies are called, whatever else their title says.
SHORT = ("prime minister", "president", "chancellor", "premier", "taoiseach", "king", "queen", "emperor", "pope",
         "secretary-general", "sultan", "emir", "chairman", "director-general")  # fmt: skip
# Holders of an office of ROLES who are not called by its plain words: the European Union's foreign minister.
OWN_WORDS = frozenset({"high representative"})


@dataclass(frozen=True, slots=True)
class Country:
    """A state or a contested territory. code: ISO 3166-1 alpha-3 (Kosovo: KOS)."""

    code: str
    name: str
    names: tuple[str, ...]  # further names, official and former ones too
    adjectives: tuple[str, ...]  # Turkish
    demonyms: tuple[str, ...]  # Turk, Turks
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]  # words for its government: Kremlin; with =SECTOR for another body: Pentagon=MIL
    status: str  # un-member | observer | contested | territory | region | historical
    wikidata: str
    row: str  # the table row's address: actors/countries/TUR
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # folded name -> what else it can mean
    days: Interval = ALWAYS
    regions: tuple[str, ...] = ()  # parts of it that act in news: "Chechnya=Chechen"


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
    row: str  # actors/offices/RUS/head_of_state/2012-05-07/putin

    def may_hold(self, window: Interval) -> bool:
        """Held on some day of the window, as far as is known: after a last-seen end it may go on."""
        if self.held.meet(window) is not None:
            return True
        return not self.end_known and (self.held.start is None or window.end is None or self.held.start <= window.end)

    def surely_over(self, window: Interval) -> bool:
        """Ended, on a known day, before the window begins."""
        return (
            self.end_known and self.held.end is not None and window.start is not None and self.held.end < window.start
        )

    @property
    def role(self) -> str:
        """The office in plain words: "president", "foreign minister"; of a body's official the row's own title."""
        title = self.title.lower()
        if self.office in ROLES:
            return title if title in OWN_WORDS else ROLES[self.office]
        short = next((word for word in SHORT if word in title), None) if self.office in TOP else None
        return short or title or self.office.replace("_", " ")


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
    generic: tuple[str, ...] = ()  # common nouns that stand for it once it was named: bloc, alliance
    country: str = ""  # the state it acts for, or is based in
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: Interval = ALWAYS


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
    sector: str = "REB"
    generic: tuple[str, ...] = ()
    governs: tuple[tuple[str, Interval], ...] = ()  # of which state it is the government, and when
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: Interval = ALWAYS


@dataclass(frozen=True, slots=True)
class Title:
    """Words for an office: "foreign minister", "top diplomat", "Mr"."""

    title: str  # lower case
    office: str  # as in offices.csv, or a plain name
    countries: tuple[str, ...]  # where it means that; empty: everywhere
    sector: str
    kind: str  # title | role | style
    row: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word that changes an office: former, acting, -elect."""

    modifier: str
    effect: str
    position: str  # before | after | both
    row: str


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun that acts for a state when it is somebody's: troops, court, exports."""

    noun: str
    sector: str
    kind: str  # person | people | body | thing
    plural: str
    only_plural: bool
    row: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person with every office in the table."""

    key: str
    name: str
    offices: tuple[Office, ...]  # in order of start

    def in_office(self, window: Interval) -> tuple[Office, ...]:
        """Offices held on some day of the window, the highest first; those surely held before those that may be."""
        found = [o for o in self.offices if o.may_hold(window)]
        return tuple(sorted(found, key=lambda o: (o.held.meet(window) is None, _rank(o))))

    def last(self, window: Interval) -> Office | None:
        """The highest of the offices that were over before the window, the presidency before the ministry."""
        past = [o for o in self.offices if o.surely_over(window)]
        return min(past, key=lambda o: (_rank(o), -(o.held.end.toordinal() if o.held.end else 0)), default=None)


def _rank(office: Office) -> int:
    return _RANKS.get(office.office, len(RANK))


def persons_of(offices: Sequence[Office]) -> dict[str, Person]:
    """Rows gathered by person: by Wikidata's id; where a row has none, by name within one country.

    A monarch of several realms, and the head of a body who held an office at home, are one person by name alone.
    """
    known: dict[tuple[str, str], str] = {}
    anywhere: dict[str, str] = {}
    plain = {o.person: _plain(o.person) for o in offices}
    for o in offices:
        name = plain[o.person]
        if o.wikidata:
            known.setdefault((o.code, name), o.wikidata)
        if o.office == "monarch" or o.office.startswith("igo_"):
            anywhere.setdefault(name, o.wikidata or f"{o.code}/{name}")
            if o.wikidata:
                anywhere[name] = o.wikidata
    homes = {plain[o.person]: o.wikidata for o in offices if o.wikidata and plain[o.person] in anywhere}
    rows: dict[str, list[Office]] = {}
    for o in offices:
        name = plain[o.person]
        key = o.wikidata or known.get((o.code, name)) or homes.get(name) or anywhere.get(name) or f"{o.code}/{name}"
        if name.endswith("bush"):
            key += _initials(o.person)
        rows.setdefault(key, []).append(o)
    out = {}
    for key, held in rows.items():
        if len(held) > 1:
            held.sort(key=lambda o: str(o.held))
        best = min(held, key=_rank) if len(held) > 1 else held[0]
        out[key] = Person(key, best.person, tuple(held))
    return out


def _initials(name: str) -> str:
    """ "H.W." of George H.W. Bush: what parts a father from his son where a source has given both one id."""
    letters = [w.replace(".", "") for w in name.split() if "." in w and len(w.replace(".", "")) <= 2]
    return f"/{''.join(letters)}" if letters and name.endswith("Bush") else ""


def _plain(name: str) -> str:
    if name.isascii():
        return fold(" ".join(name.replace("-", " ").split()))
    return " ".join(fold(w) for w in name.replace("-", " ").split())
