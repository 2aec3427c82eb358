"""Phrases that name an office: "Russian President", "the Turkish foreign minister", "prime ministers of A and B"."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.actors import ActorTables
from dragoman.knowledge.names import Name
from dragoman.reading.actors.page import OWNERS, Page

_BETWEEN = frozenset({"JJ", "JJS", "NN", "NNP", "VBN", "VBD", "CD", "HYPH", "NNS", "RB"})


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """Words ``first`` to ``last`` (not included) of a page that name an office, and whose office it is."""

    first: int
    last: int
    titles: tuple[Name, ...]  # the rows its title may be
    title_words: str  # as the text has it, lower case
    owners: tuple[Name, ...] = ()  # one for each state or body it belongs to
    effects: tuple[str, ...] = ()  # former, acting, deceased ...
    plural: bool = False
    style: bool = False  # Mr, Sheikh: says no office
    counterpart: bool = False

    @property
    def former(self) -> bool:
        return "former" in self.effects or "deceased" in self.effects

    @property
    def offices(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n.key for n in self.titles))


def role_phrases(page: Page, tables: ActorTables) -> list[RolePhrase]:
    """Every phrase of that kind in the page, in order."""
    out: list[RolePhrase] = []
    done = 0
    for hit in page.hits:
        if hit.first < done:
            continue
        titles = tuple(n for n in hit.names if n.kind == "title")
        if not titles:
            continue
        last, words, all_titles = hit.last, [hit], list(titles)
        while last < len(page.words) and page.words[last].glued and page.names(last, "title") and not _is_style(titles):
            more = page.hit_at[last]
            assert more is not None
            words.append(more)
            all_titles = [n for n in more.names if n.kind == "title"] + all_titles
            last = more.last
        phrase = _grow(page, hit.first, last, tuple(all_titles), done)
        out.append(phrase)
        done = phrase.last
    return out


def _is_style(titles: tuple[Name, ...]) -> bool:
    return all(n.detail == "style" for n in titles)


def _grow(page: Page, first: int, last: int, titles: tuple[Name, ...], floor: int) -> RolePhrase:
    """Take in what stands before the title (whose, former) and the of-phrase after it."""
    words = " ".join(w.text for w in page.words[first:last]).lower()
    plural = all(n.plural for n in titles)
    effects: list[str] = []
    owners: tuple[Name, ...] = ()
    start = first
    i = first - 1
    filler = 0
    while i >= floor and page.words[i + 1].glued:
        hit = page.hit_at[i]
        kinds = {n.kind for n in hit.names} if hit is not None else set()
        if "modifier" in kinds and hit is not None:
            effects.extend(n.detail for n in hit.names if n.kind == "modifier")
            start, i, filler = hit.first, hit.first - 1, 0
        elif kinds & OWNERS and hit is not None and not owners:
            owner = _one_owner(page, hit.first)
            if owner is None:
                break
            owners, start, filler = (owner,), hit.first, 0
            i = hit.first - 1
            if plural:
                owners, start = _more_before(page, owners, start, floor)
                i = start - 1
        elif not owners and filler < 2 and hit is None and not page.words[i].text[0].isupper() and (
            page.tokens[i].tag_ in _BETWEEN
        ):  # fmt: skip
            filler += 1
            i -= 1
        else:
            break
    end = last
    if not owners:
        owners, end = _of_phrase(page, last, plural)
    return RolePhrase(start, end, titles, words, owners, tuple(effects), plural, _is_style(titles), "counterpart" in words)


def _one_owner(page: Page, i: int) -> Name | None:
    names = page.names(i, *OWNERS)
    for kind in ("adjective", "country", "org", "metonym", "group", "capital"):
        for name in names:
            if name.kind == kind:
                return name
    return None


def _more_before(page: Page, owners: tuple[Name, ...], start: int, floor: int) -> tuple[tuple[Name, ...], int]:
    """"the Turkish and Russian presidents": the owners before an "and" or a comma."""
    i = start - 1
    while i >= floor:
        if page.words[i].fold == "and":
            i -= 1
            continue
        if page.gap(i + 1).strip() not in ("", ",") or page.hit_at[i] is None:
            break
        owner = _one_owner(page, i)
        hit = page.hit_at[i]
        if owner is None or hit is None:
            break
        owners, start, i = (owner, *owners), hit.first, hit.first - 1
    return owners, start


def _of_phrase(page: Page, last: int, plural: bool) -> tuple[tuple[Name, ...], int]:
    """"president of the Republic of Turkey": whose office it is, after "of"."""
    i = last
    if i < len(page.words) and page.words[i].fold == "of" and page.words[i].glued:
        i += 1
        owners: list[Name] = []
        end = last
        while i < len(page.words):
            if page.words[i].fold in ("the", "both") or (owners and page.words[i].fold == "and"):
                i += 1
                continue
            hit = page.hit_at[i]
            owner = _one_owner(page, i) if hit is not None and hit.first == i else None
            if owner is None or hit is None or owner.kind == "adjective" or (owners and not plural):
                break
            owners.append(owner)
            end = i = hit.last
            if not plural:
                break
        if owners:
            return tuple(owners), end
    return (), last
