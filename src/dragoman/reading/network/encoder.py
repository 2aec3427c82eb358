"""Words to vectors: spaCy's MaxoutWindowEncoder over hashed embeddings, each kind of word embedded once.

A row of a matrix product comes out the same to the last bit whatever rows stand beside it, which
tests/reading/test_network.py holds ONNX Runtime to; so a passage's parse does not depend on what is parsed with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime as ort

from dragoman.reading.network.graph import INT64, Graph

Array = Any  # a numpy array; its type says nothing of what matters here, its shape

# Rows that go through the network at once: few enough that a layer's numbers stay in the processor's cache. With 256 a
# word took 5.7 µs here, with 512, 1024, 2048 and 4096 it took 6.2, 6.5, 7.0 and 8.2.
ROWS = 256
# Kinds of words whose embeddings are kept; beyond, all are forgotten and made again. A kind takes 0.8 kB.
KINDS = 50_000
EPSILON = 1e-8  # of spaCy's layer normalisation


@dataclass(frozen=True)
class Layer:
    """One layer: a window of three words through maxout and layer normalisation, added to what was there.

    weights: (out, pieces, in); bias: (out, pieces); scale, shift: of the normalisation.
    """

    weights: Array
    bias: Array
    scale: Array
    shift: Array


class Encoder:
    """One network over words, with the heads that read its vectors.

    embed: rows of features (whole numbers) to rows of numbers. layers: in their order. heads: adds nodes and outputs
    to the graph, given the name of the vectors.
    """

    def __init__(
        self, embed: Callable[[Array], Array], width: int, layers: Sequence[Layer], heads: Callable[[Graph, str], None]
    ) -> None:
        graph = Graph()
        vectors = graph.input("rows", width)
        for layer in layers:
            vectors = _layer(graph, vectors, layer, width)
        heads(graph, vectors)
        self._session = session(graph.model())
        self._embed = embed
        self._width = width
        self._gap = len(layers)  # rows of zeros around each passage, so that none sees its neighbour
        self._table = np.zeros((1, width), dtype=np.float32)  # its first row is that of the gap
        self._known: dict[bytes, int] = {}

    def run(self, passages: Sequence[Array]) -> dict[str, Array]:
        """What the heads say of each word of the passages, one after the other.

        passages: of each the features of its words, a row a word.
        """
        numbers = self._numbers(np.concatenate(passages))
        lengths = [len(p) for p in passages]
        names = [o.name for o in self._session.get_outputs()]
        found: dict[str, list[Array]] = {n: [] for n in names}
        first = at = 0
        while first < len(lengths):
            last, size = first, self._gap
            places = []
            while last < len(lengths) and (last == first or size + lengths[last] + self._gap <= ROWS):
                places.append(np.arange(size, size + lengths[last]))
                size += lengths[last] + self._gap
                last += 1
            words = np.concatenate(places)
            rows = np.zeros(size, dtype=np.int64)
            rows[words] = numbers[at : at + len(words)]
            for name, out in zip(names, self._session.run(None, {"rows": self._table[rows]}), strict=True):
                found[name].append(out[words])
            first, at = last, at + len(words)
        return {name: np.concatenate(outs) for name, outs in found.items()}

    def _numbers(self, features: Array) -> Array:
        """For each word the row of the table that embeds it; new ones are embedded."""
        keys = np.ascontiguousarray(features).view(f"V{features.shape[1] * features.itemsize}").ravel().tolist()
        known = self._known
        new = [k for k in dict.fromkeys(keys) if k not in known]
        if len(known) + len(new) > KINDS:
            known.clear()
            new = list(dict.fromkeys(keys))
        if new:
            at = {k: i for i, k in reversed(list(enumerate(keys)))}
            rows = self._embed(features[[at[k] for k in new]])
            start = len(known) + 1
            if start + len(new) > len(self._table):
                table = np.zeros((min(2 * (start + len(new)), max(KINDS, len(new)) + 1), self._width), np.float32)
                table[:start] = self._table[:start]
                self._table = table
            self._table[start : start + len(new)] = rows
            known.update(zip(new, range(start, start + len(new)), strict=True))
        return np.array([known[k] for k in keys], dtype=np.int64)


def session(model: bytes) -> ort.InferenceSession:
    """A session of one thread: readers run side by side, and sums keep their order."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _layer(graph: Graph, vectors: str, layer: Layer, width: int) -> str:
    pieces = layer.weights.shape[1]
    none = graph.weight(np.zeros((1, width)))
    zero, one, end = (graph.weight(np.array([i])) for i in (0, 1, np.iinfo(np.int64).max))
    minus = graph.weight(np.array([-1]))
    before = graph.node("Concat", none, graph.node("Slice", vectors, zero, minus, zero), axis=0)
    after = graph.node("Concat", graph.node("Slice", vectors, one, end, zero), none, axis=0)
    window = graph.node("Concat", before, vectors, after, axis=1)
    best = graph.node("Max", *graph.split(affine(graph, window, *by_piece(layer.weights, layer.bias)), pieces))
    normal = graph.node(
        "LayerNormalization", best, graph.weight(layer.scale), graph.weight(layer.shift), axis=-1, epsilon=EPSILON
    )
    return graph.node("Add", vectors, normal)


def by_piece(weights: Array, bias: Array) -> tuple[Array, Array]:
    """Weights (out, pieces, in) as columns (in, pieces * out), all outputs of a piece side by side; so the bias."""
    columns = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T
    return columns, bias.T.reshape(-1)


def affine(graph: Graph, rows: str, columns: Array, bias: Array) -> str:
    """``rows`` times ``columns`` plus ``bias``."""
    return graph.node("Add", graph.node("MatMul", rows, graph.weight(columns)), graph.weight(bias))


def tag_head(tags: tuple[Array, Array], reduce: tuple[Array, Array]) -> Callable[[Graph, str], None]:
    """A head that gives the likeliest of so many tags ("tags"), and what the parser takes of a vector ("reduced").

    tags, reduce: weights (out, width) and bias.
    """

    def add(graph: Graph, vectors: str) -> None:
        graph.output(affine(graph, vectors, reduce[0].T, reduce[1]), "reduced", len(reduce[0]))
        scores = affine(graph, vectors, tags[0].T, tags[1])
        graph.output(graph.node("ArgMax", scores, axis=1, keepdims=0), "tags", None, INT64)

    return add
