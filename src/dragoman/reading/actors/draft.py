"""The cast while it is made: who was found under which words; turned into a frozen Cast at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.knowledge.names import words_of
from dragoman.model import Actor, Cast, Mention, Reason, Span, Unresolved


@dataclass(frozen=True, slots=True)
class Who:
    """An actor before it has a number. Two mentions of one ``key`` are one actor."""

    key: str  # "person/Q7747", "state/TUR", "body/TUR/MIL", "org/UNO/un", "group/PKK", "role/TUR/president"
    name: str
    code: str | None
    sector: str | None = None
    role: str | None = None
    person: str | None = None
    wikidata: str | None = None
    former: bool = False
    office: str | None = None  # the office's name in the tables
    gender: str | None = None  # "m" | "f", when a title or a pronoun said so
    trail: tuple[Reason, ...] = ()

    @property
    def is_state(self) -> bool:
        return self.key.startswith("state/")


@dataclass(frozen=True, slots=True)
class Found:
    """One place where actors are named; several for a group ("the two leaders")."""

    span: Span
    who: tuple[Who, ...]
    how: str
    because: Reason


@dataclass(slots=True)
class Draft:
    """Mentions as they are found. Local to one call of find_actors."""

    text: str
    found: list[Found] = field(default_factory=list)
    open: list[Unresolved] = field(default_factory=list)
    taken: bytearray = field(init=False)  # for each character, 1 when it is under a mention

    def __post_init__(self) -> None:
        self.taken = bytearray(len(self.text))

    def add(self, span: Span, who: Sequence[Who], how: str, because: Reason) -> None:
        """Put a mention in, unless its words are under one already."""
        if self.taken[span.start] or self.taken[span.end - 1]:
            return
        self.taken[span.start : span.end] = b"\1" * len(span)
        self.found.append(Found(span, tuple(who), how, because))

    def leave_open(self, span: Span, because: Reason) -> None:
        """Words that name somebody, but it cannot be said whom."""
        if not self.taken[span.start]:
            self.taken[span.start : span.end] = b"\1" * len(span)
            self.open.append(Unresolved(span, because))

    def free(self, span: Span) -> bool:
        """No mention lies on any of these characters."""
        return self.taken.find(1, span.start, span.end) < 0

    def in_order(self) -> list[Found]:
        """Mentions in order of text, the wider first."""
        return sorted(self.found, key=lambda f: (f.span.start, -f.span.end))

    def cast(self) -> Cast:
        """The frozen result: one actor a key, numbered in order of first mention.

        ``name`` is the table's and the same in every report; ``person`` is spelt as this report spells it.
        """
        best: dict[str, Who] = {}
        mentions: dict[str, list[Mention]] = {}
        for f in self.in_order():
            for who in f.who:
                if who.key not in best:
                    best[who.key] = who
                mentions.setdefault(who.key, []).append(Mention(f.span, f.how, f.because))
        actors = tuple(
            Actor(
                f"a{n}",
                w.name,
                w.code,
                w.sector,
                w.role,
                None if w.person is None else as_spelt(w.person, [m.span.of(self.text) for m in mentions[key]]),
                w.wikidata,
                w.former,
                tuple(mentions[key]),
                w.trail,
            )
            for n, (key, w) in enumerate(best.items(), start=1)
        )
        return Cast(actors, tuple(sorted(self.open, key=lambda u: u.span)))


def as_spelt(person: str, mentions: Sequence[str]) -> str:
    """A person's name with each word as the report writes it: "Mevlut Cavusoglu" where the table has the accents."""
    if person.isascii() and all(m.isascii() for m in mentions):
        return person
    written: dict[str, str] = {}
    for mention in mentions:
        for word in words_of(mention):
            written.setdefault(word.fold, word.text)
    words = words_of(person)
    out, at = [], 0
    for word in words:
        spelt = written.get(word.fold)
        out += [person[at : word.start], spelt if spelt is not None and _is_name(spelt) else word.text]
        at = word.end
    return "".join((*out, person[at:]))


def _is_name(word: str) -> bool:
    """A capital first and not all capitals, as headlines write."""
    return word[:1].isupper() and not (word.isupper() and len(word) > 2)
