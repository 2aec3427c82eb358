"""Which of many patterns can match in a text, and where: those whose indispensable words stand in it, around these.

Of the patterns of the calendar a paragraph holds the words of a few, and what a word is needed for is asked once for
each spelling. A pattern, or a stretch of text, is left out only where there cannot be a match.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """What stands somewhere in a word: letters and figures as they are, or in any case; or any figure, any year."""

    text: str
    exact: bool = False
    first: bool = False  # the word begins with it
    such: bool = False  # ``text`` is a pattern

    def within(self, word: str, small: str) -> bool:
        """Whether a word holds it; ``small``: the same in small letters."""
        if self.such:
            return re.search(self.text, word) is not None
        word = word if self.exact else small
        return word.startswith(self.text) if self.first else self.text in word


FIGURE = Piece(r"\d", such=True)


class Slot(NamedTuple):
    """What may fill a ``{slot}`` of a pattern: each filling has a word with one of ``pieces`` (none: nobody knows)."""

    pieces: frozenset[Piece]
    words: int = 1  # of the longest


class Needs(NamedTuple):
    """What every match of a pattern has. A word is a run of letters and figures."""

    conditions: tuple[frozenset[Piece], ...]  # for each, a word with one of the pieces
    words: int  # no more of them


_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[a-z]+\d?\}|\{\d+(?:,\d*)?\}|.", re.DOTALL)
_OPENING = re.compile(r"\?(?:P<\w+>|[a-z]*(?:-[a-z]+)?:)")
_LOOK = ("?!", "?=", "?<!", "?<=")
_FIGURES = re.compile(r"\\d|\[\d(?:[\d-]*\d)?\]")
_BETWEEN = re.compile(r"\\[sb]|\[[^\w\\]*\]|[^\w\\]")  # what holds no letter and no figure
_SHORTEST = 3  # letters: shorter words are in nearly every text
_COMMON = ("the", "that", "this", "these", "and")


def needs_of(shape: str, slots: Mapping[str, Slot], *, exact: bool = False, anywhere: bool = False) -> Needs:
    """What a pattern cannot match without.

    shape: a pattern whose parts are repeated no oftener than it says in figures, but for blanks. exact: its letters are
    as written. anywhere: it may begin inside a word.
    """
    branches, _ = _Shape(tuple(_ATOM.findall(shape)), slots, exact).branches(0, starts=not anywhere)
    needs = _either(branches)
    return Needs(needs.conditions, needs.words + 1)


def _either(branches: Sequence[Needs]) -> Needs:
    """What several alternatives need: of each the rarest condition, put together."""
    words = max(b.words for b in branches)
    if len(branches) == 1:
        return branches[0]
    if not all(b.conditions for b in branches):
        return Needs((), words)
    return Needs((frozenset[Piece]().union(*(min(b.conditions, key=_commonness) for b in branches)),), words)


def _commonness(pieces: frozenset[Piece]) -> tuple[int, int]:
    """Some words are in nearly every text, figures in many; else the fewer pieces, the rarer."""
    return max(2 * (p.text in _COMMON) + (p == FIGURE) for p in pieces), len(pieces)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A pattern taken apart into characters, classes, slots and brackets."""

    atoms: tuple[str, ...]
    slots: Mapping[str, Slot]
    exact: bool

    def branches(self, at: int, *, starts: bool) -> tuple[list[Needs], int]:
        """The needs of each alternative from ``at`` to the closing bracket, and where that is; of words, those begun
        after the first.

        starts: whatever begins at ``at`` begins a word.
        """
        out = []
        conditions: list[frozenset[Piece]] = []
        words = 0
        run, first, here = "", starts, starts  # letters in a row; whether they begin a word; whether what comes does
        while at < len(self.atoms) and self.atoms[at] != ")":
            atom, found, more, after = self.atoms[at], Needs((), 0), 0, False
            if atom == "(":
                found, at = self._group(at + 1, starts=here)
            elif atom[0] == "{" and atom[1].isalpha():
                slot = self.slots[atom[1:-1].rstrip("0123456789")]
                pieces = frozenset(Piece(p.text, p.exact, here and not p.such, p.such) for p in slot.pieces)
                found = Needs((pieces,) if pieces else (), slot.words - 1)
            elif _FIGURES.fullmatch(atom):
                found = Needs((frozenset((FIGURE,)),), 0)
            elif atom not in "|?*+{" and not atom.isalnum():
                more, after = 1, atom == " "
            at += 1
            follows = self.atoms[at] if at < len(self.atoms) else ""
            optional = follows in ("?", "*") or follows.startswith("{0")
            if atom.isalnum() and not optional:
                run, first = run + atom, first if run else here
            else:
                conditions += self._run(run, first)
                run = ""
            if atom == "|":
                out.append(Needs(tuple(conditions), words))
                conditions, words, after = [], 0, starts
            else:
                conditions += [] if optional else found.conditions
                words += (found.words + more) * self._times(atom, follows)
            here = after and not optional
        conditions += self._run(run, first)
        return [*out, Needs(tuple(conditions), words)], at

    def _group(self, at: int, *, starts: bool) -> tuple[Needs, int]:
        """What a group needs, and where its bracket closes; what only looks ahead or back needs nothing."""
        ahead = "".join(self.atoms[at : at + 3])
        looks = ahead.startswith(_LOOK)
        opening = None if looks else _OPENING.match("".join(self.atoms[at:]))
        inner, end = self.branches(at if opening is None else at + opening.end(), starts=starts)
        return Needs((), 0) if looks else _either(inner), end

    def _times(self, atom: str, follows: str) -> int:
        """How often a part may come; blanks, however many, part no more than two words."""
        if follows.startswith("{") and follows[1].isdigit():
            return int(follows[1:-1].rpartition(",")[2] or _MANY)
        return _MANY if follows in ("*", "+") and not _BETWEEN.fullmatch(atom) else 1

    def _run(self, run: str, first: bool) -> list[frozenset[Piece]]:
        if len(run) < (2 if run.isdigit() else _SHORTEST):
            return [frozenset((FIGURE,))] if run.isdigit() else []
        return [frozenset((Piece(run if self.exact else run.lower(), self.exact, first),))]


_MANY = 1000  # words: longer than any paragraph is wide
_WORDS = re.compile(r"([^\W_]+)")
_AHEAD = 6  # words after a match at which a pattern may look
_KEPT = 50_000  # spellings and sets of pieces kept; some MB


@dataclass(frozen=True, slots=True)
class _Thing(Generic[T]):
    conditions: tuple[int, ...]  # of each the bits of its pieces
    words: int
    thing: T


@dataclass(frozen=True, slots=True)
class Sieve(Generic[T]):
    """Things with what they need of a text."""

    things: tuple[_Thing[T], ...]
    pieces: tuple[tuple[Piece, int], ...]  # each with its bit
    of_word: dict[str, int] = field(default_factory=dict, repr=False, compare=False)  # the pieces of words met of late
    of_pieces: dict[int, list[_Thing[T]]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, things: Iterable[tuple[Needs, T]]) -> Sieve[T]:
        """Over things and their needs, in that order."""
        things = list(things)
        pieces = sorted({piece for needs, _ in things for some in needs.conditions for piece in some})
        bit = {piece: 1 << n for n, piece in enumerate(pieces)}
        return cls(
            tuple(_Thing(tuple(sum(bit[p] for p in some) for some in n.conditions), n.words, t) for n, t in things),
            tuple(bit.items()),
        )

    def __iter__(self) -> Iterator[T]:
        return (t.thing for t in self.things)

    def sift(self, text: str) -> list[T]:
        """Those that may be in a text, in their order."""
        return [t.thing for t in self._sifted(self._masks(_WORDS.findall(text)))]

    def places(self, text: str) -> list[tuple[T, list[tuple[int, int]]]]:
        """Those that may be in a text, in their order, each with the stretches in which to search: every match of its
        pattern is found there as in the whole, and what it may look at behind them too.
        """
        parts = _WORDS.split(text)
        masks = self._masks(parts[1::2])
        sifted = self._sifted(masks)
        if not sifted:
            return []
        ends = list(accumulate(map(len, parts)))  # of word n: ends[2 * n + 1]
        ends[-2:] = [ends[-1]] * len(ends[-2:])
        marked = [(n, mask) for n, mask in enumerate(masks) if mask]
        out = []
        for thing in sifted:
            stretches = _stretches(thing, marked, ends) if thing.conditions else [(0, len(text))]
            if stretches:
                out.append((thing.thing, stretches))
        return out

    def _masks(self, words: Sequence[str]) -> list[int]:
        """For each word the pieces in it."""
        masks = list(map(self.of_word.get, words))
        return self._new(words) if None in masks else masks  # type: ignore[return-value]

    def _new(self, words: Sequence[str]) -> list[int]:
        """The same when some were not met yet."""
        if len(self.of_word) >= _KEPT:
            self.of_word.clear()
        for word in words:
            if word not in self.of_word:
                # These three pass for i and s where the case of letters does not count.
                small = word.lower().replace("i\u0307", "i").replace("\u0131", "i").replace("\u017f", "s")
                self.of_word[word] = sum(bit for piece, bit in self.pieces if piece.within(word, small))
        return [self.of_word[word] for word in words]

    def _sifted(self, masks: Sequence[int]) -> list[_Thing[T]]:
        seen = 0
        for mask in set(masks):
            seen |= mask
        found = self.of_pieces.get(seen)
        if found is None:
            if len(self.of_pieces) >= _KEPT:
                self.of_pieces.clear()
            found = [t for t in self.things if all(some & seen for some in t.conditions)]
            self.of_pieces[seen] = found
        return found


def _stretches(thing: _Thing[T], marked: Sequence[tuple[int, int]], ends: Sequence[int]) -> list[tuple[int, int]]:
    """Where a match can lie: around words that meet the rarest condition, and have words for the others near them."""
    where = [[n for n, mask in marked if mask & some] for some in thing.conditions]
    where.sort(key=len)
    reach = thing.words
    out: list[tuple[int, int]] = []
    for n in where[0]:
        if all(_near(others, n, reach) for others in where[1:]):
            start = ends[2 * (n - reach) + 1] if n >= reach else 0
            last = 2 * (n + reach + _AHEAD) + 1
            end = ends[last] if last < len(ends) else ends[-1]
            if out and start <= out[-1][1]:
                out[-1] = out[-1][0], end
            else:
                out.append((start, end))
    return out


def _near(others: Sequence[int], n: int, reach: int) -> bool:
    """Whether one of the rising numbers is less than ``reach`` from ``n``: a passage may hold thousands."""
    at = bisect_right(others, n - reach)
    return at < len(others) and others[at] < n + reach
