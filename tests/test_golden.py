"""Each report of examples/ reads as its golden file says; ``make golden`` writes them anew for review."""

from __future__ import annotations

import difflib

import pytest

from dragoman import Reader
from golden import GOLDEN, golden_files


@pytest.fixture(scope="module")
def today(nlp_reader: Reader) -> dict[str, str]:
    return golden_files(nlp_reader)


def test_every_example_has_its_golden_reading(today: dict[str, str]) -> None:
    assert sorted(today) == sorted(p.name for p in GOLDEN.glob("*.golden"))


@pytest.mark.parametrize("name", sorted(p.name for p in GOLDEN.glob("*.golden")))
def test_an_example_reads_as_reviewed(name: str, today: dict[str, str]) -> None:
    reviewed = (GOLDEN / name).read_text(encoding="utf-8")
    diff = "\n".join(
        difflib.unified_diff(reviewed.splitlines(), today[name].splitlines(), "reviewed", "today", lineterm="", n=1)
    )
    assert not diff, f"{name} reads differently; if that is right: make golden, review, commit\n{diff}"
