"""Every written form of a person's name: which names may be left out, which letters are written in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.knowledge.names import PARTICLES, WORD, fold

_NUMERAL = re.compile(r"[IVX]+|[1-9]\w*")  # a monarch's
# Endings of Slavic surnames that are written in several ways; a form in one way is entered in all.
_ENDINGS = ("skyy", "skyi", "skiy", "skij", "skii", "sky", "ski")


def respelled(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Other spellings of a name's last word: Zelensky, Zelenskyy, Zelenskiy."""
    last = words[-1]
    for ending in _ENDINGS:
        if last.endswith(ending) and len(last) > len(ending) + 2:
            return [(*words[:-1], last[: -len(ending)] + e) for e in _ENDINGS if e != ending]
    return []


def words_in_all_forms(name: str, surname: str) -> set[str]:
    """Folded words of which every form of a person's name has at least one: the last word of the surname, mostly."""
    words, last = WORD.findall(name), WORD.findall(surname)
    if not last:
        return {fold(words[0])} if len(words) > 1 and _NUMERAL.fullmatch(words[-1]) else set(map(fold, words))
    out = {fold(last[-1])}
    if len(words) > 1 and _NUMERAL.fullmatch(words[-1]):
        return {fold(words[0])}
    if out.isdisjoint(map(fold, words)):
        out.update(map(fold, words[-1:]))
    for word in (last[-1], *words[-1:]):
        out.update(fold(respelt[0]) for respelt in respelled((word,)))
    return out


def person_forms(name: str, surname: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The full forms and the short forms of a person's name.

    Full: given names in order, any left out but one, before the surname; with or without what follows it. Short: the
    surname, also without its particle ("al-Assad": "Assad"); a monarch's name without its numeral.
    """
    words = tuple(WORD.findall(name))
    if len(words) > 1 and _NUMERAL.fullmatch(words[-1]):  # a monarch: "Charles III", and "King Charles"
        return [words], [words[:-1]]
    last = tuple(WORD.findall(surname))
    full: list[tuple[str, ...]] = [words] if len(words) > 1 else []
    short: list[tuple[str, ...]] = [last] if last else []
    folds, target = [fold(w) for w in words], [fold(w) for w in last]
    at = next((i for i in range(len(words) - len(last), -1, -1) if target and folds[i : i + len(last)] == target), None)
    if at is None:
        return full, short
    lead = at
    while lead > 0 and folds[lead - 1] in PARTICLES:
        lead -= 1
    particle, before, after = words[lead:at], words[:lead], words[at + len(last) :]
    if not before and not after and all(f in PARTICLES for f in folds[:-1]):
        full = []  # "al-Sheikh" as an alias is a surname, and no more
        short.append(words)
    if particle:
        short.append(particle + last)
    else:
        while len(last) > 1 and fold(last[0]) in PARTICLES:
            last = last[1:]
            short.append(last)
        last = words[at : at + len(target)]
    if before:
        for some in _some_of(before):
            full.append(some + particle + last)
            if particle:
                full.append(some + last)
            if after:
                full.append(some + particle + last + after)
    return list(dict.fromkeys(full)), list(dict.fromkeys(short))


def _some_of(given: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Given names with some left out, at least one kept, in order; more than four are taken as they stand or singly."""
    if len(given) > 4:
        yield given
        yield from ((g,) for g in given if len(g) > 1)
        return
    for mask in range(1, 1 << len(given)):
        some = tuple(g for i, g in enumerate(given) if mask >> i & 1)
        letters = sum(_is_initial(g) for g in some)
        # Initials go together or not at all: "George W. Bush" is not George H. W. Bush.
        if letters < len(some) and letters in (0, sum(map(_is_initial, given))):
            yield some


def _is_initial(word: str) -> bool:
    return len(word.replace(".", "")) == 1 or "." in word
