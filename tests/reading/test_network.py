"""What the quick parse stands on: a row's sums do not change with its neighbours; the ONNX bytes say what is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from dragoman.reading.network.encoder import Encoder, Layer, affine, session
from dragoman.reading.network.graph import Graph
from dragoman.reading.network.words import Lemmas, Words, rule_of

# Of the matrix products of the parser's networks.
WIDTHS = [(288, 288), (96, 64), (64, 384), (64, 74), (96, 50), (520, 128), (64, 106)]


@pytest.mark.parametrize(("rows", "columns"), WIDTHS)
def test_a_row_comes_out_the_same_beside_any_others(rows: int, columns: int) -> None:
    random = np.random.default_rng(rows + columns)
    graph = Graph()
    weights, bias = random.normal(size=(rows, columns)), random.normal(size=columns)
    graph.output(affine(graph, graph.input("rows", rows), weights, bias), "out", columns)
    run = session(graph.model()).run
    given = random.normal(size=(400, rows)).astype(np.float32)
    whole = run(None, {"rows": given})[0]
    for start, end in [(0, 1), (0, 2), (1, 3), (5, 12), (7, 20), (100, 399), (3, 400), (399, 400)]:
        assert np.array_equal(run(None, {"rows": given[start:end]})[0], whole[start:end])


def encoder(random: np.random.Generator, width: int = 8, depth: int = 2) -> tuple[Encoder, list[Layer]]:
    layers = [
        Layer(*(random.normal(size=s).astype(np.float32) for s in ((width, 3, 3 * width), (width, 3), width, width)))
        for _ in range(depth)
    ]
    table = random.normal(size=(50, width)).astype(np.float32)

    def vectors(graph: Graph, inner: str) -> None:
        graph.output(inner, "vectors", width)

    return Encoder(lambda features: table[features[:, 0].astype(int)], width, layers, vectors), layers


def by_hand(rows: Any, layers: list[Layer]) -> Any:
    """What the layers make of one passage, in double precision, with two rows of zeros before and behind it."""
    around = np.zeros((len(layers), rows.shape[1]))
    x = np.concatenate([around, rows, around]).astype(float)
    for layer in layers:
        none = np.zeros((1, x.shape[1]))
        window = np.concatenate([np.concatenate([none, x[:-1]]), x, np.concatenate([x[1:], none])], axis=1)
        best = (np.einsum("ni,opi->nop", window, layer.weights) + layer.bias).max(axis=2)
        normal = (best - best.mean(axis=1, keepdims=True)) / np.sqrt(best.var(axis=1, keepdims=True) + 1e-8)
        x = x + normal * layer.scale + layer.shift
    return x[len(layers) : -len(layers)]


def test_the_encoder_sums_what_its_layers_say() -> None:
    random = np.random.default_rng(1)
    made, layers = encoder(random)
    table = made._embed(np.arange(50).reshape(-1, 1))
    lengths = [3, 1, 30, 7]
    features = [random.integers(0, 50, size=(n, 1)).astype(np.uint64) for n in lengths]
    out = np.split(made.run(features)["vectors"], np.cumsum(lengths)[:-1])
    for one, vectors in zip(features, out, strict=True):
        assert np.allclose(vectors, by_hand(table[one[:, 0].astype(int)], layers), atol=1e-4)
        assert np.array_equal(vectors, made.run([one])["vectors"])


def test_passages_beyond_one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(2)
    made, _ = encoder(random)
    features = [random.integers(0, 50, size=(n, 1)).astype(np.uint64) for n in (3, 9, 40, 2, 2)]
    whole = made.run(features)["vectors"]
    monkeypatch.setattr("dragoman.reading.network.encoder.ROWS", 20)
    assert np.array_equal(made.run(features)["vectors"], whole)


LEMMAS = Lemmas(
    {"verb": frozenset({"stage", "go"}), "noun": frozenset({"wolf", "city"})},
    {"verb": {"went": ["go"]}},
    {"verb": [("ed", ""), ("ed", "e"), ("s", "")], "noun": [("ves", "f"), ("ies", "y"), ("s", "")]},
)


@pytest.mark.parametrize(
    ("text", "pos", "morph", "lemma"),
    [
        ("staged", "VERB", {}, "stage"),
        ("Went", "VERB", {}, "go"),
        ("blorped", "VERB", {}, "blorp"),
        ("Cities", "NOUN", {"Number": "Plur"}, "city"),
        ("News", "NOUN", {"Number": "Sing"}, "news"),
        ("Peru", "PROPN", {"Number": "Sing"}, "Peru"),
        ("THE", "DET", {}, "the"),
        ("Qux", "VERB", {}, "Qux"),
        ("go", "VERB", {"VerbForm": "Fin", "Tense": "Pres"}, "go"),
    ],
)
def test_lemmas(text: str, pos: str, morph: Mapping[str, str], lemma: str) -> None:
    assert LEMMAS.of(text, pos, morph) == lemma


def test_rules_over_one_and_two_words() -> None:
    letters = ["gon", "na", "run", "Na"]
    rules = [
        rule_of(0, [{"TAG": "VB"}], 0, {"POS": "VERB"}),
        rule_of(1, [{"LOWER": "na", "TAG": {"NOT_IN": ["UH"]}}], 0, {"POS": "PART", "LEMMA": "na"}),
        rule_of(2, [{"LOWER": "gon"}, {"LOWER": {"REGEX": "^na$"}}], 1, {"LEMMA": "to"}),
    ]
    words = Words(rules, LEMMAS, lambda n: (letters[n], (False, False, False)))
    for _ in range(2):  # as it is made, and as it is kept
        pair = words.of([0, 1], ["VB", "TO"], ["aux", "aux"])
        assert [(w.pos, w.lemma) for w in pair] == [("VERB", "gon"), ("PART", "to")]
        assert [(w.pos, w.lemma) for w in words.of([2, 1], ["VB", "TO"], ["aux", "aux"])][1] == ("PART", "na")
        assert words.of([3], ["UH"], ["intj"])[0].pos == ""


@pytest.mark.parametrize(
    ("conditions", "labels"),
    [([{"ORTH": "x"}], {"POS": "X"}), ([{"TAG": {"FUZZY": "x"}}], {"POS": "X"}), ([{"TAG": "x"}], {"SHAPE": "X"})],
)
def test_rules_that_are_not_understood_are_refused(conditions: list[dict[str, Any]], labels: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"x|X"):
        rule_of(0, conditions, 0, labels)
