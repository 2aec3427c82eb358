"""Sketches of a report's text: enough to tell whether two reports are one text, without keeping or opening the texts.

Of a text's runs of words and of its stems a sketch keeps the lowest hashes: a bottom-k sketch, the kin of MinHash with
one hash function (Cohen and Kaplan 2007). Of two sketches the share of common pieces is known for short texts, and
estimated for long ones. Of its sentences it keeps names and numbers: what a rewriter who swaps words cannot swap.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.record.words import COMMON, DAYS, NUMBERS, folded, stem, stems_of

# So many hashes are kept: texts of up to 66 words are compared exactly, longer ones with an error of about 0.06.
KEPT = 64
RUN = 3  # words in a shingle: fewer are shared by chance, more are lost at every edited word
HEX, SHORT_HEX = 8, 4  # digits of a hash of a piece, and of a name or number, of which few are compared at once
# A wire's report has fewer sentences; the rest of a long one cannot make it another text.
SENTENCES = 24
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’]?\s+|\n+")
WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]\w*(?:[’'-]\w+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """How many words a sentence has, and the hashes of the names and numbers in it."""

    words: int
    fixed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text: how many words it has, hashes of its runs of words and of its stems, its sentences."""

    words: int
    shingles: frozenset[int]
    stems: frozenset[int]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of the pieces of two texts: the share that both have, and the share of the smaller one's that the other has."""

    shared: float
    within: float


def sketch(text: str) -> Sketch:
    """The sketch of a report's headline and body."""
    words = folded(text)
    runs = map(" ".join, zip(*(words[n:] for n in range(RUN)), strict=False))
    made = [s for s in map(_sentence, SENTENCE_END.split(text)) if s.fixed]
    return Sketch(len(words), _lowest(runs), _lowest(stems_of(words)), tuple(made[:SENTENCES]))


def packed(hashes: frozenset[int], digits: int = HEX) -> str:
    """Hashes as a row holds them."""
    return b"".join([h.to_bytes(digits // 2, "big") for h in sorted(hashes)]).hex()


def unpacked(text: str, digits: int = HEX) -> frozenset[int]:
    """The hashes of a row."""
    packed = bytes.fromhex(text)
    return frozenset(struct.unpack(f">{2 * len(packed) // digits}{'H' if digits == SHORT_HEX else 'I'}", packed))


def packed_sentences(sentences: Sequence[Sentence]) -> str:
    """Sentences as a row holds them: "12:0ab33f10 7:..."."""
    return " ".join(f"{s.words}:{packed(s.fixed, SHORT_HEX)}" for s in sentences)


def unpacked_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a row."""
    parts = (part.split(":") for part in text.split())
    return tuple(Sentence(int(words), unpacked(fixed, SHORT_HEX)) for words, fixed in parts)


def likeness(one: frozenset[int], other: frozenset[int]) -> Likeness:
    """How much two sketches have in common; nothing where one is empty."""
    if not one or not other:
        return Likeness(0.0, 0.0)
    # Only below the greatest hash of a full sketch is it known whether a piece is there; what both have is below it.
    both = len(one & other)
    limit = min((max(s) for s in (one, other) if len(s) == KEPT), default=None)
    a, b = (len(s) if limit is None else sum(map(limit.__ge__, s)) for s in (one, other))
    smaller = min(a, b)
    return Likeness(both / (a + b - both), both / smaller if smaller else 0.0)


def aligned(one: Sequence[Sentence], other: Sequence[Sentence]) -> float:
    """Which share of the shorter text's names and numbers the other has in sentences like its own, in their order.

    Two sentences are alike by the share of names and numbers that both have, times that of their lengths.
    """
    shorter, longer = sorted((one, other), key=len)
    total = sum(len(s.fixed) for s in shorter)
    best = [0.0] * (len(longer) + 1)
    for a in shorter:
        before, best = best, [0.0]
        for n, b in enumerate(longer):
            alike = len(a.fixed & b.fixed) / len(a.fixed | b.fixed) * min(a.words, b.words) / max(a.words, b.words)
            best.append(max(before[n + 1], best[n], before[n] + len(a.fixed) * alike))
    return best[-1] / total if total else 0.0


def _sentence(text: str) -> Sentence:
    words = WORD.findall(text)
    fixed = set()
    for n, word in enumerate(words):
        low = word.lower().removesuffix("'s").removesuffix("’s")
        named = word[0].isupper() and (n > 0 or low not in COMMON)  # the first word may be any
        if (word[0].isdigit() or low in NUMBERS or named) and low not in DAYS:
            fixed.add(_hash(stem(low), SHORT_HEX))
    return Sentence(len(words), frozenset(fixed))


def _lowest(pieces: Iterable[str]) -> frozenset[int]:
    lowest = sorted({_digest(piece, HEX) for piece in pieces})[:KEPT]
    return frozenset([int.from_bytes(digest, "big") for digest in lowest])


def _hash(piece: str, digits: int) -> int:
    return int.from_bytes(_digest(piece, digits), "big")


def _digest(piece: str, digits: int) -> bytes:
    return hashlib.blake2b(piece.encode("utf-8", "replace"), digest_size=digits // 2).digest()
