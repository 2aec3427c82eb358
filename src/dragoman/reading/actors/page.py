"""One passage as the actor stage sees it: words, the names found among them, and the token behind each word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from dragoman.knowledge.actors import ActorTables, Group
from dragoman.knowledge.names import Hit, Name, Word
from dragoman.model import Span
from dragoman.reading.parse import Doc, Passage, Token

STATES = frozenset({"country", "adjective", "demonym"})
OWNERS = frozenset({"country", "adjective", "metonym", "capital", "org", "group", "region"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token that holds the last character of each word, fetched when it is asked for: few are."""

    doc: Doc
    words: tuple[Word, ...]
    starts: list[int]  # of all tokens

    def number(self, i: int) -> int:
        """Its place in the parse."""
        return max(0, bisect_right(self.starts, self.words[i].end - 1) - 1)

    def over(self, at: int) -> Token:
        """The token that holds a character of the passage, or the last one before it."""
        return self.doc[max(0, bisect_right(self.starts, at) - 1)]

    def __getitem__(self, i: int) -> Token:
        return self.doc[self.number(i)]


@dataclass(frozen=True, slots=True)
class Page:
    """A passage, its words, and the names among them."""

    passage: Passage
    text: str  # the passage's
    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    hit_at: tuple[Hit | None, ...]  # for each word, the hit that covers it
    tokens: Tokens  # for each word, the token that holds its last character
    capitals: bool  # all letters are capitals
    sentences: tuple[Span, ...]  # of the report
    cues: Mapping[str, frozenset[str]]  # data/actors/cues.yaml
    title_case: bool  # nearly every word is capitalised: a headline, in which capitals say nothing
    person: bool  # the parser sees a person in it

    def span(self, first: int, last: int) -> Span:
        """Where words ``first`` to ``last`` (not included) stand in the report."""
        start = self.passage.segment.span.start
        return Span(start + self.words[first].start, start + self.words[last - 1].end)

    def token_at(self, offset: int) -> Token:
        """The token that holds a character of the report, or the last one before it."""
        return self.tokens.over(offset - self.passage.segment.span.start)

    def hit_over(self, token: Token) -> Hit | None:
        """The name of the tables that covers a token."""
        i = bisect_right(self.words, token.idx + len(token) - 1, key=attrgetter("end"))
        return self.hit_at[i] if i < len(self.words) else None

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the word before it."""
        if i <= 0 or i >= len(self.words):
            return "" if i <= 0 else "\n"
        return self.text[self.words[i - 1].end : self.words[i].start]

    def names(self, i: int, *kinds: str) -> tuple[Name, ...]:
        """The rows that the hit on word ``i`` may be, of these kinds."""
        hit = self.hit_at[i] if 0 <= i < len(self.words) else None
        if hit is None or hit.kinds.isdisjoint(kinds):
            return ()
        return tuple([n for n in hit.names if n.kind in kinds])

    def is_name_like(self, i: int) -> bool:
        """The word begins with a capital."""
        return 0 <= i < len(self.words) and self.words[i].text[0].isupper()

    def sentence_start(self, i: int) -> bool:
        """The word is the first of its sentence."""
        return self.tokens[i].is_sent_start is True or i == 0


def page_of(passage: Passage, text: str, tables: ActorTables) -> Page:
    """Look every name up in one passage. text: the report's."""
    text = passage.segment.span.of(text)
    words, hits, capitals = tables.names.look(text)
    doc = passage.doc
    starts = [token.idx for token in doc]
    long = [w.text for w in words if len(w.text) > 3]
    # Four in five: in running news text one in four words of that length has a capital, in headlines nearly all.
    title_case = text[-1:] not in '.”"' and len(long) > 2 and sum(w[0].isupper() for w in long) >= 0.8 * len(long)
    begins = [passage.start + sentence.start_char for sentence in doc.sents] or [passage.start]
    sentences = tuple(map(Span, begins, [*begins[1:], passage.start + len(text)]))
    return Page(
        passage,
        text,
        words,
        hits,
        _places(hits, len(words)),
        Tokens(doc, words, starts),
        capitals,
        sentences,
        tables.cues,
        title_case or capitals,
        any(entity.label_ == "PERSON" for entity in doc.ents),
    )


def _places(hits: Sequence[Hit], words: int) -> tuple[Hit | None, ...]:
    """For each word, the hit that covers it."""
    out: list[Hit | None] = [None] * words
    for hit in hits:
        for i in range(hit.first, hit.last):
            out[i] = hit
    return tuple(out)


# Words of these kinds name nobody for sure where the table says that they may mean something else.
_UNSURE = ("metonym", "org", "group", "capital")


def named_in(pages: Sequence[Page]) -> frozenset[str]:
    """Codes of the states and bodies that the report names by words that can mean little else."""
    sure = {"country", "adjective", "capital", "org", "group", "demonym", "metonym"}
    return frozenset(
        n.key
        for page in pages
        for hit in page.hits
        if not hit.kinds.isdisjoint(sure) and not _of_two(hit)
        for n in hit.names
        if n.kind in sure and not (n.kind in _UNSURE and n.other)
    )


def _of_two(hit: Hit) -> bool:
    """The name of two states: Congo, Korean, Dominican."""
    return (
        len(hit.names) > 1
        and not hit.kinds.isdisjoint(STATES)
        and len({n.key for n in hit.names if n.kind in STATES}) > 1
    )


def one_state(pages: list[Page], named: frozenset[str], tables: ActorTables) -> tuple[list[Page], frozenset[str]]:
    """The pages with each name of two states left to the one that the report names besides, else to the one whose
    persons and armed groups it names; to both where it names both or neither. With it, the codes named.
    """
    hits = [hit for page in pages for hit in page.hits if _of_two(hit)]
    if not hits:
        return pages, named
    meant: dict[frozenset[str], str] = {}
    for codes in {frozenset(n.key for n in hit.names if n.kind in STATES) for hit in hits}:
        near = codes & named or codes & _shown(pages, tables)
        if len(near) == 1:
            meant[codes] = next(iter(near))
    return [_of_one(page, meant) for page in pages], named | frozenset(meant.values())


def _of_one(page: Page, meant: Mapping[frozenset[str], str]) -> Page:
    hits = []
    for hit in page.hits:
        code = meant.get(frozenset(n.key for n in hit.names if n.kind in STATES)) if _of_two(hit) else None
        names = tuple(n for n in hit.names if n.kind not in STATES or n.key == code)
        hits.append(hit if code is None else Hit.of(hit.first, hit.last, names))
    return replace(page, hits=tuple(hits), hit_at=_places(hits, len(page.words)))


def _shown(pages: Sequence[Page], tables: ActorTables) -> frozenset[str]:
    """Codes of the states whose persons, armed groups and parts (North Kivu) the report names."""
    out: set[str] = set()
    for page in pages:
        for hit in page.hits:
            for n in hit.names:
                if n.kind == "group":
                    out |= _homes(n, tables)
                elif n.kind == "person":
                    out.update(o.code for o in tables.persons[n.key].offices)
                elif n.kind == "region":
                    out.add(n.key)
    return frozenset(out)


def called_in(pages: Sequence[Page]) -> frozenset[str]:
    """Keys of the bodies and groups that the report may mean by a common noun: "press freedom group"."""
    generic = [hit for page in pages for hit in page.hits if "generic" in hit.kinds]
    return frozenset(n.key for hit in generic for n in hit.names if n.kind == "generic")


def told_apart(page: Page, named: frozenset[str], called: frozenset[str], tables: ActorTables) -> Page:
    """The page with each name that has two meanings left to the one that the report means.

    A country's name may be that of a place elsewhere: see :func:`is_place`.

    A group is named by its country: where Sudan is, RSF are its Rapid Support Forces; "press freedom group" names the
    other RSF.
    """
    hits = tuple([_told_apart(_placed(page, hit), named, called, tables) for hit in page.hits])
    if hits == page.hits:
        return page
    return replace(page, hits=hits, hit_at=_places(hits, len(page.words)))


def _told_apart(hit: Hit, named: frozenset[str], called: frozenset[str], tables: ActorTables) -> Hit:
    if len(hit.names) < 2 or hit.kinds.isdisjoint(("org", "group")):
        return hit
    bodies = [n for n in hit.names if n.kind in ("org", "group")]
    if len({n.row for n in bodies}) < 2:
        return hit
    kept = [n for n in bodies if n.key in called] or [n for n in bodies if n.key in named or named & _homes(n, tables)]
    if not kept or len({n.row for n in kept}) > 1:
        return hit
    return Hit.of(hit.first, hit.last, tuple(n for n in hit.names if n not in bodies or n in kept))


def is_place(page: Page, hit: Hit) -> bool:
    """A country's name is that of a place elsewhere, after a town and a comma or beside that place's own words; or it
    is the bird, in the kitchen."""
    others = {o for n in hit.names for o in n.other}
    if "word" in others:
        words = {w.fold for w in page.words}
        if words & page.cues["fowl"] and not words & page.cues["not_fowl"]:
            return True
    if not any(o.startswith("place:") for o in others):
        return False
    if (
        hit.first > 0
        and page.gap(hit.first) == ", "
        and page.is_name_like(hit.first - 1)
        and page.hit_at[hit.first - 1] is None
    ):
        return page.tokens[hit.first - 1].pos_ == "PROPN" and page.tokens[hit.first - 1].ent_type_ in (
            "GPE",
            "LOC",
            "FAC",
        )
    if "place:USA" not in others:
        return False
    words = {w.fold for w in page.words}
    return bool(words & page.cues["american"]) and not words & page.cues["not_american"]


def _placed(page: Page, hit: Hit) -> Hit:
    if "country" not in hit.kinds or not any(n.kind == "country" and n.other for n in hit.names):
        return hit
    if not is_place(page, hit):
        return hit
    names = tuple(replace(n, kind="place") if n.kind == "country" else n for n in hit.names)
    return Hit.of(hit.first, hit.last, names)


def _homes(name: Name, tables: ActorTables) -> frozenset[str]:
    row = tables.by_row.get(name.row)
    return frozenset(row.countries) if isinstance(row, Group) else frozenset()
