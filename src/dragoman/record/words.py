"""Words as they are looked for: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

BETWEEN = re.compile(r"[\W_]+")
# Words that most reports have: to look them up would find nearly everything, so the table of words has no row for any.
# Phrases with them are found by their other words, and only then compared whole.
COMMON = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her",
     "his", "in", "is", "it", "its", "of", "on", "or", "s", "said", "that", "the", "their", "they", "this", "to", "was",
     "were", "which", "who", "will", "with")
)  # fmt: skip


def folded(text: str) -> list[str]:
    """The words of ``text`` in order, as the SQL macro of the same name has them: accents off, then small letters."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return [word for word in BETWEEN.split(bare.lower()) if word]


def indexed(texts: Iterable[str | None]) -> list[str]:
    """The words that the table of words has of a report with these evidences and quotations, each once, sorted."""
    return sorted({word for text in texts if text for word in folded(text)} - COMMON)
