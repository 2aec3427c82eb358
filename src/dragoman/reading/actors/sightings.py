"""Where persons are named: names of the table, and capitalised words where a title or the parser says person."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from dragoman.knowledge.names import PARTICLES, Name
from dragoman.reading.actors.page import OWNERS, Page
from dragoman.reading.actors.phrases import Phrase, undecided
from dragoman.reading.parse import Token

_end = attrgetter("end")
_SKIP_BEFORE_ROLE = frozenset({"the", "a", "an", "its", "his", "her", "who", "is", "was", "then", "now", "also"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name in the text: words ``first`` to ``last`` of a page, with the office phrases around it."""

    page: int
    first: int
    last: int
    keys: tuple[str, ...]  # people of the table who bear it; empty for a name in no table
    short: bool
    before: Phrase | None = None  # "Foreign Minister" Fidan
    apart: Phrase | None = None  # "the foreign minister," Fidan | Fidan, "the foreign minister"
    owners: tuple[Name, ...] = ()  # Fidan "of Turkey"
    former: bool = False

    @property
    def role(self) -> Phrase | None:
        return self.before or self.apart


def sightings(n: int, page: Page, phrases: Sequence[Phrase]) -> list[Sighting]:
    """Every name of a person in page ``n``, in order."""
    roles = [p for p in phrases if _may_stand_before(p)]
    ends = {**{r.reach: r for r in roles}, **{r.last: r for r in roles}}
    starts = {r.first: r for r in roles}
    spans = _named(page, ends)
    taken = {i for first, last, _, _ in spans for i in range(first, last)}
    for first, last in _runs(page, roles):
        if not taken.intersection(range(first, last)):
            spans.append((first, last, (), last - first == 1))
            taken.update(range(first, last))
    name_starts = {s[0] for s in spans}
    out: list[Sighting] = []
    shared: tuple[int, Phrase] | None = None  # a plural title that the next name of the list shares
    for first, last, keys, short in sorted(spans):
        owners, end = of_country(page, last)
        before = _office_before(page, first, ends)
        if before is None and shared is not None and _in_list(page, shared[0], first):
            before = replace(shared[1], first=first, last=first, head=first, owners=())
        apart = None
        if before is None and not short:
            before = _trade(page, first)
        if before is None:
            apart = _beside(page, first, last, end, ends, starts, name_starts)
        if before is None and not owners:
            owners = _possessor(page, first)
        shared = (end, before) if before is not None and before.plural else None
        out.append(Sighting(n, first, last, keys, short, before, apart, owners, _in_former_list(page, first)))
    return out


# Words of rank between an office and a name: "Energy Minister Prince Abdulaziz".
_RANKS = frozenset({"prince", "princess"})


def _office_before(page: Page, first: int, ends: dict[int, Phrase]) -> Phrase | None:
    """The office that stands right before a name, or before the rank or honorific in between."""
    before = ends.get(first) if page.words[first].glued else None
    if before is not None and (before.style or before.words in _RANKS) and not before.owners:
        office = ends.get(before.first) if page.words[before.first].glued and page.gap(before.first) == " " else None
        if office is not None and not office.style and not office.plural:
            return office
    return before


def _may_stand_before(phrase: Phrase) -> bool:
    return phrase.kind == "title" or any(n.detail == "person" for n in phrase.names)


def _named(page: Page, ends: dict[int, Phrase]) -> list[tuple[int, int, tuple[str, ...], bool]]:
    """Names of the table: in full, and surnames that stand alone or after a title."""
    out: list[tuple[int, int, tuple[str, ...], bool]] = []
    for hit in page.hits:
        if hit.kinds.isdisjoint(("person", "surname")):
            continue
        keys = tuple([x.key for x in hit.names if x.kind == "person"])
        shorts = tuple([x.key for x in hit.names if x.kind == "surname"])
        if keys:
            out.append((hit.first, hit.last, keys, False))
        elif _by_particle(page, hit.last) or (hit.first > 1 and _by_particle(page, hit.first - 1)):
            continue
        elif (
            shorts
            and hit.kinds.isdisjoint(OWNERS)
            and not ("title" in hit.kinds and hit.last in ends)
            and (page.title_case or not _goes_on(page, hit.first, hit.last, ends))
        ):
            out.append((hit.first, hit.last, shorts, True))
    return out


def _by_particle(page: Page, last: int) -> bool:
    """A capital, a particle and a capital: neither "Abdulaziz" nor "Turki" of "Abdulaziz bin Turki" is a surname."""
    return (
        0 < last < len(page.words) - 1
        and page.words[last].fold in ("bin", "bint", "ibn")
        and page.is_name_like(last - 1)
        and page.words[last].glued
        and page.is_name_like(last + 1)
        and page.words[last + 1].glued
    )


def _beside(
    page: Page, first: int, last: int, end: int, ends: dict[int, Phrase], starts: dict[int, Phrase], names: set[int]
) -> Phrase | None:
    """The office set beside a name between commas, before or after it."""
    if first in ends and page.gap(first) == ", " and _closes(page, last):
        role = ends[first]
        if role.owners or role.determiner in ("the", "his", "her", "its", "their"):
            return role
    if end < len(page.words) and page.gap(end).strip() in (",", "(", "–", "—", "-"):
        j = end
        while j < len(page.words) and page.words[j].fold in _SKIP_BEFORE_ROLE:
            j += 1
        role_after = starts.get(j)
        if role_after is not None and role_after.last not in names and not role_after.style and not role_after.plural:
            return role_after
    return None


def _closes(page: Page, last: int) -> bool:
    """A comma, a bracket, a dash or the end follows: the name is set between commas."""
    gap = page.gap(last)
    return gap.lstrip("”\"'’")[:1] in (",", ".", ")", ";", "–", "—", "\n", "") or gap.startswith((" –", " —", " ("))


def _trade(page: Page, first: int) -> Phrase | None:
    """ "Norwegian sculptor" before a name: a trade that no table has, and whose country it says."""
    i = first - 1
    while (
        i >= 0
        and first - i <= 3
        and page.words[i + 1].glued
        and page.words[i].text.islower()
        and page.tokens[i].tag_ in ("NN", "HYPH", "JJ")
    ):
        i -= 1
    if i < 0 or i == first - 1 or not page.words[i + 1].glued:
        return None
    owner = page.names(i, "adjective", "country", "region")
    hit = page.hit_at[i]
    if not owner or hit is None:
        return None
    words = " ".join(w.text for w in page.words[i + 1 : first])
    return Phrase("noun", hit.first, first, i + 1, words, (), (undecided(owner[0], owner),))


def _in_list(page: Page, end: int, first: int) -> bool:
    """Only "and" or a comma stands between the last name of a list and this one."""
    return (
        end < len(page.words)
        and first - end <= 1
        and all(page.words[i].fold == "and" for i in range(end, first))
        and page.gap(end).strip() in ("", ",")
    )


def of_country(page: Page, last: int) -> tuple[tuple[Name, ...], int]:
    """The country of "Angela Merkel of Germany", and where the phrase ends."""
    i = last
    if i < len(page.words) and page.words[i].fold in ("of", "from") and page.words[i].glued:
        i += 1
        if i < len(page.words) and page.words[i].fold == "the":
            i += 1
        names = page.names(i, "country", "org")
        hit = page.hit_at[i] if i < len(page.words) else None
        if names and hit is not None:
            return (undecided(names[0], names),), hit.last
    return (), last


def _possessor(page: Page, first: int) -> tuple[Name, ...]:
    """The country of "Canada's Justin Trudeau"."""
    if first > 0 and page.gap(first).startswith(("'s ", "’s ", "' ", "’ ")):
        names = page.names(first - 1, "country")
        return (undecided(names[0], names),) if names else ()
    return ()


def _in_former_list(page: Page, first: int) -> bool:
    """The name stands in a list that its head calls former: "several former leaders, including A, B and C"."""
    token = page.tokens[first]
    for _ in range(12):
        if token.head == token:
            return False
        token = token.head
        if token.pos_ in ("VERB", "AUX") and token.lower_ != "including":
            return False
        if token.pos_ == "NOUN" and any(
            c.lower_ in ("former", "ex", "retired", "past", "onetime") for c in token.lefts
        ):
            return True
    return False


def _goes_on(page: Page, first: int, last: int, ends: dict[int, Phrase]) -> bool:
    """A capitalised word beside a surname belongs to one name with it."""
    return (
        first > 0
        and page.words[first].glued
        and first not in ends
        and page.gap(first)[:1] not in ("'", "’")
        and (page.hit_at[first - 1] is None or page.names(first - 1, "surname"))
        and page.is_name_like(first - 1)
        and page.tokens[first - 1].pos_ == "PROPN"
    ) or (
        last < len(page.words)
        and page.words[last].glued
        and (page.hit_at[last] is None or _may_be_surname(page, last))
        and page.is_name_like(last)
        and page.tokens[last].pos_ == "PROPN"
        and page.gap(last)[:1] not in ("'", "’")
    )


def _second_syllable(page: Page, i: int) -> bool:
    """The small half of a given name: Chung Dong-young."""
    return page.gap(i) in ("-", "‑", "‐") and page.words[i].text.islower() and page.is_name_like(i - 1)


def _may_be_surname(page: Page, i: int) -> bool:
    return bool(page.names(i, "surname")) or any("person" in n.other for n in page.names(i, *OWNERS))


def _runs(page: Page, roles: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Capitalised words that no table has: after a title, or where the parser sees a person."""
    out: list[tuple[int, int]] = []
    if page.title_case:
        return out
    for role in roles:
        if role.last < len(page.words) and page.words[role.last].glued and page.gap(role.last)[:1] not in ("'", "’"):
            first, last = _capitals_from(page, role.last)
            if last > first:
                out.append((first, last))
        out.extend(_set_beside(page, role))
    for ent in page.passage.doc.ents if page.person else ():
        if ent.label_ != "PERSON":
            continue
        inside = _last_of_each(page, ent.start_char, ent.end_char)
        if not inside:
            continue
        first, last = inside[0], inside[-1] + 1
        while first < last and (not page.is_name_like(first) or page.names(first, "title", "modifier", "adjective")):
            first += 1
        if last - first > 2 and page.words[first].fold == "said" and page.sentence_start(first):
            first += 1
        while last < len(page.words) and _second_syllable(page, last):
            last += 1
        whole = all(
            page.is_name_like(i) or page.words[i].fold in PARTICLES or _second_syllable(page, i)
            for i in range(first, last)
        )
        apart = any(page.gap(i)[:1] in ("'", "’", ",") for i in range(first + 1, last))
        if (
            last <= first
            or not whole
            or apart
            or any(
                page.names(i, "org", "group", "metonym", "noun")
                and not (i == last - 1 > first and any("person" in n.other for n in page.names(i, *OWNERS)))
                for i in range(first, last)
            )
        ):
            continue
        if any(_only_place(page, i, first, last) for i in range(first, last)):
            continue
        if {page.words[first].fold, page.words[last - 1].fold} & page.cues["place_words"]:
            continue
        if _among_places(page, page.tokens[last - 1]):
            continue  # a place that the parser took for a person
        if last - first >= 2 or not page.names(first, *OWNERS, "demonym"):
            out.append((first, last))
    return out


def _set_beside(page: Page, role: Phrase) -> list[tuple[int, int]]:
    """A name of two words or more between commas beside an office, whatever the parser takes it for: "the head of the
    fund, Ana Ruiz, said", "said Ana Ruiz, mayor of the town"."""
    if role.kind != "title" or role.plural or role.style:
        return []
    if (role.owners or role.determiner in ("the", "his", "her", "its", "their")) and page.gap(role.reach) == ", ":
        first, last = _capitals_from(page, role.reach)
        return [(first, last)] if last - first >= 2 and _closes(page, last) else []
    last = role.first
    if page.gap(last) != ", " or (role.last < len(page.words) and page.is_name_like(role.last)):
        return []  # "In San Pedro, police chief Ruiz said" is no name with its office
    first = last
    while first > 0 and page.is_name_like(first - 1) and page.hit_at[first - 1] is None and last - first < 3:
        if page.tokens[first - 1].pos_ != "PROPN" or (first < last and not page.words[first].glued):
            break
        first -= 1
    if last - first < 2 or page.sentence_start(first) or _among_places(page, page.tokens[last - 1]):
        return []
    return [(first, last)]


def _among_places(page: Page, token: Token) -> bool:
    """After "in", after "the towns of", after "fled" or "shelled", or joined to what stands there or is a town."""
    while token.dep_ in ("conj", "appos") and token.head != token and token.head.pos_ in ("PROPN", "NOUN"):
        token = token.head
        if token.ent_type_ in ("GPE", "LOC") and page.hit_over(token) is None:
            return True
    if token.dep_ in ("dobj", "nsubjpass"):
        verb = token.head.lemma_.lower()
        return verb in page.cues["town_objects"] or (token.dep_ == "dobj" and verb in page.cues["place_objects"])
    if token.dep_ != "pobj":
        return False
    preposition = token.head
    of_place = preposition.lower_ == "of" and preposition.head.lemma_.lower() in page.cues["place_nouns"]
    return of_place or preposition.lower_ in page.cues["place_prepositions"]


def _only_place(page: Page, i: int, first: int, last: int) -> bool:
    """A country or a capital inside the words, which is no name of persons: Burkina Faso, Addis Ababa."""
    hit = page.hit_at[i]
    if hit is None or hit.first < first or hit.last > last:
        return False
    names = page.names(i, "country", "capital")
    return (
        bool(names) and (hit.last == last or len(names[0].written) > 1) and not any("person" in n.other for n in names)
    )


def _last_of_each(page: Page, start: int, end: int) -> list[int]:
    """The words that end between two characters; of those that share a token, the last."""
    low = bisect_right(page.words, start, key=_end)
    high = bisect_right(page.words, end, key=_end)
    return [i for i in range(low, high) if i + 1 == high or page.tokens.number(i + 1) != page.tokens.number(i)]


def _capitals_from(page: Page, i: int) -> tuple[int, int]:
    first = i
    while i < len(page.words) and (i == first or page.words[i].glued) and i - first < 5:
        if page.gap(i)[:1] in ("'", "’"):
            break
        if (
            (page.is_name_like(i) and (page.hit_at[i] is None or not page.names(i, "title", "noun", *OWNERS)))
            or (page.words[i].fold in PARTICLES and page.is_name_like(i + 1) and i > first)
            or (i > first and _second_syllable(page, i))
        ):
            i += 1
        else:
            break
    if i > first and page.tokens[first].pos_ not in ("PROPN", "NOUN", "ADJ", "X"):
        return first, first
    return first, i
