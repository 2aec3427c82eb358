"""What was given up is not tried again by the same version, and is told of; --again and a greater limit try it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import hostile
import made_up
from dragoman.crew.crew import Limits
from dragoman.crew.given_up import GivenUp, again, mark_of, noted, tried
from dragoman.crew.keep import read_in_crew
from dragoman.intake import Item, Raw
from dragoman.model import Failure, Report
from dragoman.record import Outcome, Record

MEMORY = 400 * 2**20
SHORT, LONGER = 2.0, 2.5  # seconds in which a stand-in reads a report on a busy machine


@pytest.fixture(autouse=True)
def short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.crew.crew.BATCH_SECONDS", SHORT)


def crew(items: list[Item], record: Record, seconds: float = SHORT, recipe: Any = hostile.Reader, **how: Any) -> Any:
    limits = Limits(seconds=seconds, memory=MEMORY)
    return list(read_in_crew(recipe, items, record, workers=2, limits=limits, **how))


def failures(outcomes: list[Outcome]) -> list[tuple[str, str, bool]]:
    """(source, kind, whether it was not even tried)"""
    told = [o.failure for o in outcomes if o.failure]
    return [(f.source, f.kind, "was given up before" in f.message) for f in told]


@pytest.mark.parametrize(
    ("word", "kind", "seconds"), [("HANG", "too-slow", SHORT), ("EXIT", "crash", 20.0), ("HOARD", "memory", 20.0)]
)
def test_it_is_not_tried_again(tmp_path: Path, word: str, kind: str, seconds: float) -> None:
    record = Record(tmp_path / "record", create=True)
    poison = Report(f"{word} is what it does", "poison")
    items: list[Item] = [made_up.report(0), poison, made_up.report(1)]
    assert failures(crew(items, record, seconds)) == [("poison", kind, False)]
    kept = record.failures()
    second = crew(items, record, seconds)
    assert failures(second) == [("poison", kind, True)]
    assert "--again tries it anew" in second[1].failure.message
    assert record.failures() == kept
    assert len(record.versions()) == 2
    # Under another name it is named, too, and stands in the record.
    renamed = crew([Report(poison.text, "other")], record, seconds)
    assert failures(renamed) == [("other", kind, True)]
    assert "as poison" in renamed[0].failure.message
    assert [r["source"] for r in record.failures()] == ["other", "poison"]
    assert failures(crew([Report(poison.text, "other")], record, seconds)) == [("other", kind, True)]
    assert len(record.failures()) == 2


def test_again_a_greater_limit_and_another_version_try_it(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    items: list[Item] = [Report("HANG is what it does", "poison")]
    crew(items, record)
    for how in ({"again": True}, {"seconds": LONGER}, {"recipe": hostile.Newer}):
        assert failures(crew(items, record, **how)) == [("poison", "too-slow", False)]
    assert failures(crew(items, record, seconds=LONGER)) == [("poison", "too-slow", True)]
    assert failures(crew(items, record)) == [("poison", "too-slow", True)]


def test_what_was_killed_from_outside_is_tried_again(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    items: list[Item] = [Report("KILL is what it does", "poison")]
    for _ in range(2):
        assert failures(crew(items, record)) == [("poison", "crash", False)]


def test_the_same_text_twice_in_one_run(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    items: list[Item] = [Report("HANG is what it does", name) for name in ("one", "two")]
    assert failures(crew(items, record)) == [("one", "too-slow", False), ("two", "too-slow", True)]
    assert [r["source"] for r in record.failures()] == ["one", "two"]


def test_what_could_not_be_made_into_text_is_known_by_its_bytes(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    items: list[Item] = [Raw(hostile.text_of_bytes, b"HANG", "poison"), Raw(hostile.text_of_bytes, b"a text", "good")]
    assert failures(crew(items, record)) == [("poison", "too-slow", False)]
    assert failures(crew(items, record)) == [("poison", "too-slow", True)]
    assert len(record.versions()) == 1


def test_notes_are_found_again() -> None:
    one, two = "a. Tried: x by y.", "b took more than 9 seconds"
    version = "0.9.0 (knowledge 12ab; model 3.8. Tried: nothing by nobody.)"
    slow = noted(Failure(one, "too-slow", f"{one} took more than 20 seconds."), "ab12", version)
    more = noted(Failure(two, "memory", f"{two} died."), "cd34", version)
    rows = [{"source": f.source, "kind": f.kind, "message": f.message} for f in (slow, more)]
    rows.append({"source": "c", "kind": "crash", "message": "c was given up."})
    assert tried(rows) == {
        ("ab12", version): GivenUp(one, "too-slow", 20.0),
        ("cd34", version): GivenUp(two, "memory"),
    }
    assert again("b", GivenUp("b", "crash")).message.endswith("--again tries it anew.")
    assert mark_of(Report("x", "a"), None) == Report("x", "b").id
    assert mark_of(Failure("a", "empty", "a is empty."), None) is None
