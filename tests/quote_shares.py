"""The share of quotations that came out right, for each way of finding them, on our own pile.

The pile is tests/cases/quotes/fresh.yaml.

    python tests/quote_shares.py

The pile was written, with its gold, before the reader was first run on it; an entry marked ``first: wrong`` came out
wrong then. Each quotation of the pile counts for the way in which today's reader finds it (a miss for nobody), right
when its entry was right in that first run. Entries are short, so an entry that is wrong makes all its quotations wrong.

Smoothed by adding two quotations that are right three times in four, so that a way met three times is not called
certain: (right + 1.5) / (met + 2), rounded down to 0.05. A way met fewer than three times takes the share of its kind.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

from dragoman import Reader
from dragoman.model import Quote
from quote_reading import read

PILE = Path(__file__).parent / "cases" / "quotes" / "fresh.yaml"
PRIOR, WEIGHT, LEAST = 0.75, 2, 3


def way_of(quote: Quote) -> str:
    """The function that found the content, and for a complement its shape, as the trail has them."""
    ways = (
        "before_cue",
        "run_behind",
        "complement",
        "according",
        "noun_clause",
        "floating",
        "signature",
        "headline",
        "turns_of",
    )
    for reason in quote.trail:
        way = reason.rule.rpartition(".")[2]
        if reason.rule.startswith("code:quotes.") and way in ways:
            return f"{way} {reason.saw}" if way == "complement" else way
    raise ValueError(f"no way in the trail of {quote}")


def shares(reader: Reader) -> dict[tuple[str, str], tuple[int, int]]:
    """(way, kind) -> (right, met)."""
    right: Counter[tuple[str, str]] = Counter()
    met: Counter[tuple[str, str]] = Counter()
    for case in yaml.safe_load(PILE.read_text(encoding="utf-8")):
        for quote in read(reader, case["text"]):
            key = way_of(quote), quote.kind
            met[key] += 1
            right[key] += "first" not in case
    return {key: (right[key], met[key]) for key in sorted(met)}


def figure(right: int, met: int) -> float:
    """The smoothed share, rounded down to 0.05."""
    return int((right + PRIOR * WEIGHT) / (met + WEIGHT) * 20 + 1e-9) / 20


def main() -> None:
    kinds: Counter[str] = Counter()
    kinds_right: Counter[str] = Counter()
    for (way, kind), (right, met) in shares(Reader()).items():
        kinds[kind] += met
        kinds_right[kind] += right
        print(
            f"{way:24} {kind:9} {right:3} of {met:3}   {figure(right, met):.2f}{'' if met >= LEAST else '   too few'}"
        )
    for kind, met in sorted(kinds.items()):
        right = kinds_right[kind]
        print(f"{'any':24} {kind:9} {right:3} of {met:3}   {figure(right, met):.2f}")


if __name__ == "__main__":
    main()
