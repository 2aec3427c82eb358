"""Words of a parsed passage as plain objects: what the stages ask of a parse, at the price of an attribute.

Names and meanings are those of spaCy's ``Token``, ``Span`` and ``Doc``, of which these are the part that is used here:
whoever knows one knows the other. Nothing changes after a passage was parsed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from dragoman.model import Span


class Word(NamedTuple):
    """What a token owes to its own letters and to the labels that the parser gave it."""

    text: str
    lower: str
    tag: str
    pos: str
    dep: str
    lemma: str
    is_punct: bool
    is_space: bool
    is_quote: bool


# Subtrees of more words are not kept: of a chain of 10,000 words, each below the one before, they would fill memory.
KEPT = 100


class Token:
    """One word or mark, with its place in the parse. ``==`` is identity: a passage has each of its tokens once."""

    __slots__ = (
        "below", "children", "dep_", "doc", "end", "ent_type_", "head", "i", "idx", "is_punct", "is_quote", "is_space",
        "lefts", "lemma_", "lower_", "place", "pos_", "rights", "tag_", "text", "whitespace_",
    )  # fmt: skip

    def __init__(self, doc: Doc, i: int, idx: int, word: Word, whitespace: str, entity: str) -> None:
        (
            self.text, self.lower_, self.tag_, self.pos_, self.dep_, self.lemma_, self.is_punct, self.is_space,
            self.is_quote,
        ) = word  # fmt: skip
        self.doc = doc
        self.i = i
        self.idx = idx
        self.end = idx + len(word[0])
        self.whitespace_ = whitespace
        self.ent_type_ = entity
        self.head = self
        self.lefts: Sequence[Token] = ()
        self.rights: Sequence[Token] = ()
        self.children: Sequence[Token] = ()
        self.below: tuple[Token, ...] | None = None  # its subtree, once it was asked for
        self.place: Span | None = None  # where it stands in the report: see Passage.span

    def __len__(self) -> int:
        return self.end - self.idx

    def __repr__(self) -> str:
        return self.text

    @property
    def ancestors(self) -> list[Token]:
        """Its head, the head of that, and so on up to the root."""
        out: list[Token] = []
        token, above = self, self.head
        while above is not token and len(out) < len(self.doc.tokens):
            out.append(above)
            token, above = above, above.head
        return out

    @property
    def subtree(self) -> tuple[Token, ...]:
        """Itself and all that hangs below it, left before right."""
        if self.below is not None:
            return self.below
        found = self._subtree() if self.children else (self,)
        if len(found) <= KEPT:
            self.below = found
        return found

    def _subtree(self) -> tuple[Token, ...]:
        out: list[Token] = []
        waiting = [(self, False)]  # a stack of our own: a run of one word hangs deeper than Python may call
        while waiting:
            token, opened = waiting.pop()
            if opened or not token.children:
                out.append(token)
            elif token.below is not None:
                out += token.below
            else:
                waiting += [(child, False) for child in reversed(token.rights)]
                waiting.append((token, True))
                waiting += [(child, False) for child in reversed(token.lefts)]
        return tuple(out)

    @property
    def left_edge(self) -> Token:
        """The first token below it, or itself."""
        return self.doc.tokens[self.doc.edges()[0][self.i]]

    @property
    def right_edge(self) -> Token:
        """The last token below it, or itself."""
        return self.doc.tokens[self.doc.edges()[1][self.i]]

    @property
    def sent(self) -> DocSpan:
        return self.doc.sentence_of(self.i)

    @property
    def is_sent_start(self) -> bool:
        return self.i in self.doc.sentence_starts

    def nbor(self, i: int = 1) -> Token:
        """The token ``i`` places on. Raises IndexError beyond the passage."""
        if self.i + i < 0:
            raise IndexError(i)
        return self.doc.tokens[self.i + i]


class DocSpan:
    """Tokens ``start`` to ``end`` (not included) of a passage."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, DocSpan)
            and self.doc is other.doc
            and (self.start, self.end, self.label_) == (other.start, other.end, other.label_)
        )

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, i: int) -> Token:
        return self.doc.tokens[self.start : self.end][i]

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        return self.doc.tokens[self.end - 1].end if self.end > self.start else self.start_char

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The first token that heads itself; where there is none, the one nearest to the root of its sentence."""
        inside = self.doc.tokens[self.start : self.end]
        for token in inside:
            if token.head is token:
                return token
        outward = [t for t in inside if not self.start <= t.head.i < self.end]
        return min(outward, key=lambda t: len(t.ancestors), default=self.doc.tokens[self.start])


class Doc:
    """A passage: its text, its tokens, its sentences and the names that the parser takes for entities."""

    __slots__ = (
        "_edges", "_ends", "_sents", "_starts", "_words", "beside", "ents", "sentence_starts", "text", "tokens",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        """See :func:`made`, which fills it."""
        self.text = text
        self.tokens: list[Token] = []
        self.ents: tuple[DocSpan, ...] = ()
        self.sentence_starts: frozenset[int] = frozenset()
        self._sents: tuple[DocSpan, ...] | None = None
        self._starts: list[int] = []
        self._edges: tuple[list[int], list[int]] | None = None
        self._ends: list[int] | None = None
        self._words: frozenset[str] | None = None
        # What is named beside a token, for reading/events/parties.py, which asks for the same ones many times over.
        self.beside: dict[tuple[int, bool], tuple[tuple[Token, tuple[Token, ...]], ...]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __repr__(self) -> str:
        return self.text

    @overload
    def __getitem__(self, i: int) -> Token: ...

    @overload
    def __getitem__(self, i: slice) -> DocSpan: ...

    def __getitem__(self, i: int | slice) -> Token | DocSpan:
        if i.__class__ is int:
            return self.tokens[i]  # type: ignore[index, unused-ignore]
        start, end, _ = i.indices(len(self.tokens))  # type: ignore[union-attr]
        return DocSpan(self, start, max(start, end))

    @property
    def sents(self) -> tuple[DocSpan, ...]:
        """Its sentences, in order; the same objects every time."""
        if self._sents is None:
            self._starts = sorted({0, *self.sentence_starts}) if self.tokens else []
            ends = [*self._starts[1:], len(self.tokens)]
            self._sents = tuple([DocSpan(self, s, e) for s, e in zip(self._starts, ends, strict=False)])
        return self._sents

    def sentence_of(self, i: int) -> DocSpan:
        """The sentence that holds token ``i``."""
        sents = self.sents
        return sents[bisect_right(self._starts, i) - 1]

    @property
    def ends(self) -> list[int]:
        """Past the last character of each token."""
        if self._ends is None:
            self._ends = [t.end for t in self.tokens]
        return self._ends

    @property
    def starts(self) -> list[int]:
        """The first character of each token."""
        return [t.idx for t in self.tokens]

    @property
    def words(self) -> frozenset[str]:
        """Every token's text."""
        if self._words is None:
            self._words = frozenset([t.text for t in self.tokens])
        return self._words

    def edges(self) -> tuple[list[int], list[int]]:
        """For each token the first and the last token below it."""
        if self._edges is None:
            self._edges = edges_of([t.head.i for t in self.tokens])
        return self._edges


# Rounds after which edges are taken as they are, where arcs cross: as many as spaCy's.
ROUNDS = 12


def edges_of(heads: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each token the first and the last token below it, as spaCy finds them; ``heads[i] == i`` is a root.

    Where no arcs cross, one round does; else rounds go on until every head lies in the sentence of its token.
    """
    left, right = list(range(len(heads))), list(range(len(heads)))
    for _ in range(ROUNDS):
        for order in (range(len(heads)), range(len(heads) - 1, -1, -1)):
            for i in order:
                head = heads[i]
                if left[i] < left[head]:
                    left[head] = left[i]
                if right[i] > right[head]:
                    right[head] = right[i]
        if _within_sentences(heads, left):
            break
    return left, right


def _within_sentences(heads: Sequence[int], left: Sequence[int]) -> bool:
    starts = {left[i] for i, head in enumerate(heads) if head == i}
    begin, last = 0, len(heads) - 1
    for i in range(len(heads)):
        if (i > 0 and i in starts) or i == last:
            if any(heads[j] < begin or heads[j] > i for j in range(begin, i)):
                return False
            begin = i
    return True


def made(
    text: str,
    starts: Sequence[int],
    words: Sequence[Word],
    heads: Sequence[int],
    sentence_starts: frozenset[int],
    entities: Sequence[tuple[int, int, str]],
) -> Doc:
    """A passage out of what the parser found.

    starts: of each token, its first character. heads: of each token, the place of its head (its own, for a root).
    entities: (first token, past the last one, label), in order.
    """
    doc = Doc(text)
    labels = [""] * len(words)
    for first, last, label in entities:
        labels[first:last] = [label] * (last - first)
    tokens = doc.tokens
    for i, (start, word, label) in enumerate(zip(starts, words, labels, strict=True)):
        tokens.append(Token(doc, i, start, word, "", label))
    for token, following in zip(tokens, [*starts[1:], len(text)], strict=False):
        if token.end < following:
            token.whitespace_ = " "
    below: dict[int, list[Token]] = {}
    for i, head in enumerate(heads):
        if head != i:
            token = tokens[i]
            token.head = tokens[head]
            if head in below:
                below[head].append(token)
            else:
                below[head] = [token]
    for i, children in below.items():
        token = tokens[i]
        token.children = children
        if children[0].i > i:
            token.rights = children
        elif children[-1].i < i:
            token.lefts = children
        else:
            cut = next(n for n, c in enumerate(children) if c.i > i)
            token.lefts, token.rights = children[:cut], children[cut:]
    doc.sentence_starts = sentence_starts
    doc.ents = tuple([DocSpan(doc, *e) for e in entities])
    return doc
