"""An event as it is compared with others: who, whom, when, where, and in which words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.record.words import NUMBERS, folded, stem, stems

# What a deed of a type is always told with says nothing of which deed it is: the type is compared already.
OF_THE_TYPE = frozenset(
    stem(word)
    for word in (
        "agree", "agreement", "sign", "deal", "talks", "talk", "hold", "held", "meet", "met", "meeting", "discuss",
        "discussion", "negotiation", "conduct", "sanctions", "impose", "hit", "new", "visit", "receive", "call",
        "phone", "telephone", "congratulate", "congratulation", "condolence", "express", "offer", "thank", "send",
        "sent", "deliver", "delivery", "give", "supply", "warn", "warning", "threaten", "threat", "accuse", "condemn",
        "attack", "kill", "dead", "die", "bomb", "shell", "strike", "expel", "diplomat", "arrest", "police", "citizen",
        "reject", "refuse", "force", "troop", "soldier", "minister", "president", "foreign", "government", "ministry",
        "counterpart", "both", "two",
    )
)  # fmt: skip
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[^\W\d_]+(?:[’'-][^\W\d_]+)*")
UNITS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Deed:
    """One event, ready to be compared. The days are those of the event, else of its report; None is open."""

    id: str
    report: str
    batch: str
    type: str
    mode: str | None
    occasion: str | None
    sources: frozenset[str]  # codes
    targets: frozenset[str]
    people: frozenset[str]  # names of both sides that say more than the state
    first: dt.date | None
    last: dt.date | None
    own_day: bool  # whether the days are the event's own
    place: str | None
    words: frozenset[str]  # stems of the evidence, without who and when
    numbers: frozenset[str]
    trigger: str
    quotes: frozenset[str]  # runs of four words of what the report quotes


def deed(row: Mapping[str, Any], quotes: frozenset[str] = frozenset()) -> Deed:
    """The deed of a row of events with its report's window (``dated_start``, ``dated_end``).

    quotes: the runs of words that its report quotes.
    """
    names = [*row["source_names"], *row["target_names"]]
    words_of = {name: folded(name) for name in names}
    who = {stem(word) for words in words_of.values() for word in words}
    own = row["date_start"] is not None or row["date_end"] is not None
    first, last = (row["date_start"], row["date_end"]) if own else (row["dated_start"], row["dated_end"])
    return Deed(
        row["id"], row["report"], row["batch"], row["type"], row["mode"], row["occasion"],
        frozenset(row["source_codes"]), frozenset(row["target_codes"]),
        frozenset(name for name, words in words_of.items() if len(words) > 1),
        first, last, own, row["place"],
        stems(row["evidence"]) - who - OF_THE_TYPE,
        frozenset(f"{value:g}" for value, _ in counted(row["evidence"]) if value > 1),
        stem(next(iter(folded(row["trigger"])), "")),
        quotes,
    )  # fmt: skip


def counted(text: str) -> list[tuple[float, str]]:
    """The numbers of a text, in figures or words, each with the word after it, folded."""
    out: list[tuple[float, str]] = []
    value: float | None = None
    for word in NUMBER.findall(text):
        low = word.lower()
        number = float(low.replace(",", "")) if low[0].isdigit() else _in_words(low)
        if number is not None:
            if value is not None:
                out.append((value, ""))
            value = number
        elif value is not None and low in UNITS:
            value *= UNITS[low]
        elif value is not None:
            out.append((value, next(iter(folded(low)), "")))
            value = None
    return out if value is None else [*out, (value, "")]


def _in_words(word: str) -> float | None:
    tens, _, ones = word.partition("-")
    if tens not in NUMBERS or (ones and ones not in NUMBERS):
        return None
    return float(NUMBERS[tens] + (NUMBERS[ones] if ones else 0))


def runs(texts: Iterable[str]) -> frozenset[str]:
    """The runs of four words of what a report quotes."""
    quoted = map(folded, texts)
    return frozenset(" ".join(words[n : n + 4]) for words in quoted for n in range(len(words) - 3))
