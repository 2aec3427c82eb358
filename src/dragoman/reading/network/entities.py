"""Entities, as spaCy's transition-based recogniser finds them.

It goes from word to word: opens an entity (B), goes on with it (I), ends it (L), takes the word alone (U) or none (O).
Outside an entity the choice hangs on the word alone, so it is made for all words at once; only inside one does it hang
on where that began, and those few are walked through side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dragoman.reading.network.encoder import affine, by_piece
from dragoman.reading.network.graph import Graph

Array = Any

Entities = list[tuple[int, int, str]]  # (first token, past the last one, label)


@dataclass(frozen=True)
class EntityHead:
    """The recogniser's weights.

    reduce: (64, width) and its bias, from vectors to what the features take. features: (3, hidden, pieces, 64): of the
    word, of the first word of the open entity, of the word before. missing: (3, hidden, pieces), where there is none.
    bias: (hidden, pieces). scores: (moves, hidden) and their bias. moves: "B-ORG", "I-ORG" ... "U-", "O", in order.
    """

    reduce: tuple[Array, Array]
    features: Array
    missing: Array
    bias: Array
    scores: tuple[Array, Array]
    moves: tuple[str, ...]

    def nodes(self) -> Callable[[Graph, str], None]:
        """The head: "scores" of all moves for each word outside an entity, and "features", two parts a feature."""

        def add(graph: Graph, vectors: str) -> None:
            low = affine(graph, vectors, self.reduce[0].T, self.reduce[1])
            count, hidden, pieces, _ = self.features.shape
            columns = np.concatenate([by_piece(f, self.bias)[0] for f in self.features], axis=1)
            features = graph.node("MatMul", low, graph.weight(columns))
            graph.output(features, "features", count * hidden * pieces)
            size = hidden * pieces
            zero, one, end = (graph.weight(np.array([i])) for i in (0, 1, size))
            total = graph.node("Slice", features, zero, end, one)
            for row in (self.missing[1].T, self.missing[2].T, self.bias.T):
                total = graph.node("Add", total, graph.weight(row.reshape(-1)))
            best = graph.node("Max", *graph.split(total, pieces))
            graph.output(affine(graph, best, self.scores[0].T, self.scores[1]), "scores", len(self.moves))

        return add

    def entities(self, found: dict[str, Array], lengths: Sequence[int], starts: Array, spaces: Array) -> list[Entities]:
        """The entities of each passage.

        found: what the head said of all words of the passages, one after the other. starts, spaces: for each word,
        whether it begins a sentence, and whether it is blank.
        """
        total = int(sum(lengths))
        ends = np.cumsum(lengths)
        last = np.ones(total + 1, dtype=bool)  # nothing goes on behind this word: its passage or its sentence ends
        last[:total] = False
        last[ends[ends > 0] - 1] = True
        last[: total - 1] |= starts[1:]
        last = last[:total]
        groups = {kind: [i for i, m in enumerate(self.moves) if m[:1] == kind] for kind in "BILUO"}
        labels = [m[2:] for m in self.moves]
        inside = {labels[i]: i for i in groups["I"]}
        closing = {labels[i]: i for i in groups["L"]}
        scores = found["scores"].copy()
        blocked = [i for i, m in enumerate(self.moves) if m == "U-"]  # only for entities that were set beforehand
        scores[:, groups["I"] + groups["L"] + blocked] = -np.inf
        scores[np.ix_(spaces, np.array(groups["B"] + groups["U"]))] = -np.inf
        scores[np.ix_(last, np.array(groups["B"]))] = -np.inf
        choice = scores.argmax(axis=1)
        opens = np.flatnonzero(np.isin(choice, groups["B"]))
        closed = dict.fromkeys(opens.tolist(), 0)
        if len(opens):
            inner = np.array([inside[labels[c]] for c in choice[opens].tolist()])
            outer = np.array([closing[labels[c]] for c in choice[opens].tolist()])
            for begin, end in self._walk(found["features"], opens, inner, outer, last):
                closed[begin] = end
        out: list[Entities] = []
        single = frozenset(groups["U"])
        some = np.flatnonzero(choice != groups["O"][0]).tolist()
        picked = iter([*some, total])
        at = next(picked)
        for end, length in zip(ends.tolist(), lengths, strict=True):
            begin, mine = end - length, []
            past = begin
            while at < end:
                move = int(choice[at])
                if at >= past:
                    past = at + 1 if move in single else closed[at] + 1
                    mine.append((at - begin, past - begin, labels[move]))
                at = next(picked)
            out.append(mine)
        return out

    def _walk(self, features: Array, opens: Array, inner: Array, outer: Array, last: Array) -> list[tuple[int, int]]:
        """For each word that opens an entity, the word that ends it."""
        _, hidden, pieces, _ = self.features.shape
        size = hidden * pieces
        weights, bias = self.scores
        flat = self.bias.T.reshape(-1)
        out: list[tuple[int, int]] = []
        begin, here = opens, opens + 1
        while len(begin):
            total = features[here, :size] + features[begin, size : 2 * size] + features[here - 1, 2 * size :] + flat
            best = total.reshape(-1, pieces, hidden).max(axis=1)
            goes_on = (best * weights[inner]).sum(axis=1) + bias[inner]
            ends = (best * weights[outer]).sum(axis=1) + bias[outer]
            on = (goes_on >= ends) & ~last[here]
            out += zip(begin[~on].tolist(), here[~on].tolist(), strict=True)
            begin, here, inner, outer = begin[on], here[on] + 1, inner[on], outer[on]
        return out
