"""Persons: full names, titles before and after them, surnames carried through the report, people in no table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dragoman.knowledge.actor_index import FAMILY_FIRST
from dragoman.knowledge.actor_rows import TOP, alike
from dragoman.knowledge.actors import ActorTables, Office, Person
from dragoman.knowledge.names import fold, words_of
from dragoman.model import Interval, Reason
from dragoman.reading.actors.draft import Draft, Who
from dragoman.reading.actors.identity import acts_in, choose, code_of, person_who, unknown_who
from dragoman.reading.actors.page import Page
from dragoman.reading.actors.phrases import Phrase
from dragoman.reading.actors.sightings import Sighting, sightings

# Titles and styles that tell a man from a woman.
_MEN = frozenset({"ayatollah", "businessman", "chairman", "congressman", "emir", "emperor", "king", "lord", "mr",
                  "pope", "prince", "sheikh", "sir", "spokesman", "sultan"})  # fmt: skip
_WOMEN = frozenset({"businesswoman", "chairwoman", "congresswoman", "dame", "empress", "lady", "miss", "mrs",
                    "ms", "princess", "queen", "spokeswoman"})  # fmt: skip


@dataclass(slots=True)
class People:
    """The persons of one report: by surname, for the mentions that are no more than that. Local to one report."""

    by_short: dict[str, list[Who]] = field(default_factory=dict)
    used: set[tuple[int, int]] = field(default_factory=set)  # (page, first word) of phrases that belong to a name
    said: list[tuple[Sighting, Who]] = field(default_factory=list)

    def know(self, who: Who, words: Sequence[str]) -> None:
        """The tail of a full name, from its second word on, names the same person later."""
        for n in range(1, len(words) + 1):
            some = self.by_short.setdefault(" ".join(words[-n:]), [])
            if all(w.key != who.key for w in some):
                some.append(who)


def find_people(
    pages: Sequence[Page],
    phrases: Sequence[Sequence[Phrase]],
    named: frozenset[str],
    window: Interval,
    tables: ActorTables,
    draft: Draft,
) -> People:
    """Every named person; mentions go into ``draft``. named: codes of the states and bodies that the report names."""
    people = People()
    all_of_them = [s for n, page in enumerate(pages) for s in sightings(n, page, phrases[n])]
    for s in all_of_them:
        if not s.short:
            _settle(s, pages[s.page], named, window, tables, draft, people)
    for s in [*all_of_them, *_again(pages, all_of_them, people)]:
        if s.short:
            _settle_short(s, pages[s.page], named, window, tables, draft, people)
    return people


def _again(pages: Sequence[Page], seen: Sequence[Sighting], people: People) -> list[Sighting]:
    """The bare surname of somebody whom the tables lack and the report has named in full: the parser need not have
    seen a person in it."""
    unknown = {k for k, some in people.by_short.items() if len(some) == 1 and some[0].key.startswith("person/?")}
    out: list[Sighting] = []
    if not unknown:
        return out
    taken = {(s.page, i) for s in seen for i in range(s.first, s.last)}
    for n, page in enumerate(pages):
        for i, word in enumerate(page.words):
            if word.fold not in unknown or (n, i) in taken or page.hit_at[i] is not None or not page.is_name_like(i):
                continue
            joined = any(
                page.words[k].glued and page.is_name_like(j)
                for k, j in ((i, i - 1), (i + 1, i + 1))
                if 0 < k < len(page.words)
            )
            if not joined and page.tokens[i].pos_ == "PROPN":
                out.append(Sighting(n, i, i + 1, (), True))
    return out


def _settle(
    s: Sighting, page: Page, named: frozenset[str], window: Interval, tables: ActorTables, draft: Draft, people: People
) -> None:
    """A name of two words or more: somebody of the table, or somebody whom the tables lack."""
    codes, offices, former = _context(s, tables)
    at = page.span(s.first, s.last)
    name = _written(page, s)
    fits = choose(s.keys, codes, offices, former, window, tables) if s.keys else []
    if not codes and not (s.role and offices):
        fits = [p for p in fits if _plausible(p, named, tables)]
    if s.role and not codes and TOP & set(offices):  # "Prime Minister Mark Brown" is not Mark Malloch Brown
        fits = [p for p in fits if _in_full(p, page, s) or any(o.office in alike(offices) for o in p.offices)]
    if len(fits) > 1:  # who is called just so, rather than Mahamat Idriss Déby under his last two names
        whole = [p for p in fits if _in_full(p, page, s)]
        fits = whole if len(whole) == 1 else fits
    if len(fits) > 1:
        draft.leave_open(at, Reason("code:actors.identity.choose", f"{name}: {len(fits)} people of that name fit", at))
        return
    who = _of_table(fits[0], s, page, window, tables) if fits else _not_of_table(s, page, tables)
    _put(s, page, who, who.trail[0], draft, people)
    words = [w.fold for w in page.words[s.first : s.last]]
    people.know(who, words)
    if not fits and who.code in FAMILY_FIRST:
        people.know(who, words[:1])
    if fits:
        for form in _shorts(fits[0]):
            people.know(who, [form])


def _in_full(person: Person, page: Page, s: Sighting) -> bool:
    """The text has the name as the table has it, each word."""
    return [w.fold for w in words_of(person.name)] == [w.fold for w in page.words[s.first : s.last]]


def _shorts(person: Person) -> list[str]:
    """The surname as the table has it, which need not come last: Xi Jinping is Xi."""
    return list(dict.fromkeys(o.surname.casefold() for o in person.offices))


_WELL_KNOWN = TOP | {"vice_president", "foreign_minister", "defence_minister", "heir", "igo_official", "group_leader"}


def _plausible(person: Person, named: frozenset[str], tables: ActorTables) -> bool:
    """A name alone means somebody once high in office, or of a country that the report names; a premier of a territory
    only then: there are many Mark Browns."""
    if any(o.code in named for o in person.offices):
        return True
    small = {c.code for c in (tables.countries.get(o.code) for o in person.offices) if c and c.status == "territory"}
    return any(o.office in _WELL_KNOWN and o.code not in small for o in person.offices)


def _settle_short(
    s: Sighting, page: Page, named: frozenset[str], window: Interval, tables: ActorTables, draft: Draft, people: People
) -> None:
    """A surname alone: somebody whose full name the report has; else, by title or high office, one of the table."""
    key = " ".join(w.fold for w in page.words[s.first : s.last])
    at = page.span(s.first, s.last)
    codes, offices, former = _context(s, tables)
    here = people.by_short.get(key, [])
    if _month(page, s):
        return
    if codes:
        here = [w for w in here if w.code is None or w.code in codes] or here
    if len(here) > 1 and offices:
        here = [w for w in here if w.office in offices] or here
    if len(here) == 1:
        _put(s, page, here[0], carried(here[0], s, page), draft, people)
        return
    if len(here) > 1:
        draft.leave_open(
            at, Reason("code:actors.people.carried", f"{len(here)} people of that name in this report", at)
        )
        return
    role = s.role
    titled = role is not None and not role.style and bool(offices or codes)
    if not s.keys and not titled:
        return
    if not titled and not page.title_case and page.tokens[s.first].pos_ != "PROPN" and not (role and role.style):
        return
    if not titled and page.tokens[s.first].ent_type_ in ("DATE", "TIME"):
        return  # the month of May is no prime minister
    fits = choose(s.keys, codes, offices, former, window, tables) if s.keys else []
    fits = [p for p in fits if p.in_office(window) or p.last(window) is not None]
    if not titled:
        fits = _high(fits, s.keys, named, window)
    elif offices and not codes:
        fits = [
            p for p in fits if any(o.office in alike(offices) and _so_called(o, role) for o in p.offices)
        ] or _by_title(fits, role, named, window)
        if len(fits) > 1:  # "King Abdullah" is he whose state the report names
            fits = [p for p in fits if any(o.code in named for o in p.in_office(window))] or fits
    if len(fits) == 1:
        who = _of_table(fits[0], s, page, window, tables)
    elif len(fits) > 1:
        draft.leave_open(at, Reason("code:actors.identity.choose", f"{len(fits)} people of that name fit", at))
        return
    elif titled and not page.title_case:
        who = _not_of_table(s, page, tables)
    else:
        return
    _put(s, page, who, who.trail[0], draft, people)
    people.know(who, [key])


def _month(page: Page, s: Sighting) -> bool:
    """ "By May" is no Theresa."""
    if page.tokens[s.first].ent_type_ != "DATE" or s.role is not None:
        return False
    before = page.words[s.first - 1].fold if s.first else ""
    return before in page.cues["months"] or (s.last < len(page.words) and page.words[s.last].text[0].isdigit())


def _by_title(fits: list[Person], role: Phrase | None, named: frozenset[str], window: Interval) -> list[Person]:
    """ "Secretary Kerry" is he whose own title has the word, in a country that the report names; or the only one."""
    words = role.words if role is not None else ""
    titled = {p.key: [o for o in p.in_office(window) if words and words in o.title.lower().split()] for p in fits}
    near = [p for p in fits if any(o.code in named for o in titled[p.key])]
    if near or window.start is None:
        return near
    sure = [p for p in fits if any(o.held.meet(window) is not None for o in titled[p.key])]
    return sure if len(sure) == 1 else []


def _so_called(office: Office, role: Phrase | None) -> bool:
    """A head of government is "president" only where the table's title says so."""
    said = [w for w in ("president", "prime minister", "chancellor", "premier") if role is not None and w in role.words]
    return office.office not in TOP or not said or any(w in office.title.lower() for w in said)


def _high(fits: list[Person], keys: Sequence[str], named: frozenset[str], window: Interval) -> list[Person]:
    """A bare surname, nowhere in full, means somebody high in office: of a country named, or the only one so called."""
    sure = [p for p in fits if any(o.office in TOP and o.held.meet(window) is not None for o in p.offices)]
    near = [p for p in sure if any(o.code in named for o in p.offices)]
    minister = [
        p
        for p in fits
        if any(o.office == "foreign_minister" and o.code in named and o.held.meet(window) for o in p.offices)
    ]
    if near or minister:
        return near or minister
    if len(set(keys)) > 1 or window.start is None:
        return []
    # Of a name that nobody else in the tables has: also who once led a state that the report names.
    once = [p for p in fits if any(o.office in TOP and o.code in named and o.surely_over(window) for o in p.offices)]
    return sure if len(sure) == 1 else once


def carried(who: Who, s: Sighting, page: Page) -> Reason:
    """A surname, or a title with it, means the person whom the same report names in full."""
    return Reason("code:actors.people.carried", f"{who.name}, named in full in this report", page.span(s.first, s.last))


def apposition(page: Page, phrase: Phrase) -> Reason:
    """An office set beside a name between commas is that person's: "Hakan Fidan, the Turkish foreign minister"."""
    span = page.span(phrase.first, phrase.last)
    return Reason("code:actors.people.apposition", f"“{phrase.words}” stands beside the name between commas", span)


def _context(s: Sighting, tables: ActorTables) -> tuple[list[str], tuple[str, ...], bool]:
    """What stands around the name: the country or body, the offices that its title can mean, whether they are over."""
    role = s.role
    owners = s.owners or (role.owners if role else ())
    codes = [c for c in (code_of(o, tables) for o in owners[:1]) if c]
    return codes, role.offices if role else (), s.former or bool(role and role.former)


def _of_table(person: Person, s: Sighting, page: Page, window: Interval, tables: ActorTables) -> Who:
    codes, offices, former = _context(s, tables)
    role = s.role
    said = None if role is None or role.style or not offices else (_said(role), offices, _sector(role, tables))
    elect = bool(role and {"elect", "designate", "incoming"} & set(role.effects))
    who = person_who(person, codes, offices, former, said, elect, window, page.span(s.first, s.last))
    return replace(who, gender=_gender(role) or _given(person.name, page))


def _not_of_table(s: Sighting, page: Page, tables: ActorTables) -> Who:
    codes, offices, former = _context(s, tables)
    role = s.role
    who = unknown_who(
        _written(page, s),
        codes[0] if codes else None,
        None if role is None or role.style else _sector(role, tables),
        None if role is None or role.style else _said(role),
        former,
        page.span(s.first, s.last),
    )
    return replace(who, gender=_gender(role) or _given(who.name, page), office=offices[0] if offices else None)


def _put(s: Sighting, page: Page, who: Who, because: Reason, draft: Draft, people: People) -> None:
    first = s.first
    if s.before is not None and s.before.first < s.first:
        first = s.before.first
        people.used.add((s.page, s.before.first))
    draft.add(page.span(first, s.last), (who,), "name", because)
    people.said.append((s, who))
    if s.apart is not None:
        people.used.add((s.page, s.apart.first))
        why = apposition(page, s.apart)
        assert why.at is not None
        draft.add(why.at, (who,), "role", why)


def _said(role: Phrase) -> str:
    """The office in the text's own words."""
    words = role.names[0].row.rpartition("/")[2] if role.plural and role.names else role.words
    for effect in role.effects:
        if effect in ("deputy", "assistant", "acting") and effect not in words:
            words = f"{effect} {words}"
        elif effect in ("elect", "designate") and effect not in words:
            words = f"{words}-{effect}"
    return words


def _sector(role: Phrase, tables: ActorTables) -> str | None:
    return acts_in(role.owners[0] if role.owners else None, role.sector(tables), tables)


def _given(name: str, page: Page) -> str | None:
    """What the given name tells: few names are a man's and a woman's."""
    first = fold(name.partition(" ")[0])
    return "f" if first in page.cues["women"] else "m" if first in page.cues["men"] else None


def _gender(role: Phrase | None) -> str | None:
    if role is None:
        return None
    words = set(role.words.replace(".", "").split())
    return "m" if words & _MEN else "f" if words & _WOMEN else None


def _written(page: Page, s: Sighting) -> str:
    return " ".join(page.text[page.words[s.first].start : page.words[s.last - 1].end].split())
