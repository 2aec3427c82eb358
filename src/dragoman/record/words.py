"""Words as they are looked for: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

BETWEEN = re.compile(r"[\W_]+")
ASCII_BETWEEN = {n: " " for n in range(128) if not chr(n).isalnum()}
HIGH = re.compile("[\u0300-\U0010ffff]")  # where the marks stand that are set on letters, and most other scripts
# Words that most reports have: to look them up would find nearly everything, so the table of words has no row for any.
# Phrases with them are found by their other words, and only then compared whole.
COMMON = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her",
     "his", "in", "is", "it", "its", "of", "on", "or", "s", "said", "that", "the", "their", "they", "this", "to", "was",
     "were", "which", "who", "will", "with")
)  # fmt: skip

# Ends of English words that tell number, tense and person: enough to hold "tents" and "tent" together, "closed" and
# "closing".
ENDS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "e", "y")
SHORTEST = 3
DAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday")
)  # fmt: skip

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip


def folded(text: str) -> list[str]:
    """The words of ``text`` in order, as the SQL macro of the same name has them: accents off, then small letters."""
    if text.isascii():  # most are, and so it takes a tenth
        return text.lower().translate(ASCII_BETWEEN).split()
    return [word for word in BETWEEN.split(_bare(text).lower()) if word]


def _bare(text: str) -> str:
    return HIGH.sub(_unmarked, unicodedata.normalize("NFD", text))


def _unmarked(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


@lru_cache(maxsize=2**16)
def stem(word: str) -> str:
    """A folded word without its ending."""
    for end in ENDS:
        if word.endswith(end) and len(word) - len(end) >= SHORTEST:
            return word[: -len(end)]
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about: no common words, no days, no figures."""
    return stems_of(folded(text))


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """The same of its folded words."""
    return frozenset([stem(w) for w in set(words) - COMMON - DAYS if not w.isdigit()])


def indexed(text: str | None) -> list[str]:
    """The words that the table of words has of an evidence or quotation, each once, sorted."""
    return sorted(set(folded(text or "")) - COMMON)
