"""Every written form of every row of data/actors, put into one index of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.knowledge.actor_rows import Country, Group, Modifier, Noun, Office, Organization, Person, Title
from dragoman.knowledge.names import (
    WORD,
    Name,
    NameIndex,
    fold,
    written_words,
)
from dragoman.knowledge.spellings import person_forms, respelled, words_in_all_forms

# English plurals that a rule of endings gets wrong.
_IRREGULAR = {"man": "men", "woman": "women", "person": "people", "child": "children"}

# Where the family name comes first: "Xi Jinping" is "Xi", whatever the row takes for the surname.
FAMILY_FIRST = frozenset({"CHN", "TWN", "PRK", "KOR"})
# Where both orders are written: Viktor Orban and Orban Viktor.
FAMILY_EITHER = frozenset({"HUN", "JPN"})


def index_tables(
    countries: Mapping[str, Country],
    organizations: Sequence[Organization],
    groups: Sequence[Group],
    titles: Sequence[Title],
    modifiers: Mapping[str, Modifier],
    nouns: Mapping[str, Noun],
    persons: Mapping[str, Person],
) -> NameIndex:
    """The index over all tables."""
    index = NameIndex()
    for c in countries.values():
        _country(index, c)
    for org in organizations:
        _all(index, "org", org.code, org.row, (org.name, *org.aliases), org.ambiguous)
        _all(index, "generic", org.code, org.row, org.generic, {}, any_case=True)
    for group in groups:
        _all(index, "group", group.code, group.row, (group.name, *group.aliases), group.ambiguous)
        _all(index, "generic", group.code, group.row, group.generic, {}, any_case=True)
    for t in titles:
        one, many = written_words(t.title), written_words(plural_title(t.title))
        index.put(Name("title", t.office, t.row, one, True, t.kind, False, t.countries))
        if t.kind != "style":
            index.put(Name("title", t.office, t.row, many, True, t.kind, True, t.countries))
    called = {t.title for t in titles}
    for modifier in modifiers.values():
        if modifier.modifier.rpartition(" ")[0] in called:
            continue  # "spokesman for": the title is found by itself
        words = written_words(modifier.modifier)
        index.put(Name("modifier", modifier.modifier, modifier.row, words, True, modifier.effect))
    for noun in nouns.values():
        one, many = written_words(noun.noun), written_words(noun.plural or plural(noun.noun))
        index.put(Name("noun", noun.noun, noun.row, one, True, noun.kind, noun.only_plural))
        if not noun.only_plural:
            index.put(Name("noun", noun.noun, noun.row, many, True, noun.kind, True))
    people = tuple(persons.values())
    waiting: dict[str, list[int]] = {}
    for n, person in enumerate(people):
        for word in words_of_person(person):
            waiting.setdefault(word, []).append(n)
    index.waiting = {word: tuple(numbers) for word, numbers in waiting.items()}
    index.forms = lambda n: person_names(people[n])
    return index


def _all(
    index: NameIndex, kind: str, key: str, row: str, names: Sequence[str], ambiguous: Mapping[str, tuple[str, ...]],
    *, any_case: bool = False, detail: str = "",
) -> None:  # fmt: skip
    for name in names:
        written = written_words(name)
        other = ambiguous.get(" ".join(map(fold, written)), ()) if ambiguous else ()
        index.put(Name(kind, key, row, written, any_case, detail, False, other, name if "'" in name else ""))


def _country(index: NameIndex, c: Country) -> None:
    _all(index, "country", c.code, c.row, (c.name, *c.names), c.ambiguous)
    _all(index, "adjective", c.code, c.row, c.adjectives, c.ambiguous)
    _all(index, "demonym", c.code, c.row, c.demonyms, c.ambiguous)
    _all(index, "capital", c.code, c.row, c.capitals, c.ambiguous)
    for metonym in c.metonyms:
        name, _, sector = metonym.partition("=")
        if name not in c.capitals:
            _all(index, "metonym", c.code, c.row, (name,), c.ambiguous, detail=sector or "GOV")
    for region in c.regions:
        name, _, adjective = region.partition("=")
        _all(index, "region", c.code, c.row, (name,), c.ambiguous)
        _all(index, "adjective", c.code, c.row, (adjective,) if adjective else (), c.ambiguous, detail="region")


def _called(person: Person) -> dict[tuple[str, str], Office]:
    """Each name and surname that the rows of a person have, with a row that has them."""
    out: dict[tuple[str, str], Office] = {}
    for office in person.offices:
        out.setdefault((office.person, office.surname), office)
        if not office.aliases:
            continue
        for alias in office.aliases:
            out.setdefault((alias, office.surname), office)
    return out


def words_of_person(person: Person) -> set[str]:
    """Folded words of which every form of :func:`person_names` has at least one."""
    out: set[str] = set()
    first = person.offices[0]
    if len(person.offices) == 1 and not first.aliases:
        names = [(first.person, first.surname, first)]
    else:
        names = [(name, surname, office) for (name, surname), office in _called(person).items()]
    for name, surname, office in names:
        if name.endswith(surname) and surname.isalpha() and surname.isascii() and surname[-1] not in "iyj":
            out.add(surname.lower())
            if office.code not in FAMILY_FIRST:
                continue
        name, _ = untitled(name)
        out |= words_in_all_forms(name, surname)
        if office.code in FAMILY_FIRST:
            out.update(map(fold, WORD.findall(name)[:1]))
    return out


def person_names(person: Person) -> list[Name]:
    """Every written form of a person's names: in full, and what may stand for it later."""
    out: list[Name] = []
    for (name, surname), office in _called(person).items():
        named = name
        name, bare = untitled(name)
        full, short = person_forms(name, surname)
        if not full and not short[1:] and fold(name) != fold(surname):
            short.append(tuple(WORD.findall(name)))  # "Jokowi", "Lula": one word, and not the surname
        if bare and not full:
            short = [tuple(WORD.findall(name))]
            if named.startswith(_GIVEN) and named == office.person and name == surname:
                full = [tuple(WORD.findall(named))]
        if office.code in FAMILY_FIRST and len(full) == 1 and len(full[0]) in (2, 3) and surname != full[0][0]:
            short.append(full[0][:1])
        if office.code in FAMILY_EITHER:
            full += [(words[1], words[0]) for words in full if len(words) == 2]
        full += [w for words in full for w in respelled(words)]
        short += [w for words in short for w in respelled(words)]
        out += [Name("person", person.key, person.key, words) for words in full]
        out += [Name("surname", person.key, person.key, words) for words in short]
    return out


# Titles that are a name's first word in some lands: Sheikh Hasina is no sheikh.
_GIVEN = ("Sheikh ", "Sheik ")
_TITLES = frozenset(
    [
        "president",
        "prince",
        "princess",
        "crown",
        "king",
        "queen",
        "pope",
        "sheikh",
        "emir",
        "sultan",
        "general",
        "gen",
        "marshal",
        "minister",
        "dr",
        "mr",
        "sir",
        "lord",
    ]
)


def untitled(name: str) -> tuple[str, bool]:
    """A form without the title at its beginning, and whether it had one: "Crown Prince Mohammed" -> Mohammed."""
    if " " not in name:
        return name, False
    words = name.split()
    kept = words
    while len(kept) > 1 and kept[0].lower().rstrip(".") in _TITLES:
        kept = kept[1:]
    return " ".join(kept), len(kept) < len(words)


def plural(noun: str) -> str:
    """The regular plural of a noun's last word: ministry -> ministries, church -> churches."""
    first, _, last = noun.rpartition(" ")
    for ending, more in _IRREGULAR.items():
        if last.endswith(ending):
            last = last[: -len(ending)] + more
            break
    else:
        if last.endswith(("s", "x", "ch", "sh")):
            last += "es"
        elif last.endswith("y") and last[-2:-1] not in "aeiou":
            last = last[:-1] + "ies"
        else:
            last += "s"
    return f"{first} {last}" if first else last


def plural_title(title: str) -> str:
    """The plural of a title: its head is the word before "of", "to", "for" or the last one (secretaries of state)."""
    for word in (" of ", " to ", " for ", "-general", " in ", "-in-"):
        head, sep, rest = title.partition(word)
        if sep:
            return plural(head) + sep + rest
    return plural(title)
