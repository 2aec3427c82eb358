"""Judged pairs -> story events. The same pairs give the same stories, in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.record.linking.pairs import SAME

# Two groups of events become one story when the pairs across them are alike on the average; a chain of likenesses, each
# with the next alone, is no story. Set on tests/cases/linking/developed.yaml.
ACROSS = 0.35


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two events, the lesser id first, and how likely they are one deed."""

    a: str
    b: str
    score: float


def stories(
    events: Iterable[str], pairs: Iterable[Pair], judged: Mapping[tuple[str, str], bool], reports: Mapping[str, str]
) -> dict[str, str]:
    """Event -> its story, which is called by its least event.

    judged: pairs that somebody ruled on; the ruling wins over every score. reports: event -> its report; two events of
    one report are two deeds.
    """
    groups = {event: [event] for event in sorted(set(events))}
    at = {event: event for event in groups}
    scores = {(p.a, p.b): p.score for p in pairs}
    apart = {pair for pair, same in judged.items() if not same}
    order = [*sorted(pair for pair, same in judged.items() if same)]
    order += sorted((p for p in scores if scores[p] >= SAME and p not in judged), key=lambda p: (-scores[p], p))
    for pair in order:
        if pair[0] not in at or pair[1] not in at or at[pair[0]] == at[pair[1]]:
            continue
        one, other = groups[at[pair[0]]], groups[at[pair[1]]]
        if judged.get(pair) or _joins(one, other, scores, apart, reports):
            low, high = sorted((at[pair[0]], at[pair[1]]))
            for event in groups[high]:
                at[event] = low
            groups[low] = sorted(groups[low] + groups.pop(high))
    return at


def _joins(
    one: Sequence[str], other: Sequence[str], scores: Mapping[tuple[str, str], float], apart: set[tuple[str, str]],
    reports: Mapping[str, str],
) -> bool:  # fmt: skip
    total = 0.0
    for a in one:
        for b in other:
            pair = (a, b) if a < b else (b, a)
            if pair in apart or reports[a] == reports[b]:
                return False
            total += scores.get(pair, 0.0)
    return total / (len(one) * len(other)) >= ACROSS
