"""Syntax, as spaCy's arc-eager parser finds it: spaCy's own states and moves, scored here for many passages at once.

spaCy scores a step of all passages in one go, too, but adds up the parts of each state one by one; here a step is one
product of matrices. A passage that has come to its end makes room for the next, so that steps stay wide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from dragoman.reading.network.encoder import affine, by_piece, session
from dragoman.reading.network.graph import Graph

Array = Any

# Passages that take their steps side by side. On our own reports a word took 4.3, 4.0, 4.1 and 3.9 µs with 32, 64, 128
# and 256 where 190 passages were at hand, and 4.1, 3.8, 3.6 and 3.4 where 600 were.
WIDE = 128


class Transitions:
    """The scores of a parser's moves, and walking through passages with them."""

    def __init__(
        self, features: Array, missing: Array, bias: Array, scores: tuple[Array, Array],
        around: Callable[[list[Any]], Array], move: Callable[[list[Any], Array], list[Any]],
    ) -> None:  # fmt: skip
        """features: (count, hidden, pieces, width), for the words that a state shows. missing: (count, hidden, pieces),
        where it shows none. bias: (hidden, pieces). scores: (moves, hidden) and their bias.

        around: states to a row each of the words that they show, -1 for none, counted over all passages that began
        together. move: takes each state by its likeliest allowed move, and answers with those that are not at an end.
        """
        count, _, pieces, width = features.shape
        columns = [by_piece(f, bias)[0] for f in features] + [m.T.reshape(1, -1) for m in missing]
        graph = Graph()
        shown = graph.input("rows", count * width + count)
        total = affine(graph, shown, np.concatenate(columns), bias.T.reshape(-1))
        best = graph.node("Max", *graph.split(total, pieces))
        graph.output(affine(graph, best, scores[0].T, scores[1]), "scores", len(scores[0]))
        self._run = session(graph.model()).run
        self._around = around
        self._move = move

    def walk(self, states: Sequence[Any], vectors: Array) -> None:
        """Take every state to its end.

        states: as they begin, sorted by length. vectors: of the words of all of their passages, one after the other.
        """
        table = np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), vectors])
        waiting = reversed(states)  # the longest go first, so that none is left to walk alone
        active: list[Any] = []
        while True:
            active += [s for s in islice(waiting, WIDE - len(active)) if not s.is_final()]
            if not active:
                return
            places = self._around(active) + 1
            words = table.take(places, axis=0).reshape(len(active), -1)
            rows = np.concatenate([words, places == 0], axis=1, dtype=np.float32)
            active = self._move(active, self._run(None, {"rows": rows})[0])
