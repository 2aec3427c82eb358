"""Names as they are looked up in text: words folded, every written form of a table row as one key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

# A word is a run of letters and digits; dotted capitals ("U.N.", "J.D.") and inner apostrophes ("N'Djamena") stay
# inside, a possessive 's does not. Hyphens part words, so that "al-Assad" and "al Assad" are one key.
WORD = re.compile(r"(?:[^\W\d_a-z]\.){2,}|[^\W_]+(?:['’ʼ](?!s\b|S\b)[^\W_]+)*\+?")
# What may stand between two words of one name.
_BLANKS = (" ", "\u00a0", "\u2009", "\u202f", "\n")
GLUE = frozenset([*_BLANKS, "-", "\u2010", "\u2011", ".", *("." + b for b in _BLANKS), "'", "’",
                  *(a + b for a in ("'", "’", "'s", "’s", "'S", "’S") for b in _BLANKS)])  # fmt: skip
# Small words inside names, written with a capital or without.
PARTICLES = frozenset([
    "al", "el", "de", "da", "do", "dos", "del", "della", "der", "den", "di", "la", "le", "van", "von", "bin", "ibn",
    "ben", "bint", "abu", "ad", "an", "ar", "as", "at", "ash", "ul", "ur",
])  # fmt: skip
# After these, as after an initial, a full stop does not end the sentence.
ABBREVIATED = frozenset([
    "mr", "mrs", "ms", "dr", "st", "gen", "lt", "col", "maj", "capt", "cpt", "sgt", "sen", "rep", "gov", "prof",
    "hon", "rev", "adm", "cmdr", "jr", "sr", "sec", "amb", "brig", "pres", "atty", "pte", "cpl", "insp",
    "supt", "fr", "msgr", "sheik", "ayat", "comm", "vice", "min", "dep", "asst", "no",
])  # fmt: skip

_LETTERS = str.maketrans({"ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss",
                          "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ð": "d", "þ": "th", "ə": "a", "Ə": "a",
                          "’": None, "'": None, "ʼ": None, "ʻ": None, ".": None})  # fmt: skip


def fold(word: str) -> str:
    """One spelling for all: no case, no marks on letters, no dots or apostrophes. Erdoğan -> erdogan, U.S. -> us."""
    if word.isascii():
        low = word.lower()
        return low if low.isalnum() else low.replace("'", "").replace(".", "")
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


class Word(NamedTuple):
    """One word of a passage. ``start`` and ``end`` count from the passage's first character."""

    start: int
    end: int
    text: str
    fold: str
    glued: bool  # what parts it from the word before may stand inside a name


_SPLIT = re.compile(f"({WORD.pattern})")


def words_of(text: str) -> list[Word]:
    """The words of a passage, in order."""
    parts = _SPLIT.split(text)  # blanks and words in turn
    texts = parts[1::2]
    if not texts:
        return []
    bounds = list(accumulate(map(len, parts)))
    starts, ends = bounds[0::2], bounds[1::2]
    folds = [w.lower() if w.isalnum() and w.isascii() else fold(w) for w in texts]
    gaps = parts[0:-1:2]
    glued = [gap == " " for gap in gaps]
    glued[0] = False
    left_out: list[int] = []
    for n in [n for n, gap in enumerate(gaps) if gap != " "]:
        if folds[n] == "s" and starts[n] > 0 and text[starts[n] - 1] in "'’ʼ":
            left_out.append(n)  # the possessive is no word; it stays in the gap
        else:
            glued[n] = _glued(text[ends[n - 1] : starts[n]], folds[n - 1]) if n else False
    words = list(map(Word._make, zip(starts, ends, texts, folds, glued, strict=False)))
    for n in reversed(left_out):
        del words[n]
        if n < len(words):
            after, before = words[n], words[n - 1] if n else None
            gap = "" if before is None else text[before.end : after.start]
            words[n] = after._replace(glued=before is not None and _glued(gap, before.fold))
    return words


def _glued(gap: str, before: str) -> bool:
    """What parts two words may stand inside a name; a full stop only after an abbreviation."""
    return gap in GLUE and (gap[0] != "." or len(before) == 1 or before in ABBREVIATED)


def written_words(name: str) -> tuple[str, ...]:
    """The words of a name in a table, as :func:`words_of` finds them in text: "Lord's Resistance Army" has three."""
    if "'s" in name or "’s" in name:
        return tuple([w.text for w in words_of(name)])
    return tuple(WORD.findall(name))


def in_capitals(text: str, words: Sequence[Word]) -> bool:
    """More than nine letters in ten are capitals."""
    small = 0
    for word in words:
        if word.text.islower():
            small += len(word.text)
            if small * 10 >= len(text):
                return False  # already a tenth of the text, and so of its letters
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


@dataclass(frozen=True, slots=True)
class Name:
    """One written form of one table row."""

    kind: str  # country, capital, metonym, adjective, demonym, region, org, group, generic, person, surname, title ...
    key: str  # what it names: a code, a person's key, an office ...
    row: str  # the row's address
    written: tuple[str, ...]  # its words as the table writes them
    any_case: bool = False
    detail: str = ""  # of a metonym: the body's sector; of a title, noun or modifier: its kind
    plural: bool = False
    other: tuple[str, ...] = ()  # what else the words can mean; of a title: the countries it is used in
    full: str = ""  # the whole name, where its words are not all of it: Lord's Resistance Army

    @property
    def text(self) -> str:
        """The name as the table writes it."""
        return self.full or " ".join(self.written)


class Hit(NamedTuple):
    """A name found: words ``first`` to ``last`` (not included) of the passage, and the rows it may be."""

    first: int
    last: int
    names: tuple[Name, ...]
    kinds: frozenset[str]  # of the names

    @classmethod
    def of(cls, first: int, last: int, names: tuple[Name, ...]) -> Hit:
        return cls(first, last, names, frozenset([n.kind for n in names]))


class Look(NamedTuple):
    """What one look at a passage finds."""

    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    capitals: bool  # nearly all of its letters are capitals


def _none(_: int) -> Iterable[Name]:
    return ()


# Passages whose look is kept: the longest reports have some hundreds, and every stage of a report asks for the same.
_LOOKS = 1000
_KEPT = 50_000  # keys whose reading is kept: more than a thousand reports have
_SPELLINGS = 20  # of a key: small letters, capitals, with accents and without
Read = tuple[tuple[Name, ...], frozenset[str]]  # names, and their kinds


@dataclass(slots=True)
class NameIndex:
    """All names by their folded words. Filled while the tables are loaded, then only read.

    The forms of persons are many and most are never asked for: a person waits under one word that every form holds, and
    the forms are made when a text first has that word. What is found depends on the text alone, never on what was
    read before: whatever words a form has, the one it waits under is among them.
    """

    by_key: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    # First word of a name -> the second words of the longer names that begin so, and the words of the longest.
    begins: dict[str, tuple[set[str], int]] = field(default_factory=dict)
    cased: set[str] = field(default_factory=set)  # keys under which a name stands that has to be written with capitals
    waiting: dict[str, tuple[int, ...]] = field(default_factory=dict)  # word -> numbers of the persons under it
    forms: Callable[[int], Iterable[Name]] = _none  # a person's number -> all written forms
    number: dict[str, int] = field(default_factory=dict)  # key of a person whose forms were made -> its number
    looks: dict[str, Look] = field(default_factory=dict)  # passages looked at of late
    # Key -> words as a text of late wrote them, in capitals throughout or not -> the names that are written so.
    written: dict[str, dict[tuple[str | tuple[str, ...], bool], Read]] = field(default_factory=dict)

    def put(self, name: Name) -> None:
        """Add one written form."""
        written = name.written
        if not written:
            return
        folds = [fold(w) for w in written] if len(written) > 1 else [fold(written[0])]
        key = " ".join(folds)
        seconds, longest = self.begins.get(folds[0]) or (set(), 0)
        if len(folds) > 1:
            seconds.add(folds[1])
        if len(folds) > longest:
            self.begins[folds[0]] = seconds, len(folds)
        at = self.by_key.get(key)
        if at is None:
            self.by_key[key] = (name,)
        elif name not in at:
            self.by_key[key] = (*at, name)
        if not name.any_case:
            self.cased.add(key)
        self.written.pop(key, None)

    def entries(self, folded: Sequence[str]) -> tuple[Name, ...]:
        """All rows that have a name of these folded words, however they are written."""
        self.make(folded)
        return self.by_key.get(" ".join(folded), ())

    def make(self, folded: Sequence[str]) -> None:
        """Make the forms of the persons who wait under any of these words."""
        if self.waiting.keys().isdisjoint(folded):
            return
        for word in folded:
            if word in self.waiting:
                for n in self.waiting[word]:
                    for name in self.forms(n):
                        self.number[name.key] = n
                        self.put(name)
                        key = " ".join(map(fold, name.written))
                        if len(self.by_key[key]) > 1:  # in the order of the table, whoever was asked for first
                            self.by_key[key] = tuple(sorted(self.by_key[key], key=self._order))
                self.waiting.pop(word, None)

    def _order(self, name: Name) -> int:
        return self.number[name.key] if name.kind in ("person", "surname") else -1

    def look(self, text: str) -> Look:
        """The words of a passage and the names among them: looked up once, however many stages ask."""
        found = self.looks.get(text)
        if found is None:
            words = words_of(text)
            capitals = in_capitals(text, words)
            if len(self.looks) >= _LOOKS:
                self.looks.clear()
            found = self.looks[text] = Look(tuple(words), tuple(self.find(words, capitals)), capitals)
        return found

    def find(self, words: Sequence[Word], capitals: bool) -> list[Hit]:
        """Names in a passage, leftmost and longest first, none overlapping. capitals: all of it is in capitals."""
        folds = [w.fold for w in words]
        self.make(folds)
        out: list[Hit] = []
        end, last = 0, len(words) - 1
        begins, by_key = self.begins, self.by_key
        for i, key in enumerate(folds):
            if key not in begins or i < end:
                continue
            seconds, longest = begins[key]
            hit = None
            if i < last and folds[i + 1] in seconds and words[i + 1].glued:
                hit = self._longer(words, folds, i, longest, capitals)
            if hit is None and key in by_key:
                names, kinds = self._written(key, words, i, 1, capitals)
                hit = Hit(i, i + 1, names, kinds) if names else None
            if hit is not None:
                out.append(hit)
                end = hit.last
        return out

    def _written(self, key: str, words: Sequence[Word], i: int, n: int, capitals: bool) -> Read:
        """The names under a key that are written as the ``n`` words from ``i`` on are."""
        spelt = words[i].text if n == 1 else tuple([w.text for w in words[i : i + n]])
        known = self.written.get(key)
        if known is None or len(known) >= _SPELLINGS:
            if len(self.written) >= _KEPT:
                self.written.clear()
            known = self.written[key] = {}
        read = known.get((spelt, capitals))
        if read is None:
            names = self.by_key.get(key, ())
            if key in self.cased:
                names = tuple(x for x in names if _written_so(x, words, i, capitals))
            read = known[spelt, capitals] = names, frozenset([x.kind for x in names])
        return read

    def _longer(self, words: Sequence[Word], folds: Sequence[str], i: int, longest: int, capitals: bool) -> Hit | None:
        """The longest name of two words or more that begins at word ``i``."""
        reach = 2
        while reach < longest and i + reach < len(words) and words[i + reach].glued:
            reach += 1
        for n in range(reach, 1, -1):
            if n == 2 and folds[i] == "the" and self._begins_noun(words, i + n):
                continue  # "the Australian government" is no newspaper's
            key = " ".join(folds[i : i + n])
            if key in self.by_key:
                names, kinds = self._written(key, words, i, n, capitals)
                if names:
                    return Hit(i, i + n, names, kinds)
        return None

    def _begins_noun(self, words: Sequence[Word], i: int) -> bool:
        """A common noun or a title in small letters stands there."""
        if i >= len(words) or not words[i].glued or not words[i].text.islower():
            return False
        return any(n.kind in ("noun", "title") for n in self.by_key.get(words[i].fold, ()))


# Acronyms with small letters inside (LeT, JeM, HuM, AfD) are that long at most.
_SHORT = 4


def _written_so(name: Name, words: Sequence[Word], i: int, capitals: bool) -> bool:
    """Names are written with capitals, and acronyms with nothing else: "US" is not "us", "Turkey" not "turkey"."""
    if name.any_case:
        return True
    for n, written in enumerate(name.written):
        text = words[i + n].text
        if written[0].isupper() and not text[0].isupper() and words[i + n].fold not in PARTICLES:
            return False
        if len(written) > 1 and written.isupper() and not text.isupper():
            return False
        if len(written) <= _SHORT and text != written and not written[1:].islower() and not written[1:].isupper():
            return len(written) == 1 or (text.isupper() and not capitals)  # "LeT" is not "Let"
        shouted = not capitals and len(text) > 3 and text.isupper() and not written.isupper()
        if shouted and name.kind not in ("country", "capital", "person", "surname"):
            return False
    return True
