"""Phrases by which a page's furniture is known, as data/furniture/*.yaml has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import read_yaml

MATCHES = ("whole", "start", "inside", "end")
PLACES = ("top", "below", "bottom", "anywhere")
KINDS = ("furniture", "byline", "caption", "credit", "dateline")
OPENS = ("nothing", "block", "letter", "list")
# Longer lines are tried with the same phrases as lines of so many words.
MOST_WORDS = 5_001
FIELDS = {"id", "what", "match", "where", "kind", "opens", "words", "cased", "examples", "not"}


Found = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way furniture is worded.

    match: how much of a line ``pattern`` must cover. where: top (before the first paragraph), below (after its start),
    bottom (after two thirds of the lines, or among the last twelve), anywhere. opens: what follows the line and shares
    its fate: nothing; a block (a box, a form) or a letter to readers, up to where the article resumes; or a list of
    other stories' headlines.
    words: a longer line is not tried.
    """

    id: str
    rule: str  # its address: furniture/appeals/support-us
    pattern: re.Pattern[str]
    match: str  # one of MATCHES
    where: str  # one of PLACES
    kind: str  # one of KINDS
    opens: str  # one of OPENS
    words: int
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    longest: int = 0  # characters of the longest match, for match "end": what lies before cannot begin one

    @property
    def found(self) -> Found:
        """Gives the match in a line, or None. The line must be short: the caller cuts it."""
        if self.match == "whole":
            return self.pattern.fullmatch
        if self.match == "start":
            return self.pattern.match
        return self._at_end if self.match == "end" else self.pattern.search

    def _at_end(self, line: str) -> re.Match[str] | None:
        return self.pattern.search(line, max(0, len(line) - self.longest))


@dataclass(frozen=True, slots=True)
class FurniturePhrases:
    """All phrases, in the order of their files and entries."""

    phrases: tuple[Phrase, ...] = ()
    agencies: frozenset[str] = frozenset()  # casefolded words of news agencies' names, as datelines have them
    places: frozenset[str] = frozenset()  # casefolded names of cities that head datelines
    labels: frozenset[str] = frozenset()  # words that stand where a place would and name none ("BREAKING:")
    sections: frozenset[str] = frozenset()  # casefolded words that menus are made of
    papers: frozenset[str] = frozenset()  # casefolded words that end a newspaper's name
    _tried: dict[int, tuple[tuple[Phrase, Found], ...]] = field(default_factory=dict, repr=False, compare=False)

    def tried(self, words: int) -> tuple[tuple[Phrase, Found], ...]:
        """The phrases that are tried on a line of so many words, in their order, each with how it is found."""
        words = min(words, MOST_WORDS)
        if words not in self._tried:
            self._tried[words] = tuple((p, p.found) for p in self.phrases if words <= p.words)
        return self._tried[words]


def load_furniture(folder: Path) -> FurniturePhrases:
    """Read data/furniture. Raises KnowledgeError naming the file and the entry that is wrong."""
    phrases: list[Phrase] = []
    agencies: list[str] = []
    places: list[str] = []
    labels: list[str] = []
    sections: list[str] = []
    papers: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        content = read_yaml(path)
        if path.stem == "names":
            agencies += content["agencies"]
            places += content["places"]
            labels += content["labels"]
            sections += content["sections"]
            papers += content["papers"]
            continue
        for entry in content["entries"]:
            phrases.append(_phrase(path, content.get("kind", "furniture"), entry))
    return FurniturePhrases(
        tuple(phrases),
        frozenset(w.casefold() for a in agencies for w in a.split()),
        frozenset(p.casefold() for p in places),
        frozenset(labels),
        frozenset(s.casefold() for s in sections),
        frozenset(p.casefold() for p in papers),
    )


def _phrase(path: Path, kind: str, entry: dict[str, Any]) -> Phrase:
    name = f"{path}: entry {entry.get('id', entry)!r}"
    if unknown := set(entry) - FIELDS:
        raise KnowledgeError(f"{name}: unknown field {', '.join(sorted(unknown))}")
    match, where = entry.get("match", "whole"), entry.get("where", "anywhere")
    kind, opens = entry.get("kind", kind), entry.get("opens", "nothing")
    if match not in MATCHES or where not in PLACES or kind not in KINDS or opens not in OPENS:
        raise KnowledgeError(f"{name}: match is one of {MATCHES}, where of {PLACES}, kind of {KINDS}, opens of {OPENS}")
    if not entry.get("examples") or not entry.get("not"):
        raise KnowledgeError(f"{name}: needs examples and counter-examples (not)")
    what = entry["what"] if isinstance(entry["what"], list) else [entry["what"]]
    source = "|".join(f"(?:{w})" for w in what)
    if match == "end":
        source = f"(?:{source})$"
    try:
        pattern = re.compile(source, 0 if entry.get("cased") else re.IGNORECASE)
    except re.error as e:
        raise KnowledgeError(f"{name}: {e}") from e
    return Phrase(
        entry["id"],
        f"furniture/{path.stem}/{entry['id']}",
        pattern,
        match,
        where,
        kind,
        opens,
        int(entry.get("words", 40)),
        tuple(entry["examples"]),
        tuple(entry["not"]),
        _longest(source) if match == "end" else 0,
    )


def _longest(source: str) -> int:
    """Characters of the longest match of a pattern, and one for a line's end."""
    return min(int(_parser.parse(source).getwidth()[1]), 10_000) + 1
