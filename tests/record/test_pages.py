"""docs/record.md and the tables say what the contract's objects hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_up
from dragoman.contract import reading_object
from dragoman.record.query import QUERIES, SETUP, Questions
from dragoman.record.rows import rows_of
from dragoman.record.schema import CHILDREN, TABLES

PAGE = Path(__file__).parent.parent.parent / "docs" / "record.md"


def names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


def test_every_field_is_described() -> None:
    page = PAGE.read_text(encoding="utf-8")
    fields = set(names(reading_object(made_up.Reader().read(made_up.report(1)))))
    assert sorted(f for f in fields if f"`{f}`" not in page) == []


def test_rows_fill_every_column() -> None:
    rows = rows_of(made_up.Reader().read(made_up.report(1)))
    for table in (*CHILDREN, "articles"):
        assert rows[table]
        for row in rows[table]:
            assert sorted(row) == sorted(c.name for c in TABLES[table] if c.name != "batch"), table


def test_every_query_runs_on_an_empty_record() -> None:
    questions = Questions({})
    for path in sorted(QUERIES.glob("*.sql")):
        if path.stem not in (*SETUP, "link_candidates", "link_deeds"):  # the last two ask tables that linking makes
            wanted = set(re.findall(r"\$(\w+)", path.read_text(encoding="utf-8")))
            assert isinstance(questions.named(path.stem, **dict.fromkeys(sorted(wanted))), list)
