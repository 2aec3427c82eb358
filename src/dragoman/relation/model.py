"""The relation model: the one file that imports ONNX Runtime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from dragoman.errors import DragomanError
from dragoman.relation.marked import Ends, Row, row_of

FOLDER = Path(__file__).parent.parent / "data" / "models" / "relation"

# Rows of like length go through together, so many at a time; bounds memory, not tuned.
BATCH = 32

# What ONNX Runtime makes of an addition and a normalisation behind it takes it ten times as long as the two of them
# (1.31, AVX-512): a sentence took 2.7 ms, and takes 2.2 without.
SLOW = ["SkipLayerNormFusion"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model holds of one marked sentence.

    Attributes:
        probabilities: of each of the sixteen types and of "NONE"; they sum to 1.
        backward: probability that the marked target does it to the marked source.
        mutual: probability that both do it to each other.
        statuses: probability of each status.
        modes: probability of each mode of the likeliest type, "" where the type has none.
        contexts: those whose probability is at least one half, in the ontology's order.
    """

    probabilities: dict[str, float]
    backward: float
    mutual: float
    statuses: dict[str, float]
    modes: dict[str, float]
    contexts: tuple[str, ...]

    @property
    def type(self) -> str | None:
        """The likeliest type; None when that is NONE."""
        best = max(self.probabilities, key=self.probabilities.__getitem__)
        return None if best == "NONE" else best

    @property
    def best_type(self) -> str:
        """The likeliest of the sixteen types."""
        return max((t for t in self.probabilities if t != "NONE"), key=self.probabilities.__getitem__)

    @property
    def status(self) -> str:
        """The likeliest status."""
        return max(self.statuses, key=self.statuses.__getitem__)

    @property
    def mode(self) -> str | None:
        """The likeliest mode of the likeliest type."""
        return max(self.modes, key=self.modes.__getitem__) if self.modes else None


class RelationModel:
    """An encoder with its tokenizer and labels. The same sentences together give the same answers.

    Sentences judged together share the scale to which numbers are rounded within (int8), so that a sentence's figures
    change a little with those beside it. Ask of one sentence at a time where they must not.
    """

    def __init__(self, session: ort.InferenceSession, tokenizer: Tokenizer, labels: dict[str, list[str]]) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.labels = labels

    def judge(self, sentences: Sequence[tuple[str, Ends | None, Ends | None]]) -> list[Judgement]:
        """Judge marked sentences: ``(text, source, target)``, spans in code points; one answer each, in order.

        A side that the sentence does not name is None.
        """
        rows = [row_of(text, source, target, self._tokenizer) for text, source, target in sentences]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].tokens))
        out: dict[int, Judgement] = {}
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            for i, judgement in zip(part, self._run([rows[i] for i in part]), strict=True):
                out[i] = judgement
        return [out[i] for i in range(len(rows))]

    def _run(self, rows: list[Row]) -> list[Judgement]:
        width = max(len(r.tokens) for r in rows)
        tokens = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros_like(tokens)
        for i, row in enumerate(rows):
            tokens[i, : len(row.tokens)] = row.tokens
            mask[i, : len(row.tokens)] = 1
        fed = {
            "tokens": tokens,
            "mask": mask,
            "source": np.array([r.source for r in rows], dtype=np.int64),
            "target": np.array([r.target for r in rows], dtype=np.int64),
        }
        found = dict(zip(("type", "status", "direction", "context", "mode"), self._session.run(None, fed), strict=True))
        types, statuses, directions = (softmax(found[k]) for k in ("type", "status", "direction"))
        return [
            self._judgement(types[i], statuses[i], directions[i], found["context"][i], found["mode"][i])
            for i in range(len(rows))
        ]

    def _judgement(self, kind: Any, status: Any, direction: Any, context: Any, mode: Any) -> Judgement:
        labels = self.labels
        probabilities = {t: round(float(p), 4) for t, p in zip(labels["type"], kind, strict=True)}
        best = max((t for t in probabilities if t != "NONE"), key=probabilities.__getitem__)
        own = [i for i, m in enumerate(labels["mode"]) if m.startswith(best + ".")]
        shares = softmax(mode[own][None])[0] if own else []
        return Judgement(
            probabilities=probabilities,
            backward=round(float(direction[labels["direction"].index("backward")]), 4),
            mutual=round(float(direction[labels["direction"].index("mutual")]), 4),
            statuses={s: round(float(p), 4) for s, p in zip(labels["status"], status, strict=True)},
            modes={labels["mode"][i].partition(".")[2]: round(float(p), 4) for i, p in zip(own, shares, strict=True)},
            contexts=tuple(c for c, x in zip(labels["context"], context, strict=True) if x >= 0),
        )


def softmax(scores: Any) -> Any:
    """Scores of each row as probabilities."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def load(folder: Path = FOLDER, threads: int = 1) -> RelationModel:
    """Open the shipped model, or another one of the same form.

    Args:
        folder: holds ``model.onnx``, ``tokenizer.json`` and ``card.json`` (whose "labels" name the outputs).
        threads: of ONNX Runtime; one, so that readers can run side by side and sums keep their order.

    Raises:
        DragomanError: when a file is missing or no such model; says which.
    """
    for name in ("model.onnx", "tokenizer.json", "card.json"):
        if not (folder / name).is_file():
            raise DragomanError(
                f"The relation model lacks {folder / name}. Install dragoman anew, or name another folder."
            )
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    session = ort.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    labels = json.loads((folder / "card.json").read_text(encoding="utf-8"))["labels"]
    return RelationModel(session, tokenizer, labels)
