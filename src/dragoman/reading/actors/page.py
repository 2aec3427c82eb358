"""One passage as the actor stage sees it: words, the names found among them, and the token behind each word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.actors import ActorTables, Group
from dragoman.knowledge.names import Hit, Name, Word, words_of
from dragoman.model import Span
from dragoman.reading.parse import Passage, Token

OWNERS = frozenset({"country", "adjective", "metonym", "capital", "org", "group", "region"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token behind each word, fetched when it is asked for: few are."""

    passage: Passage
    token_of: tuple[int, ...]

    def __getitem__(self, i: int) -> Token:
        return self.passage.doc[self.token_of[i]]


@dataclass(frozen=True, slots=True)
class Page:
    """A passage, its words, and the names among them."""

    passage: Passage
    text: str  # the passage's
    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    hit_at: tuple[Hit | None, ...]  # for each word, the hit that covers it
    token_of: tuple[int, ...]  # for each word, the place in the parse of the token that holds its last character
    tokens: Tokens  # for each word, that token
    capitals: bool  # all letters are capitals
    sentences: tuple[Span, ...]  # of the report
    cues: Mapping[str, frozenset[str]]  # data/actors/cues.yaml
    title_case: bool  # nearly every word is capitalised: a headline, in which capitals say nothing

    def span(self, first: int, last: int) -> Span:
        """Where words ``first`` to ``last`` (not included) stand in the report."""
        return Span(self.passage.start + self.words[first].start, self.passage.start + self.words[last - 1].end)

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the word before it."""
        if i <= 0 or i >= len(self.words):
            return "" if i <= 0 else "\n"
        return self.text[self.words[i - 1].end : self.words[i].start]

    def names(self, i: int, *kinds: str) -> tuple[Name, ...]:
        """The rows that the hit on word ``i`` may be, of these kinds."""
        hit = self.hit_at[i] if 0 <= i < len(self.words) else None
        return () if hit is None else tuple(n for n in hit.names if n.kind in kinds)

    def is_name_like(self, i: int) -> bool:
        """The word begins with a capital."""
        return 0 <= i < len(self.words) and self.words[i].text[0].isupper()

    def sentence_start(self, i: int) -> bool:
        """The word is the first of its sentence."""
        return self.tokens[i].is_sent_start is True or i == 0


def page_of(passage: Passage, tables: ActorTables) -> Page:
    """Look every name up in one passage."""
    text = passage.doc.text
    words = words_of(text)
    capitals = _in_capitals(text, words)
    hits = tables.names.find(words, capitals)
    hit_at: list[Hit | None] = [None] * len(words)
    for hit in hits:
        for i in range(hit.first, hit.last):
            hit_at[i] = hit
    starts = passage.doc.to_array("IDX").tolist()
    begins_sentence = passage.doc.to_array("SENT_START").tolist()
    token_of = tuple(max(0, bisect_right(starts, w.end - 1) - 1) for w in words)
    long = [w for w in words if len(w.text) > 3]
    # Four in five: in running news text one in four words of that length has a capital, in headlines nearly all.
    title_case = len(long) > 2 and sum(w.text[0].isupper() for w in long) >= 0.8 * len(long) and text[-1:] not in '.”"'
    begins = [passage.start + at for at, first in zip(starts, begins_sentence, strict=True) if first == 1]
    begins = begins or [passage.start]
    sentences = tuple(Span(a, b) for a, b in zip(begins, [*begins[1:], passage.start + len(text)], strict=True))
    return Page(
        passage,
        text,
        tuple(words),
        tuple(hits),
        tuple(hit_at),
        token_of,
        Tokens(passage, token_of),
        capitals,
        sentences,
        tables.cues,
        title_case or capitals,
    )


def _in_capitals(text: str, words: Sequence[Word]) -> bool:
    """More than nine letters in ten are capitals."""
    small = 0
    for word in words:
        if word.text.islower():
            small += len(word.text)
            if small * 10 >= len(text):
                return False  # already a tenth of the text, and so of its letters
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def named_in(pages: Sequence[Page]) -> frozenset[str]:
    """Codes of the states and bodies that the report names by words that can mean little else."""
    sure = ("country", "adjective", "capital", "org", "group", "demonym", "metonym")
    return frozenset(
        n.key
        for page in pages
        for hit in page.hits
        for n in hit.names
        if n.kind in sure and not (n.kind in ("metonym", "org", "group") and n.other)
    )


def called_in(pages: Sequence[Page]) -> frozenset[str]:
    """Keys of the bodies and groups that the report may mean by a common noun: "press freedom group"."""
    return frozenset(n.key for page in pages for hit in page.hits for n in hit.names if n.kind == "generic")


def told_apart(page: Page, named: frozenset[str], called: frozenset[str], tables: ActorTables) -> Page:
    """The page with each name that has two meanings left to the one that the report means.

    A country's name may be that of a place elsewhere: see :func:`is_place`.

    A group is named by its country: where Sudan is, RSF are its Rapid Support Forces; "press freedom group" names the
    other RSF.
    """
    hits = tuple(_told_apart(_placed(page, hit), named, called, tables) for hit in page.hits)
    if hits == page.hits:
        return page
    hit_at: list[Hit | None] = [None] * len(page.words)
    for hit in hits:
        hit_at[hit.first : hit.last] = [hit] * (hit.last - hit.first)
    return replace(page, hits=hits, hit_at=tuple(hit_at))


def _told_apart(hit: Hit, named: frozenset[str], called: frozenset[str], tables: ActorTables) -> Hit:
    bodies = [n for n in hit.names if n.kind in ("org", "group")]
    if len({n.row for n in bodies}) < 2:
        return hit
    kept = [n for n in bodies if n.key in called] or [n for n in bodies if n.key in named or named & _homes(n, tables)]
    if not kept or len({n.row for n in kept}) > 1:
        return hit
    return replace(hit, names=tuple(n for n in hit.names if n not in bodies or n in kept))


def is_place(page: Page, hit: Hit) -> bool:
    """A country's name is that of a place elsewhere: after a town and a comma, or beside that place's own words."""
    others = {o for n in hit.names for o in n.other}
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
    if any(n.kind == "country" and n.other for n in hit.names) and is_place(page, hit):
        return replace(hit, names=tuple(replace(n, kind="place") if n.kind == "country" else n for n in hit.names))
    return hit


def _homes(name: Name, tables: ActorTables) -> frozenset[str]:
    row = tables.by_row.get(name.row)
    return frozenset(row.countries) if isinstance(row, Group) else frozenset()
