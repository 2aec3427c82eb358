"""Sketches of a report's text: enough to tell whether two reports are one text, without keeping or opening the texts.

A sketch holds the lowest hashes of a text's pieces: a bottom-k sketch, the kin of MinHash with one hash function (Cohen
and Kaplan 2007). Of two sketches the share of common pieces is known for short texts, and estimated for long ones.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from dragoman.record.words import folded

# So many hashes are kept: texts of up to 100 words are compared exactly, longer ones with an error of about 0.05.
KEPT = 96
RUN = 3  # words in a shingle: fewer are shared by chance, more are lost at every edited word
HEX = 8
# A name or a number: what a rewriter who swaps words for others of the same meaning cannot swap.
FIXED = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]\w*(?:[’'-]\w+)*")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text: how many words it has, and the lowest hashes of its shingles and of its skeleton."""

    words: int
    shingles: frozenset[int]
    skeleton: frozenset[int]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of the pieces of two texts: the share that both have, and the share of the smaller one's that the other has."""

    shared: float
    within: float


def sketch(text: str) -> Sketch:
    """The sketch of a report's headline and body."""
    words = folded(text)
    runs = (" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
    return Sketch(len(words), _lowest(runs), _lowest(" ".join(pair) for pair in pairwise(_skeleton(text))))


def packed(hashes: frozenset[int]) -> str:
    """Hashes as a row holds them."""
    return "".join(f"{h:08x}" for h in sorted(hashes))


def unpacked(text: str) -> frozenset[int]:
    """The hashes of a row."""
    return frozenset(int(text[n : n + HEX], 16) for n in range(0, len(text), HEX))


def likeness(one: frozenset[int], other: frozenset[int]) -> Likeness:
    """How much two sketches have in common; nothing where one is empty."""
    if not one or not other:
        return Likeness(0.0, 0.0)
    # Only below the greatest hash of a full sketch is it known whether a piece is there.
    limit = min((max(s) for s in (one, other) if len(s) == KEPT), default=None)
    a, b = (one, other) if limit is None else ({h for h in s if h <= limit} for s in (one, other))
    both, smaller = len(a & b), min(len(a), len(b))
    return Likeness(both / len(a | b), both / smaller if smaller else 0.0)


def _lowest(pieces: Iterable[str]) -> frozenset[int]:
    digests = (hashlib.blake2b(p.encode("utf-8", "replace"), digest_size=4).digest() for p in pieces)
    return frozenset(sorted({int.from_bytes(d, "big") for d in digests})[:KEPT])


def _skeleton(text: str) -> Iterator[str]:
    """Numbers, and words with a capital that do not begin a sentence, in order, as often as they are told."""
    at_start = True
    end = 0
    for found in FIXED.finditer(text):
        between = text[end : found.start()]
        at_start = end == 0 or any(mark in between for mark in '.!?\n:“"')
        word = found.group()
        end = found.end()
        if word[0].isdigit() or (word[0].isupper() and not at_start):
            yield word.lower()
