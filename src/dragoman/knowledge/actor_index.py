"""Every written form of every row of data/actors, put into one index of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.knowledge.actor_rows import Country, Group, Modifier, Noun, Organization, Person, Title
from dragoman.knowledge.names import WORD, Name, NameIndex, fold, person_forms, respelled

# English plurals that a rule of endings gets wrong.
_IRREGULAR = {"man": "men", "woman": "women", "person": "people", "child": "children"}

# Where the family name comes first: "Xi Jinping" is "Xi", whatever the row takes for the surname.
FAMILY_FIRST = frozenset({"CHN", "TWN", "PRK", "KOR"})


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
    for title in titles:
        more = {"any_case": True, "detail": title.kind, "other": title.countries}
        index.put("title", title.office, title.row, title.title, **more)
        if title.kind != "style":
            index.put("title", title.office, title.row, plural_title(title.title), plural=True, **more)
    called = {t.title for t in titles}
    for modifier in modifiers.values():
        if modifier.modifier.rpartition(" ")[0] in called:
            continue  # "spokesman for": the title is found by itself
        index.put("modifier", modifier.modifier, modifier.row, modifier.modifier, any_case=True, detail=modifier.effect)
    for noun in nouns.values():
        index.put("noun", noun.noun, noun.row, noun.noun, any_case=True, detail=noun.kind, plural=noun.only_plural)
        if not noun.only_plural:
            index.put(
                "noun",
                noun.noun,
                noun.row,
                noun.plural or plural(noun.noun),
                any_case=True,
                detail=noun.kind,
                plural=True,
            )
    for person in persons.values():
        _person(index, person)
    return index


def _all(
    index: NameIndex, kind: str, key: str, row: str, names: Sequence[str], ambiguous: Mapping[str, tuple[str, ...]],
    *, any_case: bool = False, detail: str = "",
) -> None:  # fmt: skip
    for name in names:
        written = tuple(m.group() for m in WORD.finditer(name))
        other = ambiguous.get(" ".join(fold(w) for w in written), ()) if ambiguous else ()
        index.put_words(written, Name(kind, key, row, written, any_case, detail, False, other))


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


def _person(index: NameIndex, person: Person) -> None:
    done = set()
    for office in person.offices:
        for name in (office.person, *office.aliases):
            if (name, office.surname) in done:
                continue
            done.add((name, office.surname))
            name, bare = untitled(name)
            full, short = person_forms(name, office.surname)
            if bare and not full:
                short = [(name,)]
            if (
                office.code in FAMILY_FIRST
                and len(full) == 1
                and len(full[0]) in (2, 3)
                and office.surname != full[0][0]
            ):
                short.append(full[0][:1])
            full += [w for words in full for w in respelled(words)]
            short += [w for words in short for w in respelled(words)]
            for words in full:
                index.put_words(words, Name("person", person.key, person.key, words))
            for words in short:
                index.put_words(words, Name("surname", person.key, person.key, words))


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
