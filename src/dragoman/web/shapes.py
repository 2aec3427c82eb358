"""What the interface's answers look like, in the words of OpenAPI: taken from the record's own tables of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.record.schema import ARTICLES, EVENTS, FAILURES, FLAGS, QUOTES, Column

Shape = dict[str, Any]

_KINDS: Mapping[str, Shape] = {
    "text": {"type": ["string", "null"]},
    "texts": {"type": ["array", "null"], "items": {"type": ["string", "null"]}},
    "whole": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "day": {"type": ["string", "null"], "format": "date"},
    "yes/no": {"type": ["boolean", "null"]},
}
_INTERNAL = (
    "batch", "n", "text", "reading", "version", "language", "url", "author", "published",
    "day", "named_codes", "named_names",
)  # fmt: skip
_OF_REPORT = (
    Column("report_source", "text", "path or address of the report"),
    Column("report_title", "text", "title of the report"),
    Column("report_dated", "text", "when the report was written, EDTF"),
)


def row(columns: Sequence[Column]) -> Shape:
    """The shape of a row with these columns."""
    own = [c for c in columns if c.name not in _INTERNAL]
    return {
        "type": "object",
        "properties": {c.name: dict(_KINDS[c.kind]) | {"description": c.holds} for c in own},
        "required": [c.name for c in own],
    }


def paged(item: Shape) -> Shape:
    """A page of such rows."""
    return {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": item},
            "next": {"type": ["string", "null"], "description": "the address of the next page; null: this is the last"},
        },
        "required": ["rows", "next"],
    }


EVENT = row((*EVENTS, *_OF_REPORT))
QUOTE = row((*QUOTES, *_OF_REPORT))
FLAG = row((*FLAGS, *_OF_REPORT))
REPORT = row(ARTICLES)
FAILURE = row((*FAILURES, Column("read_since", "yes/no", "whether the same source was read later")))
OBJECT: Shape = {"type": "object"}
READING: Shape = {
    "type": "object",
    "description": "the object that `dragoman read --json` prints (docs/record.md), with the report's text",
    "properties": {"id": {"type": "string"}, "text": {"type": "string"}},
    "required": ["id", "text", "segments", "actors", "quotes", "events", "flags", "version"],
}
PROBLEM: Shape = {
    "type": "object",
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}  # fmt: skip


def answers(shape: Shape) -> dict[int | str, dict[str, Any]]:
    """What an address answers: this, or a problem."""
    problem = {"description": "what is wrong, in words", "content": {"application/problem+json": {"schema": PROBLEM}}}
    good = {"description": "the answer", "content": {"application/json": {"schema": shape}}}
    return {200: good, **dict.fromkeys((400, 404, 422, 503), problem)}
