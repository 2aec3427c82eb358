"""Phrases with an office or an agentive noun at their head, and whose it is: "Turkey's foreign ministry"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.actors import ActorTables, Noun
from dragoman.knowledge.names import Hit, Name
from dragoman.reading.actors.page import OWNERS, STATES, Page

_BETWEEN = frozenset({"JJ", "JJS", "JJR", "NN", "NNP", "NNPS", "VBN", "VBD", "VBG", "CD", "HYPH", "NNS", "RB"})
_INNER = frozenset({"amod", "compound", "nmod", "nummod", "punct", "npadvmod", "advmod", "conj", "poss", "quantmod"})
_CLAUSE = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "xcomp", "parataxis"})  # a verb: "Hamas fired rockets"
_NOTHING: frozenset[str] = frozenset()
_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "two", "both", "these", "those", "this", "that", "our", "my"}
)
# How many words may stand between owner and head ("heavily sanctioned Russian oil exports" has one).
_FILLERS = {"title": 2, "noun": 4}


# Offices whose holder serves in another state, or for it.
SENT = frozenset({"ambassador", "envoy", "un_permanent_representative", "igo_official"})

# A deputy minister is no minister, nor is a minister's wife or a candidate.
_OTHER = frozenset({"deputy", "assistant", "spouse", "would_be"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``first`` to ``last`` (not included) of a page. ``head`` is the first word of the title or noun itself."""

    kind: str  # title | noun
    first: int
    last: int
    head: int
    words: str  # the title or noun as the text has it, lower case
    names: tuple[Name, ...]  # the rows of titles.csv or nouns.csv it may be
    owners: tuple[Name, ...] = ()  # one for each state or body it belongs to
    effects: tuple[str, ...] = ()  # former, acting, deceased, elect ...
    plural: bool = False
    style: bool = False  # Mr, Sheikh: says no office
    determiner: str = ""  # the, a, his, two ...
    opposed: bool = False  # "opposition" stands in it
    post: Name | None = None  # where an envoy serves: ambassador "to Chile"
    beyond: int = 0  # the first word after the post

    @property
    def reach(self) -> int:
        """The first word after the phrase and the post that it names."""
        return max(self.beyond, self.last)

    @property
    def former(self) -> bool:
        return "former" in self.effects or "deceased" in self.effects

    @property
    def offices(self) -> tuple[str, ...]:
        """Offices that the title can mean for its owner; a row with the owner's code wins over the general one."""
        if self.kind == "noun" or _OTHER & set(self.effects):
            return ()
        if not self.owners:
            return tuple(dict.fromkeys(n.key for n in self.names if n.key != "style"))
        codes = {o.key for o in self.owners}
        own = [n for n in self.names if codes & set(n.other)]
        rows = [*own, *(n for n in self.names if not n.other)]
        return tuple(dict.fromkeys(n.key for n in rows if n.key != "style")) or tuple(
            dict.fromkeys(n.key for n in self.names if n.key != "style")
        )

    def noun(self, tables: ActorTables) -> Noun | None:
        """The row of nouns.csv at its head."""
        for name in self.names:
            if name.kind == "noun":
                return tables.nouns[name.row.rpartition("/")[2]]
        return None

    def sector(self, tables: ActorTables) -> str | None:
        """PLOVER's sector of who is called so."""
        if self.opposed:
            return "OPP"
        for office in self.offices:
            for name in self.names:
                for title in tables.titles.get(name.row, ()):
                    if title.office == office and title.sector != "UNK":
                        return title.sector
        noun = self.noun(tables)
        return noun.sector if noun is not None else None


def phrases_of(page: Page) -> list[Phrase]:
    """Every such phrase of the page, in order; none overlap."""
    out: list[Phrase] = []
    floor = 0
    for hit in page.hits:
        if hit.first < floor:
            continue
        kinds = hit.kinds
        kind = "title" if "title" in kinds else "noun" if "noun" in kinds else ""
        if not kind or kinds & {"person"} or page.words[hit.first].text in ("pm", "p.m."):
            continue
        if out and out[-1].last == hit.first and _is_surname(page, hit):
            continue
        phrase = _phrase(page, hit, kind, floor)
        if phrase is not None:
            out.append(phrase)
            floor = phrase.last
    return out


def _phrase(page: Page, hit: Hit, kind: str, floor: int) -> Phrase | None:
    names = tuple(n for n in hit.names if n.kind == kind)
    head, last = hit.first, hit.last
    style = kind == "title" and all(n.detail == "style" for n in names)
    if kind == "title" and not style:
        while (
            last < len(page.words)
            and page.words[last].glued
            and "'" not in page.gap(last)
            and "’" not in page.gap(last)
        ):
            more = page.names(last, "title")
            following = page.hit_at[last]
            if not more or following is None or all(n.detail == "style" for n in more) or _is_surname(page, following):
                break
            if following.last - following.first == 1 and page.words[last].fold in ("prince", "princess"):
                break
            names, head, last = more + names, head, following.last
    if kind == "title" and head > 0 and page.tokens[head].tag_ == "VB" and page.tokens[head - 1].tag_ in ("MD", "TO"):
        return None  # "will host Macron"
    if kind == "noun" and not page.title_case:
        token = page.tokens[last - 1]
        if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i and token.head.ent_type_ != "PERSON":
            follows = last < len(page.words) and page.is_name_like(last)
            joined = token.dep_ == "nmod" and any(c.dep_ == "cc" for c in token.rights)  # the army and M23 rebels
            if not follows and not joined:
                return None
        if token.pos_ in ("VERB", "AUX", "ADV"):
            return None
    words = " ".join(w.text for w in page.words[hit.first : last]).lower()
    plural = all(n.plural for n in names)
    owners, effects, first, opposed, determiner = _before(page, head, floor, kind, plural, hit)
    while kind == "title" and last < len(page.words) and page.words[last].glued and page.names(last, "modifier"):
        after = page.names(last, "modifier")
        if after[0].detail not in ("elect", "designate", "acting", "former") or page.gap(last) != "-":
            break
        effects = (*effects, after[0].detail)
        found = page.hit_at[last]
        last = found.last if found is not None else last + 1
    sent = kind == "title" and any(n.key in SENT for n in names)
    if not owners and not (sent and _word(page, last) == "for"):
        owners, last = _after(page, last, kind, plural, names)
    post, beyond = _post(page, last) if sent else (None, last)
    return Phrase(
        kind, first, last, head, words, names, owners, effects, plural, style, determiner, opposed, post, beyond
    )


def _word(page: Page, i: int) -> str:
    return page.words[i].fold if i < len(page.words) and page.words[i].glued else ""


def _post(page: Page, last: int) -> tuple[Name | None, int]:
    """Where an envoy serves ("to Chile", "in Osaka", "for the Sahel"), and where the phrase ends with it."""
    if _word(page, last) not in ("to", "in", "for", "at"):
        return None, last
    i = last + 1
    if _word(page, i) == "the":
        i += 1
    hit = page.hit_at[i] if i < len(page.words) and page.words[i].glued else None
    owner = _one_owner(page, i) if hit is not None and hit.first == i else None
    if owner is not None and hit is not None and owner.kind != "adjective":
        return owner, hit.last
    end = i
    while end < len(page.words) and end - i < 3 and page.hit_at[end] is None and page.is_name_like(end):
        if not page.words[end].glued:
            break
        end += 1
    return None, end if end > i else last


def _is_surname(page: Page, hit: Hit) -> bool:
    """A title that is somebody's surname, with a capital and no name after it: "Prime Minister Major"."""
    return "surname" in hit.kinds and page.is_name_like(hit.first) and not page.is_name_like(hit.last)


def _before(
    page: Page, head: int, floor: int, kind: str, plural: bool, hit: Hit
) -> tuple[tuple[Name, ...], tuple[str, ...], int, bool, str]:
    """What stands before the head: whose, former or not, which determiner."""
    effects: list[str] = []
    owners: tuple[Name, ...] = ()
    start, i, filler, opposed = (
        head,
        head - 1,
        0,
        "opposition" in " ".join(w.fold for w in page.words[hit.first : hit.last]),
    )
    while i >= floor and (page.words[i + 1].glued or page.gap(i + 1) in ("’ ", "' ")):
        here = page.hit_at[i]
        kinds = here.kinds if here is not None else _NOTHING
        if "modifier" in kinds and here is not None and page.tokens[i].dep_ not in _CLAUSE:
            effects.extend(n.detail for n in here.names if n.kind == "modifier")
            start, i, filler = here.first, here.first - 1, 0
        elif kinds & OWNERS and here is not None and not owners:
            owner = _one_owner(page, here.first)
            possessive = page.gap(here.last)[:1] in "'’"
            if owner is None or (
                owner.kind in ("capital", "region") and kind == "noun" and not possessive and not _governs(hit)
            ):
                break
            if owner.kind != "adjective" and not possessive and not _all_nouns(page, here.last, i + 1 + filler):
                break  # "Hamas fired rockets": a name with a verb after it, which the parser took for a participle
            if owner.kind == "country" and not possessive and not owner.written[0].isupper() and _thing(hit):
                break  # "the Ukraine offensive" is somebody else's
            if page.gap(here.last) in ("-", "‑") and here.last < head and page.hit_at[here.last] is None:
                break  # "Russian-built"
            owners, start, filler = (owner,), here.first, 0
            i = here.first - 1
            if plural or kind == "noun":
                owners, start = _more_before(page, owners, start, floor)
                i = start - 1
        elif owners or page.words[i].fold in _DETERMINERS:
            break
        elif filler < _FILLERS[kind] and _modifies(page, i) and not kinds & {"person", "surname"} and (
            kind == "noun" or not page.words[i].text[0].isupper() or here is not None
        ):  # fmt: skip
            opposed = opposed or page.words[i].fold == "opposition"
            filler += 1
            i -= 1
        else:
            break
    before = page.words[start - 1].fold if start > 0 and page.words[start].glued else ""
    if not owners and before not in _DETERMINERS:
        before = page.words[i].fold if i >= 0 and page.words[i].fold in _DETERMINERS else ""
    return owners, tuple(effects), start, opposed, before if before in _DETERMINERS else ""


def _all_nouns(page: Page, first: int, last: int) -> bool:
    return all(page.names(i, "noun") and page.tokens[i].tag_ in ("NN", "NNP", "JJ") for i in range(first, last))


def _thing(hit: Hit) -> bool:
    return any(n.kind == "noun" and n.detail == "thing" for n in hit.names)


def _modifies(page: Page, i: int) -> bool:
    token = page.tokens[i]
    return token.tag_ in _BETWEEN and (token.dep_ in _INNER or (page.title_case and token.pos_ != "VERB"))


def _governs(hit: Hit) -> bool:
    return any(n.kind == "noun" and n.detail in ("body", "people") for n in hit.names)


def _one_owner(page: Page, i: int) -> Name | None:
    names = page.names(i, *OWNERS)
    for kind in ("adjective", "country", "org", "metonym", "group", "capital", "region"):
        for name in names:
            if name.kind == kind:
                return undecided(name, names)
    return None


def undecided(name: Name, names: Sequence[Name]) -> Name:
    """The name; without key where it is as well the name of another state ("Korean") and the report does not tell."""
    rows = list(dict.fromkeys(n.row for n in names if n.kind == name.kind and n.detail == name.detail))
    if name.kind not in STATES or len(rows) < 2:
        return name
    return replace(name, key="", row=" or ".join(rows))


def _more_before(page: Page, owners: tuple[Name, ...], start: int, floor: int) -> tuple[tuple[Name, ...], int]:
    """The owners before an "and" or a comma: "the Turkish and Russian presidents"."""
    i = start - 1
    gap_ok = True
    while i >= floor and gap_ok:
        if page.words[i].fold == "and" and i > floor:
            i -= 1
        hit = page.hit_at[i]
        gap_ok = page.gap(i + 1).strip() in ("", ",", "-")
        owner = _one_owner(page, i) if hit is not None else None
        if not gap_ok or owner is None or hit is None or owner.kind != owners[0].kind:
            break
        owners, start, i = (owner, *owners), hit.first, hit.first - 1
    return owners, start


def _after(page: Page, last: int, kind: str, plural: bool, names: Sequence[Name] = ()) -> tuple[tuple[Name, ...], int]:
    """Whose it is, after "of": "president of the Republic of Turkey"; for nouns also "police in Georgia".

    An embassy in a state is another's, and a missile there may be anybody's.
    """
    if last >= len(page.words) or not page.words[last].glued:
        return (), last
    preposition = page.words[last].fold
    if preposition not in ("of", "for") and not (kind == "noun" and preposition in ("in", "from")):
        return (), last
    if preposition == "in" and any(n.key in page.cues["posts"] or _strikes(n) for n in names):
        return (), last
    if preposition == "from" and page.tokens[last].head.pos_ == "VERB":
        return (), last  # "withdrew its soldiers from Niamey"
    i, end = last + 1, last
    owners: list[Name] = []
    while i < len(page.words):
        if page.words[i].fold in ("the", "both") or (owners and page.words[i].fold == "and"):
            i += 1
            continue
        hit = page.hit_at[i]
        owner = _one_owner(page, i) if hit is not None and hit.first == i else None
        if owner is None or hit is None or (owners and not (plural and page.gap(i).strip() in ("", ","))):
            break
        if (
            hit.last < len(page.words)
            and page.words[hit.last].glued
            and page.words[hit.last].fold in ("state", "city", "province")
        ):
            break
        if page.gap(hit.last)[:1] in ("'", "’") and page.names(hit.last, "title"):
            break  # "the sister of Turkey's president"
        if owner.kind == "adjective":
            end = _noun_end(page, hit.last)
            return ((owner,), end) if end > hit.last else ((), last)
        owners.append(owner)
        end = i = hit.last
    if not owners:
        return (), last
    return tuple(owners), (end if preposition in ("of", "for") else last)


def _strikes(name: Name) -> bool:
    """A noun of blows and what they are dealt with."""
    return name.kind == "noun" and name.detail == "thing" and name.key in _BLOWS


_BLOWS = frozenset({"strike", "air strike", "airstrike", "shelling", "bombardment", "offensive", "counteroffensive",
                    "counter-offensive", "incursion", "ground offensive", "invasion", "airborne assault", "missile",
                    "drone", "rocket", "bomb", "bomber"})  # fmt: skip


def _noun_end(page: Page, i: int) -> int:
    """The end of "foreign ministry" in "for the Russian foreign ministry"."""
    for j in range(i, min(i + 4, len(page.words))):
        if not page.words[j].glued:
            return i
        if page.names(j, "noun"):
            hit = page.hit_at[j]
            return hit.last if hit is not None else i
    return i
