"""What a shape saw: its slots, and which way the phrase's verb looks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dragoman.knowledge.calendar import APPROXIMATE, RELATIVE, CalendarWords, Holiday
from dragoman.model import Interval

UNKNOWN = Interval(None, None)  # a time, but one whose days are not known


@dataclass(frozen=True, slots=True)
class Seen:
    """What a shape matched: its slots, and whether the phrase's verb looks back ("past") or forward ("future")."""

    slots: Mapping[str, str]
    tense: str
    words: CalendarWords
    holiday: Holiday | None = None

    def get(self, name: str) -> str | None:
        """The words in a slot, in small letters and single blanks, or None."""
        return self.slots.get(name)

    @property
    def future(self) -> bool:
        return self.tense == "future"

    @property
    def rel(self) -> int:
        """-1 last, 0 this, 1 next."""
        word = self.get("rel") or "this"
        return RELATIVE.get(word.removeprefix("the "), -1 if "previous" in word else 1)

    @property
    def month(self) -> int:
        return self.words.months[(self.get("month") or "").rstrip(".")]

    @property
    def weekday(self) -> int:
        return self.words.weekdays[(self.get("weekday") or "").rstrip(".")]

    @property
    def unit(self) -> str:
        """day, week, month ...; the singular."""
        return self.get("unit") or "day"

    @property
    def number(self) -> int | None:
        """None for a vague one ("several")."""
        word = self.get("number") or "1"
        if word.isdigit():
            return int(word)
        tens, hyphen, ones = word.partition("-")
        return self.words.numbers.get(word) if not hyphen else self.words.numbers[tens] + self.words.numbers[ones]

    @property
    def approx(self) -> str | None:
        """under | over | about | None"""
        word = self.get("approx")
        return next((kind for kind, words in APPROXIMATE.items() if word in words), None)

    @property
    def ordinal(self) -> int:
        nth = self.get("nth") or self.get("q")
        return int(nth) if nth else self.words.ordinals[self.get("ordinal") or "first"]

    def int(self, name: str) -> int | None:
        word = self.get(name)
        return int(word) if word else None


def seen_from(match: re.Match[str], tense: str, words: CalendarWords, holiday: Holiday | None = None) -> Seen:
    """The slots of a match; of a slot that stands in two alternatives, the one that was filled."""
    slots: dict[str, str] = {}
    for name, value in match.groupdict().items():
        if value:
            slots.setdefault(name.partition("__")[0], " ".join(value.casefold().split()))
    return Seen(slots, tense, words, holiday)


Meaning = Callable[[Seen, dt.date], Interval | None]


def day_of(year: int, month: int, day: int) -> Interval | None:
    """The day, or None where the calendar has none (31 June)."""
    try:
        return Interval.day(dt.date(year, month, day))
    except ValueError:
        return None


def hull(a: Interval, b: Interval) -> Interval:
    """The smallest interval that holds both."""
    starts, ends = (a.start, b.start), (a.end, b.end)
    start = None if None in starts else min(s for s in starts if s is not None)
    return Interval(start, None if None in ends else max(e for e in ends if e is not None))
