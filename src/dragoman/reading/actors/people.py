"""Persons: full names, titles before and after them, surnames carried through the report, people in no table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.knowledge.actors import ActorTables
from dragoman.knowledge.names import PARTICLES, Name, fold
from dragoman.model import Interval, Reason, Span
from dragoman.reading.actors.draft import Draft, Who
from dragoman.reading.actors.identity import choose, code_of, person_who, unknown_who
from dragoman.reading.actors.page import OWNERS, Page
from dragoman.reading.actors.roles import RolePhrase

_TOP = frozenset({"monarch", "head_of_state", "head_of_government", "igo_head", "foreign_minister"})
_GENDERS = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "king": "m", "queen": "f", "prince": "m", "princess": "f",
            "sheikh": "m", "pope": "m", "lord": "m", "lady": "f", "sir": "m", "dame": "f", "spokesman": "m",
            "spokeswoman": "f", "chairman": "m", "chairwoman": "f", "emperor": "m", "empress": "f"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name in the text: words ``first`` to ``last`` of a page, with the office phrases around it."""

    page: int
    first: int
    last: int
    keys: tuple[str, ...]  # people of the table who bear it; empty for a name in no table
    short: bool
    before: RolePhrase | None = None  # "Foreign Minister" Fidan
    apart: RolePhrase | None = None  # "the foreign minister," Fidan | Fidan, "the foreign minister"
    owners: tuple[Name, ...] = ()  # Fidan "of Turkey"
    former: bool = False


@dataclass(slots=True)
class People:
    """The persons of one report: by surname, for the mentions that are no more than that."""

    by_short: dict[str, list[Who]] = field(default_factory=dict)
    used_roles: set[tuple[int, int]] = field(default_factory=set)  # (page, first word) of phrases that belong to a name

    def know(self, who: Who, words: Sequence[str]) -> None:
        for n in range(1, len(words) + 1):
            some = self.by_short.setdefault(" ".join(words[-n:]), [])
            if all(w.key != who.key for w in some):
                some.append(who)


def find_people(
    pages: Sequence[Page], roles: Sequence[Sequence[RolePhrase]], window: Interval, tables: ActorTables, draft: Draft
) -> People:
    """Every named person; mentions go into ``draft``."""
    people = People()
    full: list[Sighting] = []
    rest: list[Sighting] = []
    for n, page in enumerate(pages):
        for s in _sightings(n, page, roles[n], tables):
            (rest if s.short else full).append(s)
    known = {s.keys: None for s in full}
    del known
    for s in full:
        _settle(s, pages[s.page], window, tables, draft, people)
    for s in rest:
        _settle_short(s, pages, window, tables, draft, people)
    return people


def _sightings(n: int, page: Page, roles: Sequence[RolePhrase], tables: ActorTables) -> list[Sighting]:
    """Names in one page: those of the table, and capitalised words where a title or the parser says person."""
    ends = {r.last: r for r in roles}
    starts = {r.first: r for r in roles}
    spans: list[tuple[int, int, tuple[str, ...], bool]] = []
    taken: set[int] = set()
    for hit in page.hits:
        keys = tuple(x.key for x in hit.names if x.kind == "person")
        shorts = tuple(x.key for x in hit.names if x.kind == "surname")
        if keys:
            spans.append((hit.first, hit.last, keys, False))
        elif shorts and not any(x.kind in OWNERS for x in hit.names):
            first, last = _whole_run(page, hit.first, hit.last, ends)
            if (first, last) == (hit.first, hit.last) or page.title_case:
                spans.append((hit.first, hit.last, shorts, True))
    for first, last, _, _ in spans:
        taken.update(range(first, last))
    for first, last in _runs(page, roles):
        if not taken.intersection(range(first, last)):
            spans.append((first, last, (), last - first == 1))
            taken.update(range(first, last))
    out: list[Sighting] = []
    shared: tuple[int, RolePhrase] | None = None  # a plural title that the next name of the list shares
    for first, last, keys, short in sorted(spans):
        before = ends.get(first) if page.words[first].glued else None
        apart = None
        owners, end = _of(page, last)
        if before is None and shared is not None and _list_gap(page, shared[0], first):
            before = RolePhrase(first, first, shared[1].titles, shared[1].title_words, (), shared[1].effects, True)
        if before is None and first in ends and page.gap(first) == ", " and _closes(page, last):
            apart = ends[first]
        if before is None and apart is None and end < len(page.words):
            j = end
            if page.gap(j) in (", ", " ("):
                while j < len(page.words) and page.words[j].fold in ("the", "a", "an", "its", "who", "is", "then"):
                    j += 1
                apart = starts.get(j)
                if apart is not None and (apart.last in {s[0] for s in spans} or apart.style):
                    apart = None
        if before is not None and before.plural:
            shared = (end, before)
        elif shared is not None and before is None:
            shared = None
        out.append(Sighting(n, first, last, keys, short, before, apart, owners, _former_list(page, first)))
    return out


def _closes(page: Page, last: int) -> bool:
    """A comma, a bracket, a dash or the end follows: the name is set between commas."""
    if last >= len(page.words):
        return True
    return page.gap(last).lstrip("”\"'")[:1] in (",", ".", ")", ";", "–", "—", "") or page.gap(last).startswith(" –")


def _list_gap(page: Page, end: int, first: int) -> bool:
    return end < len(page.words) and all(page.words[i].fold == "and" for i in range(end, first)) and (
        page.gap(end).strip() in ("", ",") and first - end <= 1
    )


def _of(page: Page, last: int) -> tuple[tuple[Name, ...], int]:
    """The country of "Angela Merkel of Germany", and where the phrase ends."""
    i = last
    if i < len(page.words) and page.words[i].fold in ("of", "from") and page.words[i].glued:
        i += 1
        if i < len(page.words) and page.words[i].fold == "the":
            i += 1
        names = page.names(i, "country", "org")
        hit = page.hit_at[i] if i < len(page.words) else None
        if names and hit is not None:
            return names[:1], hit.last
    return (), last


def _former_list(page: Page, first: int) -> bool:
    """The name stands in a list that its head calls former: "several former leaders, including A, B and C"."""
    token = page.tokens[first]
    for _ in range(12):
        if token.head is token:
            return False
        token = token.head
        if token.pos_ in ("VERB", "AUX") and token.lower_ not in ("including",):
            return False
        if token.pos_ == "NOUN" and any(c.lower_ in ("former", "ex", "retired", "past") for c in token.lefts):
            return True
    return False


def _whole_run(page: Page, first: int, last: int, ends: dict[int, RolePhrase]) -> tuple[int, int]:
    """The capitalised words around a surname that belong to one name with it."""
    while (
        first > 0
        and page.words[first].glued
        and first not in ends
        and page.hit_at[first - 1] is None
        and page.is_name_like(first - 1)
        and not page.sentence_start(first - 1)
        and page.tokens[first - 1].pos_ == "PROPN"
    ):
        first -= 1
    while (
        last < len(page.words)
        and page.words[last].glued
        and page.hit_at[last] is None
        and page.is_name_like(last)
        and page.tokens[last].pos_ == "PROPN"
        and "'" not in page.gap(last)
        and "’" not in page.gap(last)
    ):
        last += 1
    return first, last


def _runs(page: Page, roles: Sequence[RolePhrase]) -> list[tuple[int, int]]:
    """Capitalised words that are a person's name: after a title, or where the parser sees a person."""
    out: list[tuple[int, int]] = []
    if not page.title_case:
        for role in roles:
            if role.last < len(page.words) and page.words[role.last].glued and (
                page.words[role.last - 1].text[0].isupper() or role.owners or not role.style
            ):  # fmt: skip
                first, last = _capitals_from(page, role.last)
                if last > first:
                    out.append((first, last))
    word_of = {t.i: i for i, t in enumerate(page.tokens)}
    for ent in page.passage.doc.ents:
        if ent.label_ != "PERSON":
            continue
        inside = [word_of[t.i] for t in ent if t.i in word_of]
        if not inside:
            continue
        first, last = inside[0], inside[-1] + 1
        while first < last and (not page.is_name_like(first) or page.names(first, "title", "modifier", *OWNERS)):
            first += 1
        if last - first >= 2 and not page.title_case and all(
            page.is_name_like(i) or page.words[i].fold in PARTICLES for i in range(first, last)
        ) and not any(page.names(i, "org", "group", "metonym") for i in range(first, last)):  # fmt: skip
            out.append((first, last))
        elif last - first == 1 and not page.title_case:
            out.append((first, last))
    return out


def _capitals_from(page: Page, i: int) -> tuple[int, int]:
    first = i
    while i < len(page.words) and (i == first or page.words[i].glued) and i - first < 5:
        if "'" in page.gap(i) or "’" in page.gap(i):
            break
        if page.is_name_like(i) and (page.hit_at[i] is None or not page.names(i, "title", "noun", *OWNERS)):
            i += 1
        elif page.words[i].fold in PARTICLES and page.is_name_like(i + 1) and i > first:
            i += 1
        else:
            break
    if i > first and page.tokens[first].pos_ not in ("PROPN", "NOUN", "ADJ", "X"):
        return first, first
    return first, i


def _settle(s: Sighting, page: Page, window: Interval, tables: ActorTables, draft: Draft, people: People) -> None:
    role = s.before or s.apart
    owners = s.owners or (role.owners if role else ())
    codes = [c for c in (code_of(o, tables) for o in owners[:1]) if c]
    offices = tuple(o for o in (role.offices if role else ()) if o != "style")
    former = s.former or bool(role and role.former)
    at = page.span(s.first, s.last)
    name = _plain(at.of(page.passage.doc.text) if False else page.passage.doc.text[page.words[s.first].start : page.words[s.last - 1].end])
    fits = choose(s.keys, codes, offices, former, window, tables) if s.keys else []
    if len(fits) > 1:
        draft.leave_open(at, Reason("code:actors.identity.choose", f"{name}: {len(fits)} people of that name fit", at))
        return
    if fits:
        person = fits[0]
        said = _said_role(role)
        who = person_who(person, codes, offices, former, said, window, tables, _name_of(person.name, person.key, tables), at)
        because = who.trail[0]
    else:
        if not s.keys and s.short:
            return
        who = unknown_who(name, codes[0] if codes else None, _said_sector(role, tables), _said_role(role), former, at)
        because = who.trail[0]
    _put(s, page, who, because, draft, people)
    people.know(who, [w.fold for w in page.words[s.first : s.last]])


def _name_of(name: str, key: str, tables: ActorTables) -> str:
    return name


def _put(s: Sighting, page: Page, who: Who, because: Reason, draft: Draft, people: People) -> None:
    first = s.first
    if s.before is not None and s.before.last == s.first and s.before.first < s.first:
        first = s.before.first
        people.used_roles.add((s.page, s.before.first))
    draft.add(page.span(first, s.last), (who,), "name", because)
    if s.apart is not None:
        people.used_roles.add((s.page, s.apart.first))
        span = page.span(s.apart.first, s.apart.last)
        draft.add(span, (who,), "role", Reason("code:actors.people.apposition", "stands beside the name between commas", span))


def apposition() -> None:
    """An office set beside a name between commas is that person's: "Hakan Fidan, the Turkish foreign minister"."""


def _settle_short(
    s: Sighting, pages: Sequence[Page], window: Interval, tables: ActorTables, draft: Draft, people: People
) -> None:
    """A surname alone: somebody whose full name the report has; else, by title or high office, one person of the table."""
    page = pages[s.page]
    key = " ".join(w.fold for w in page.words[s.first : s.last])
    at = page.span(s.first, s.last)
    role = s.before or s.apart
    owners = s.owners or (role.owners if role else ())
    codes = [c for c in (code_of(o, tables) for o in owners[:1]) if c]
    offices = tuple(o for o in (role.offices if role else ()) if o != "style")
    here = people.by_short.get(key, [])
    if codes:
        here = [w for w in here if w.code is None or w.code in codes]
    if len(here) == 1:
        because = Reason("code:actors.people.carried", f"{here[0].name}, named in full in this report", at)
        _put(s, page, here[0], because, draft, people)
        return
    if len(here) > 1:
        draft.leave_open(at, Reason("code:actors.people.carried", f"{len(here)} people of that name in this report", at))
        return
    if not s.keys:
        if role is not None and not role.style:
            name = _plain(page.passage.doc.text[page.words[s.first].start : page.words[s.last - 1].end])
            who = unknown_who(name, codes[0] if codes else None, _said_sector(role, tables), _said_role(role), role.former, at)
            _put(s, page, who, who.trail[0], draft, people)
            people.know(who, [key])
        return
    if page.tokens[s.first].pos_ not in ("PROPN", "NOUN", "X", "ADJ") and role is None and not page.title_case:
        return
    former = s.former or bool(role and role.former)
    fits = choose(s.keys, codes, offices, former, window, tables)
    if role is None or role.style or not (codes or offices):
        named = _named_codes(pages)
        fits = [p for p in fits if any(o.office in _TOP and (o.code in named or not o.code.isalpha()) for o in p.in_office(window))]
    elif not codes and offices:
        fits = [p for p in fits if any(o.office in offices for o in p.offices)] or []
    if len(fits) == 1:
        person = fits[0]
        who = person_who(person, codes, offices, former, _said_role(role), window, tables, person.name, at)
        _put(s, page, who, who.trail[0], draft, people)
        people.know(who, [key])
    elif role is not None and not role.style:
        name = _plain(page.passage.doc.text[page.words[s.first].start : page.words[s.last - 1].end])
        who = unknown_who(name, codes[0] if codes else None, _said_sector(role, tables), _said_role(role), role.former, at)
        _put(s, page, who, who.trail[0], draft, people)
        people.know(who, [key])
    elif len(fits) > 1:
        draft.leave_open(at, Reason("code:actors.identity.choose", f"{len(fits)} people of that name fit", at))


def carried() -> None:
    """A surname, or a title with it, means the person whom the same report names in full."""


def _named_codes(pages: Sequence[Page]) -> set[str]:
    """Countries and bodies that the report names in any way."""
    return {n.key for page in pages for hit in page.hits for n in hit.names if n.kind in OWNERS}


def _said_role(role: RolePhrase | None) -> str | None:
    if role is None or role.style:
        return None
    if role.plural and role.titles:
        return role.titles[0].row.rpartition("/")[2]
    return role.title_words


def _said_sector(role: RolePhrase | None, tables: ActorTables) -> str | None:
    if role is None or role.style:
        return None
    for name in role.titles:
        for title in tables.titles.get(name.row, ()):
            if title.office == name.key:
                return title.sector
    return None


def _plain(name: str) -> str:
    return " ".join(name.replace("\u00a0", " ").split())


__all__ = ["People", "find_people", "fold", "Span"]
