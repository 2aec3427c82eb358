"""Is it English? By the share of English function words: cheap, and its reason can be said in words."""

from __future__ import annotations

import re

from dragoman.errors import InputError

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Common words that English shares with no large language in the same spelling (so no "in", "a", "is", "on", "me").
FUNCTION = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "that",
        "for",
        "with",
        "it",
        "has",
        "have",
        "from",
        "by",
        "which",
        "said",
        "this",
        "are",
        "not",
        "were",
        "be",
        "been",
        "their",
        "would",
        "who",
        "but",
        "its",
        "his",
        "had",
        "will",
        "they",
        "he",
        "she",
        "at",
        "as",
        "after",
        "about",
        "when",
        "than",
        "other",
        "into",
        "more",
        "also",
        "could",
        "between",
        "against",
        "its",
        "our",
        "we",
        "you",
        "your",
        "should",
        "may",
    ]
)
SAMPLE = 2000  # words
# Running English has 0.25 to 0.40 of these words and headlines about 0.12; German, French, Spanish, Dutch, Turkish and
# Indonesian have under 0.04 (counted on our own sentences in tests/reading/test_take_in.py).
ENOUGH, DECLARED_ENGLISH = 0.08, 0.03
SHORT = 25  # words; a share of fewer says nothing


def check_english(text: str, source: str, declared: str | None = None, *, trusted: bool = False) -> None:
    """Raise InputError (language) when ``text`` is not English.

    declared: a language tag the input gives ("en-GB"); trusted: somebody stated it of this very report, so it alone
    decides against English. Fewer than 25 words get the benefit of the doubt unless their letters are not Latin.
    """
    tag = (declared or "").strip().replace("_", "-").split("-")[0].casefold()
    if trusted and tag and tag not in ("en", "eng", "english"):
        raise InputError(
            "language",
            f"{source} is declared to be in {declared!r}; dragoman reads English only. Leave it out, or translate it.",
        )
    words = WORD.findall(text[:40_000])[:SAMPLE]
    latin = sum(1 for w in words if w[0] < "\u0250" or "\u1e00" <= w[0] <= "\u1eff")
    if len(words) >= 3 and latin * 2 < len(words):
        raise InputError(
            "language",
            f"{source} is not English: {len(words) - latin} of {len(words)} words are not in Latin letters. Leave "
            f"it out, or translate it.",
        )
    if len(words) < SHORT:
        return
    hits = sum(1 for w in words if w.casefold() in FUNCTION)
    if hits < len(words) * (DECLARED_ENGLISH if tag in ("en", "eng", "english") else ENOUGH):
        raise InputError(
            "language",
            f"{source} is not English: {hits} of {len(words)} words are common English ones. Leave it out, or "
            f"translate it.",
        )
