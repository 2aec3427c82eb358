"""Linking: reports of one deed find each other, near misses do not, copies count once, the order changes nothing."""

from __future__ import annotations

import itertools
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Reader, Report
from dragoman.errors import RecordError, UsageError
from dragoman.model import Reading
from dragoman.record import Record
from dragoman.record.likeness import likeness, sketch
from dragoman.record.linking.clusters import Pair, stories
from dragoman.record.linking.copies import Sketches
from dragoman.record.linking.deeds import counted
from dragoman.record.linking.story import around, numbers

CASES = Path(__file__).parent.parent / "cases" / "linking"
LINKED_F1, COPIES_F1 = 0.90, 0.98


@dataclass(frozen=True)
class Told:
    """A report of the set: its group, its place in it, the place of the report that it copies, and its reading."""

    group: str
    n: int
    copy: int | None
    reading: Reading


@pytest.fixture(scope="module")
def told(nlp_reader: Reader) -> dict[str, list[Told]]:
    """The readings of every file."""
    return {path.stem: [_told(nlp_reader, *x) for x in _reports(path)] for path in sorted(CASES.glob("*.yaml"))}


def _reports(path: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for group in yaml.safe_load(path.read_text(encoding="utf-8")):
        for n, report in enumerate(group["reports"], 1):
            yield group["about"], n, report


def _told(reader: Reader, group: str, n: int, report: dict[str, Any]) -> Told:
    made = Report(
        report["text"], f"{group}/{n}", publisher=report["by"], published=report["day"], published_from="the set"
    )
    return Told(group, n, report.get("copy"), reader.read(made))


def linked(folder: Path, readings: list[Reading], step: int = 1_000) -> Record:
    """A record of these readings, linked after every so many."""
    record = Record(folder, create=True)
    for begin in range(0, len(readings), step):
        with record.writer() as writer:
            for reading in readings[begin : begin + step]:
                writer.add(reading)
        record.link()
    return record


def grouped(record: Record) -> dict[str, str]:
    """Event -> story, for events that are not their own."""
    rows = record.sql("SELECT event, arg_max(story, batch) AS story FROM stories GROUP BY event ORDER BY event")
    return {r["event"]: r["story"] for r in rows}


def f1(found: set[Any], right: set[Any]) -> float:
    return 2 * len(found & right) / (len(found) + len(right))


def test_the_set_is_what_it_should_be() -> None:
    groups = [g for path in CASES.glob("*.yaml") for g in yaml.safe_load(path.read_text(encoding="utf-8"))]
    names = {g["about"] for g in groups}
    assert len(names) == len(groups) >= 60
    assert all(2 <= len(g["reports"]) <= 6 for g in groups)
    assert all(g["near"] in names for g in groups if "near" in g)
    assert sum("near" in g for g in groups) >= 20


@pytest.mark.parametrize("name", ["developed", "copies-developed", "kept", "copies-kept"])
def test_reports_of_one_deed_are_linked(told: dict[str, list[Told]], tmp_path: Path, name: str) -> None:
    """Of the reports that an event was read in: what no event was read in, linking cannot find."""
    record = linked(tmp_path / "record", [t.reading for t in told[name]])
    by_story: dict[str, set[str]] = {}
    for event, story in grouped(record).items():
        by_story.setdefault(story, set()).add(event.partition("-")[0])
    found = {pair for reports in by_story.values() for pair in itertools.combinations(sorted(reports), 2)}
    read = sorted((t.reading.report.id, t.group) for t in told[name] if t.reading.events)
    right = {(a, b) for (a, g), (b, h) in itertools.combinations(read, 2) if g == h}
    assert f1(found, right) >= LINKED_F1


@pytest.mark.parametrize("names", [("developed", "copies-developed"), ("kept", "copies-kept")])
def test_copies_are_one_source(told: dict[str, list[Told]], names: tuple[str, ...]) -> None:
    found, right = set(), set()
    for _, reports in itertools.groupby((t for name in names for t in told[name]), key=lambda t: t.group):
        group = sorted(reports, key=lambda t: t.reading.report.id)
        sketches = Sketches({t.reading.report.id: sketch(t.reading.report.text) for t in group})
        one_text = sketches.copies(sketches.held)
        for a, b in itertools.combinations(group, 2):
            pair = (a.reading.report.id, b.reading.report.id)
            if (a.copy or a.n) == (b.copy or b.n):
                right.add(pair)
            if one_text[pair[0]] == one_text[pair[1]]:
                found.add(pair)
    assert f1(found, right) >= COPIES_F1


def test_the_order_of_arrival_changes_nothing(told: dict[str, list[Told]], tmp_path: Path) -> None:
    readings = [t.reading for t in told["developed"]]
    at_once = grouped(linked(tmp_path / "at-once", readings))
    random.Random(5).shuffle(readings)
    assert grouped(linked(tmp_path / "in-turn", readings, step=20)) == at_once


def test_a_report_more_writes_only_what_it_changes(told: dict[str, list[Told]], tmp_path: Path) -> None:
    *readings, last = [t.reading for t in told["developed"] if t.group == "Turkey sends tents to Syria"]
    record = linked(tmp_path / "record", [t.reading for t in told["developed"] if t.reading not in (*readings, last)])
    linked(record.folder, readings)
    before = record.sql("SELECT count(*) AS n FROM stories")[0]["n"]
    done = Record(record.folder)
    with done.writer() as writer:
        writer.add(last)
    assert done.link().reports == 1
    assert done.link().reports == 0
    assert done.sql("SELECT count(*) AS n FROM stories")[0]["n"] - before <= 3


def test_a_ruling_wins_and_can_be_taken_back(told: dict[str, list[Told]], tmp_path: Path) -> None:
    readings = [t.reading for t in told["developed"] if t.group == "Israel strikes a depot near Damascus"]
    record = linked(tmp_path / "record", readings)
    first, second, third = (r.events[0].id for r in readings)
    assert {r["id"] for r in record.story(first).told} == {first, second, third}
    record.judge(first, second, False)
    record.judge(first, third, False)
    assert {r["id"] for r in record.story(first).told} == {first}
    assert {r["id"] for r in record.story(second).told} == {second, third}
    assert record.link().reports == 0
    assert {r["id"] for r in record.story(first).told} == {first}
    record.judge(second, third, False)
    record.judge(first, second, True)
    assert {r["id"] for r in record.story(first).told} == {first, second}
    for pair in ((first, second), (first, third), (second, third)):
        record.judge(*pair, None)
    assert {r["id"] for r in record.story(first).told} == {first, second, third}
    assert record.check().findings == ()
    with pytest.raises(UsageError):
        record.judge(first, first, True)
    with pytest.raises(RecordError, match="has no event 9"):
        record.judge(first, f"{readings[0].report.id}-e9", True)


def test_a_story_tells_sources_copies_and_disagreements(told: dict[str, list[Told]], tmp_path: Path) -> None:
    record = linked(tmp_path / "record", [t.reading for name in told for t in told[name] if "kept" not in name])
    tents = next(t for t in told["developed"] if t.group == "Turkey sends tents to Syria").reading
    story = record.story(tents.events[0].id)
    assert [(d.about, [v.says for v in d.versions]) for d in story.disagreements] == [
        ("number: tents", ["2500", "3000"])
    ]
    assert len(story.why) == 1
    assert "both on 2023-04-03" in story.why[0].reason
    tanks = next(t for t in told["developed"] if t.group.startswith("Germany delivers tanks")).reading
    story = record.story(tanks.events[0].id)
    assert (len(story.told), story.sources) == (4, 2)
    rows = record.stories(source="DEU", target="UKR")
    assert [(r["story"], r["reports"], r["sources"]) for r in rows] == [(story.id, 4, 2)]
    assert record.stats()["stories"] == len(record.stories())


def test_what_is_forgotten_is_nowhere(told: dict[str, list[Told]], tmp_path: Path) -> None:
    readings = [t.reading for t in told["developed"] if t.group == "Israel strikes a depot near Damascus"]
    record = linked(tmp_path / "record", readings)
    record.judge(readings[0].events[0].id, readings[1].events[0].id, True)
    gone = min(readings, key=lambda r: r.report.id)
    rest = [r for r in readings if r is not gone]
    record.forget(gone.report.id)
    assert {r["id"] for r in record.story(rest[0].events[0].id).told} == {r.events[0].id for r in rest}
    assert record.check().findings == ()
    asked = ["grep", "-rlaE", f"{gone.report.id}|{gone.report.text[:30]}", str(record.folder)]
    assert subprocess.run(asked, check=False, capture_output=True, text=True).stdout == ""
    same = linked(tmp_path / "without", rest)
    assert grouped(record) == grouped(same)


def test_read_again_links_again(told: dict[str, list[Told]], tmp_path: Path) -> None:
    readings = [t.reading for t in told["developed"] if t.group == "Israel strikes a depot near Damascus"]
    record = linked(tmp_path / "record", readings)
    linked(record.folder, readings[:1])
    record = Record(record.folder)
    assert len(record.story(readings[0].events[0].id).told) == 3
    assert record.sql("SELECT count(*) AS n FROM linked")[0]["n"] == 3


def test_stories_of_pairs() -> None:
    reports = dict.fromkeys("abcd", "") | {e: e for e in "abcd"}
    chain = [Pair("a", "b", 0.9), Pair("b", "c", 0.6), Pair("c", "d", 0.9)]
    assert stories("abcd", chain, {}, reports) == {"a": "a", "b": "a", "c": "c", "d": "c"}  # a and c are not alike
    assert stories("abc", chain, {("b", "c"): True}, reports) == dict.fromkeys("abc", "a")
    assert stories("ab", chain, {("a", "b"): False}, reports) == {"a": "a", "b": "b"}
    assert stories("ab", chain, {}, {"a": "x", "b": "x"}) == {"a": "a", "b": "b"}  # one report tells two deeds


def test_numbers() -> None:
    assert counted("3,000 tents, two million euros, 14") == [(3000, "tents"), (2_000_000, "euros"), (14, "")]
    assert numbers("At least 12 people were killed there.") == {"the dead": "12"}
    assert numbers("Four people were killed and a depot burnt") == {"the dead": "4"}
    assert numbers("Six people were wounded.") == {"people": "6"}
    assert numbers("one envoy") == {}
    text = "One. Two men met. Three. Four."
    assert around(text, 5, 8) == "Two men met. Three."


def test_long_texts_are_compared_by_their_lowest_hashes() -> None:
    words = [f"word{n}" for n in range(2_000)]
    one, half = sketch(" ".join(words)), sketch(" ".join(words[:1_000]))
    assert likeness(one.shingles, one.shingles).shared == 1
    assert likeness(one.shingles, half.shingles).shared == pytest.approx(0.5, abs=0.15)
    assert likeness(one.shingles, half.shingles).within > 0.9
    assert likeness(one.shingles, sketch("other words altogether here").shingles).shared == 0
