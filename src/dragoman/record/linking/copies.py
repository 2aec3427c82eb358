"""Independent sources: a wire's text in another paper, or spun by a machine, is no second source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.record.likeness import Sketch, aligned, likeness

# Set on tests/cases/linking/developed.yaml. A wire that was cut, or had a line added, keeps most of the shorter text's
# runs of three words.
SHARED = 0.5
# Reports of one or two sentences say the same in nearly the same words without one being a copy.
SHORT = 20
SHARED_OF_SHORT = 0.8
# One whose words were swapped keeps the names and numbers of each sentence, and some words. Reports of fewer sentences
# with names, or fewer names, have them in common because they tell the same.
SENTENCES = 3
FIXED = 6
SPUN = 0.55
SPUN_STEMS = 0.25


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two reports are as texts. within: the share of the smaller one's stems that the other has."""

    within: float
    copy: bool  # they are one text, cut, edited or spun


class Sketches:
    """Sketches by report, and how alike they are: each pair is compared once."""

    def __init__(self, held: Mapping[str, Sketch]) -> None:
        self.held = dict(held)
        self._alike: dict[tuple[str, str], Alike] = {}

    def alike(self, one: str, other: str) -> Alike:
        """How alike two reports are."""
        pair = (one, other) if one < other else (other, one)
        found = self._alike.get(pair)
        if found is None:
            found = self._alike[pair] = alike(self.held[one], self.held[other])
        return found

    def copies(self, reports: Iterable[str]) -> dict[str, str]:
        """Report -> the least of these reports that it is one text with, itself where it is a source of its own."""
        ordered = sorted(reports)
        root = {report: report for report in ordered}
        for a, b in combinations(ordered, 2):
            if root[a] != root[b] and self.alike(a, b).copy:
                low, high = sorted((root[a], root[b]))
                root = {report: low if at == high else at for report, at in root.items()}
        return root


def alike(one: Sketch, other: Sketch) -> Alike:
    """How alike two reports are as texts."""
    words = likeness(one.stems, other.stems)
    return Alike(words.within, _is_copy(one, other, words.shared))


def _is_copy(one: Sketch, other: Sketch, shared_stems: float) -> bool:
    runs = likeness(one.shingles, other.shingles)
    short = min(len(one.shingles), len(other.shingles)) < SHORT
    if runs.within >= (SHARED_OF_SHORT if short else SHARED):
        return True
    if shared_stems < SPUN_STEMS:
        return False
    if any(len(s.sentences) < SENTENCES or sum(len(t.fixed) for t in s.sentences) < FIXED for s in (one, other)):
        return False
    return aligned(one.sentences, other.sentences) >= SPUN


def independent(copy_of: Sequence[str]) -> int:
    """How many sources there are, copies counted once."""
    return len(set(copy_of))
