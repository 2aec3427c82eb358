"""A network as the bytes of an ONNX model, without the library of that name: the few messages of its format we need.

Field numbers are those of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

FLOAT, INT64 = 1, 7  # TensorProto.DataType
OPSET, FORMAT = 17, 8  # of LayerNormalization; version of the file format


class Graph:
    """Nodes and weights, added one after the other; each addition answers with the name of its output."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._weights: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []
        self._count = 0

    def input(self, name: str, width: int) -> str:
        """An input of rows of ``width`` floats, as many as there are."""
        self._inputs.append(_value(name, FLOAT, ("rows", width)))
        return name

    def output(self, inner: str, name: str, width: int | None, kind: int = FLOAT) -> None:
        """Hand ``inner`` out under ``name``: rows of ``width`` values, or one value a row (None)."""
        self._nodes.append(_node("Identity", [inner], [name], {}))
        self._outputs.append(_value(name, kind, ("rows",) if width is None else ("rows", width)))

    def weight(self, values: Any) -> str:
        """A constant: floats as float32, whole numbers as int64."""
        array = np.asarray(values)
        whole = array.dtype.kind == "i"
        array = np.ascontiguousarray(array, dtype=np.int64 if whole else np.float32)
        name = self._name("w")
        dims = b"".join(_number(1, d) for d in array.shape)
        kind = _number(2, INT64 if whole else FLOAT)
        self._weights.append(dims + kind + _text(8, name) + _field(9, array.tobytes()))
        return name

    def node(self, kind: str, *inputs: str, **attributes: int | float) -> str:
        """One operation with one output."""
        out = self._name(kind)
        self._nodes.append(_node(kind, inputs, [out], attributes))
        return out

    def split(self, inner: str, parts: int) -> list[str]:
        """The columns of ``inner`` in so many equal parts."""
        outs = [self._name("part") for _ in range(parts)]
        self._nodes.append(_node("Split", [inner], outs, {"axis": 1}))
        return outs

    def model(self) -> bytes:
        """The whole model."""
        graph = b"".join(
            (
                *(_field(1, n) for n in self._nodes), _text(2, "g"), *(_field(5, w) for w in self._weights),
                *(_field(11, v) for v in self._inputs), *(_field(12, v) for v in self._outputs),
            )
        )  # fmt: skip
        return _number(1, FORMAT) + _field(7, graph) + _field(8, _text(1, "") + _number(2, OPSET))

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}{self._count}"


def _node(kind: str, inputs: Sequence[str], outputs: Sequence[str], attributes: dict[str, int | float]) -> bytes:
    parts = [_text(1, i) for i in inputs] + [_text(2, o) for o in outputs] + [_text(4, kind)]
    for name, value in attributes.items():
        if isinstance(value, float):
            told = _tag(2, 5) + np.float32(value).tobytes() + _number(20, 1)
        else:
            told = _number(3, value) + _number(20, 2)
        parts.append(_field(5, _text(1, name) + told))
    return b"".join(parts)


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    dims = b"".join(_field(1, _text(2, d) if isinstance(d, str) else _number(1, d)) for d in shape)
    return _text(1, name) + _field(2, _field(1, _number(1, kind) + _field(2, dims)))


def _tag(field: int, wire: int) -> bytes:
    return _varint(field << 3 | wire)


def _number(field: int, value: int) -> bytes:
    return _tag(field, 0) + _varint(value & (1 << 64) - 1)


def _text(field: int, value: str) -> bytes:
    return _field(field, value.encode())


def _field(field: int, value: bytes) -> bytes:
    return _tag(field, 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
