"""Part of speech and lemma of a word, by its letters, tag and relation: spaCy's rules, each kind of word asked once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.reading.tokens import Word

# Kinds of words (letters, tag, relation) that are kept; beyond, all are forgotten and made again.
KINDS = 100_000

Key = tuple[int, str, str]  # number of the letters, tag, relation
Flags = tuple[bool, bool, bool]  # punctuation, blank, quotation mark


@dataclass(frozen=True)
class Rule:
    """Labels for the token at ``index`` of one or two that stand side by side and meet these conditions."""

    number: int
    conditions: tuple[Mapping[str, Any], ...]
    index: int
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Lemmas:
    """Tables of lemmas by part of speech: known lemmas, exceptions, and endings with what stands for them."""

    index: Mapping[str, frozenset[str]]
    exceptions: Mapping[str, Mapping[str, Sequence[str]]]
    rules: Mapping[str, Sequence[tuple[str, str]]]

    def of(self, text: str, pos: str, morph: Mapping[str, str]) -> str:
        """The likeliest lemma, as spaCy's rule lemmatizer for English has it."""
        pos = pos.lower()
        if pos in ("", "eol", "space") or base_form(pos, morph):
            return text.lower()
        index, exceptions, rules = self.index.get(pos), self.exceptions.get(pos), self.rules.get(pos)
        if not (index or exceptions or rules):
            return text if pos == "propn" else text.lower()
        low = text.lower()
        forms: list[str] = []
        strange: list[str] = []
        for old, new in rules or ():
            if low.endswith(old):
                form = low[: len(low) - len(old)] + new
                if form and index and form in index:
                    forms.insert(0, form)
                elif form and not form.isalpha():
                    forms.append(form)
                elif form:
                    strange.append(form)
        forms = list(dict.fromkeys(forms))
        for form in (exceptions or {}).get(low, ()):
            if form not in forms:
                forms.insert(0, form)
        return (forms or strange or [text])[0]


def base_form(pos: str, morph: Mapping[str, str]) -> bool:
    """Whether a word is not inflected, by its features."""
    form = morph.get("VerbForm")
    finite = form == "Fin" and morph.get("Tense") == "Pres" and morph.get("Number") is None
    return (
        (pos == "noun" and morph.get("Number") == "Sing")
        or (pos == "verb" and finite)
        or form in ("Inf", "None")
        or morph.get("Degree") == "Pos"
    )


def rule_of(number: int, conditions: Sequence[Mapping[str, Any]], index: int, labels: Mapping[str, str]) -> Rule:
    """A rule of the attribute ruler. Raises ValueError for what is not understood here."""
    for condition in conditions:
        for name, wanted in condition.items():
            known = isinstance(wanted, str | bool) or (
                isinstance(wanted, dict) and set(wanted) <= {"IN", "NOT_IN", "REGEX"}
            )
            if name not in ("TAG", "LOWER", "DEP", "IS_SPACE") or not known:
                raise ValueError(f"{name}: {wanted!r}")
    if len(conditions) > 2 or not set(labels) <= {"TAG", "POS", "MORPH", "LEMMA", "DEP"} or index not in (0, 1):
        raise ValueError(f"{conditions!r} -> {labels!r}")
    return Rule(number, tuple(conditions), index, dict(labels))


class Words:
    """Words with their labels, made when they are first met and kept."""

    def __init__(self, rules: Sequence[Rule], lemmas: Lemmas, letters: Callable[[int], tuple[str, Flags]]) -> None:
        """letters: the text behind a number, and what it is."""
        self._single = [r for r in rules if len(r.conditions) == 1]
        self._double = [r for r in rules if len(r.conditions) == 2]
        self._lemmas = lemmas
        self._letters = letters
        self._known: dict[Key, Word] = {}
        self._first: set[Key] = set()  # those that may be the first of two

    def of(self, numbers: Sequence[int], tags: Sequence[str], deps: Sequence[str]) -> list[Word]:
        """The words of one passage."""
        keys = list(zip(numbers, tags, deps, strict=True))
        known = self._known
        if len(known) > KINDS:
            known.clear()
            self._first.clear()
        for key in keys:
            if key not in known:
                known[key] = self._made(key, ())
                if any(meets(r.conditions[0], known[key].lower, *key[1:], known[key].is_space) for r in self._double):
                    self._first.add(key)
        words = [known[k] for k in keys]
        if not self._first.isdisjoint(keys):
            self._pairs(keys, words)
        return words

    def _pairs(self, keys: list[Key], words: list[Word]) -> None:
        """Mend words that a rule over two labels."""
        more: dict[int, list[Rule]] = {}
        for i in range(len(keys) - 1):
            if keys[i] in self._first:
                for rule in self._double:
                    sides = zip(rule.conditions, (i, i + 1), strict=True)
                    if all(meets(c, words[j].lower, *keys[j][1:], words[j].is_space) for c, j in sides):
                        more.setdefault(i + rule.index, []).append(rule)
        for i, rules in more.items():
            words[i] = self._made(keys[i], rules)

    def _made(self, key: Key, more: Sequence[Rule]) -> Word:
        text, flags = self._letters(key[0])
        low = text.lower()
        labels = {"TAG": key[1], "DEP": key[2]}
        rules = [r for r in self._single if meets(r.conditions[0], low, key[1], key[2], flags[1])]
        for rule in sorted((*rules, *more), key=lambda r: r.number):
            labels.update(rule.labels)
        pos = labels.get("POS", "")
        morph = dict(f.split("=") for f in labels.get("MORPH", "").split("|") if "=" in f)
        lemma = labels.get("LEMMA") or self._lemmas.of(text, pos, morph)
        return Word(text, low, labels["TAG"], pos, labels["DEP"], lemma, *flags)


def meets(condition: Mapping[str, Any], lower: str, tag: str, dep: str, space: bool) -> bool:
    """Whether a token meets every demand."""
    has: dict[str, str | bool] = {"TAG": tag, "LOWER": lower, "DEP": dep, "IS_SPACE": space}
    for name, wanted in condition.items():
        value = has[name]
        if isinstance(wanted, dict):
            if "IN" in wanted and value not in wanted["IN"]:
                return False
            if "NOT_IN" in wanted and value in wanted["NOT_IN"]:
                return False
            if "REGEX" in wanted and re.search(wanted["REGEX"], str(value)) is None:
                return False
        elif value != wanted:
            return False
    return True
