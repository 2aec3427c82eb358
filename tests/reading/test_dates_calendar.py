"""data/calendar: every entry is found in its examples, means what they say, and keeps out of its counter-examples."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dated_passages import parse
from dragoman import Reader
from dragoman import knowledge as knowledge_files
from dragoman.errors import KnowledgeError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.calendar import load_calendar
from dragoman.model import Dated, Interval, Reason, Report, Segment, Span
from dragoman.reading import dates
from dragoman.reading.dates import arithmetic as cal
from dragoman.reading.dates import date_phrases
from dragoman.reading.dates.frames import FRAMES
from dragoman.reading.dates.meanings import MEANINGS, feast_day, seen_from
from dragoman.reading.dates.stated import stated_day

FOLDER = knowledge_files.DATA / "calendar"
PHRASES = yaml.safe_load((FOLDER / "phrases.yaml").read_text(encoding="utf-8"))
FRAME_FILE = yaml.safe_load((FOLDER / "frames.yaml").read_text(encoding="utf-8"))
STATED = yaml.safe_load((FOLDER / "stated.yaml").read_text(encoding="utf-8"))
HOLIDAYS = yaml.safe_load((FOLDER / "holidays.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", PHRASES, ids=lambda e: e["id"])
def test_shape(entry: dict[str, Any], knowledge: Knowledge) -> None:
    calendar = knowledge.calendar
    shape = next(s for s in calendar.shapes if s.id == entry["id"])
    assert entry["examples"]
    assert entry["counter"]
    for words, published, tense, want in entry["examples"]:
        match = shape.pattern.search(words)
        assert match is not None, words
        got = MEANINGS[shape.means](seen_from(match, tense, calendar), published)
        assert str(got) == (want if want == "../.." else str(Interval.parse(want))), words
    for words in entry["counter"]:
        assert shape.pattern.search(words) is None, words


FRAME_ROWS = [(part, e) for part in ("edges", "relations", "pairs") for e in FRAME_FILE[part]]


@pytest.mark.parametrize(("part", "entry"), FRAME_ROWS, ids=[e["id"] for _, e in FRAME_ROWS])
def test_frame(part: str, entry: dict[str, Any], nlp_reader: Reader, knowledge: Knowledge) -> None:
    """Examples are read by the whole stage, after a verb of their tense."""
    assert part == "pairs" or entry["means"] in FRAMES
    for words, published, tense, want in entry["examples"]:
        text = f"They {'will meet' if tense == 'future' else 'met'} {words}."
        (phrase,) = date_phrases(parse(nlp_reader, text), Dated(Interval.day(published)), knowledge)
        assert str(phrase.interval) == str(Interval.parse(want)), words
    frame = next(
        s
        for s in (*knowledge.calendar.edges.shapes, *knowledge.calendar.relations.shapes, *knowledge.calendar.pairs)
        if s.id == entry["id"]
    )
    for words in entry["counter"]:
        assert frame.pattern.fullmatch(words.rstrip("0123456789 ") + " ") is None, words


@pytest.mark.parametrize("entry", STATED, ids=lambda e: e["id"])
def test_statement(entry: dict[str, Any], knowledge: Knowledge) -> None:
    kind = "furniture" if "top" in entry["where"] else entry["where"][0]
    for words, want in entry["examples"]:
        report = Report(words, "test")
        stated = stated_day(
            report, [Segment(Span(0, len(words)), kind, Reason("code:segment.segment", "test"))], knowledge.calendar
        )
        assert stated is not None
        assert str(stated.interval) == want
        assert stated.because.rule == f"calendar/stated/{entry['id']}"
    statement = next(s for s in knowledge.calendar.statements if s.id == entry["id"])
    for words in entry["counter"]:
        assert statement.pattern.search(words) is None, words


@pytest.mark.parametrize("entry", HOLIDAYS, ids=lambda e: e["id"])
def test_holiday(entry: dict[str, Any], knowledge: Knowledge, nlp_reader: Reader) -> None:
    feast = next(h for h in knowledge.calendar.holidays if h.id == entry["id"])
    for words in entry["examples"]:
        text = f"They met {words}."
        (phrase,) = date_phrases(parse(nlp_reader, text), Dated(Interval.day(dt.date(2023, 6, 15))), knowledge)
        day = phrase.interval.start
        assert day is not None
        assert day <= dt.date(2023, 6, 15)
        assert day == feast_day(feast, day.year)
    for words in entry["counter"]:
        passage = parse(nlp_reader, f"They spoke of {words}.")
        found = date_phrases(passage, Dated(Interval.day(dt.date(2023, 6, 15))), knowledge)
        assert all(not p.because.rule.endswith(f"/{entry['id']}") for p in found), words


def test_meanings_are_all_used(knowledge: Knowledge) -> None:
    used = {s.means for s in knowledge.calendar.shapes} | {"holiday"}
    assert used == set(MEANINGS)


def test_a_broken_entry_is_named(tmp_path: Path) -> None:
    for file in FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "phrases.yaml").write_text("- {id: broken, shape: '(', means: date}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="broken"):
        load_calendar(tmp_path)


# Published tables: Easter Sundays of the Gregorian calendar.
@pytest.mark.parametrize(
    "day",
    ["1818-03-22", "1943-04-25", "2000-04-23", "2016-03-27", "2019-04-21", "2023-04-09", "2024-03-31", "2038-04-25"],
)
def test_easter(day: str) -> None:
    assert cal.easter(int(day[:4])).isoformat() == day


@given(st.dates(min_value=dt.date(1800, 1, 1), max_value=dt.date(2300, 1, 1)), st.integers(0, 6))
def test_weekdays(day: dt.date, weekday: int) -> None:
    before, after = cal.on_or_before(day, weekday), cal.on_or_after(day, weekday)
    assert before.weekday() == after.weekday() == weekday
    assert 0 <= (day - before).days < 7
    assert 0 <= (after - day).days < 7


@given(
    st.dates(min_value=dt.date(1800, 1, 1), max_value=dt.date(2300, 1, 1)),
    st.sampled_from(["day", "week", "month", "quarter", "year", "decade", "century"]),
    st.integers(-40, 40),
)
def test_units(day: dt.date, unit: str, shift: int) -> None:
    """A unit holds its own day, and units follow each other without a gap."""
    assert cal.unit_of(day, unit).contains(day)
    this, following = cal.unit_of(day, unit, shift), cal.unit_of(day, unit, shift + 1)
    if unit not in ("decade", "century"):
        assert this.end is not None
        assert following.start == this.end + dt.timedelta(1)


def test_every_rule_named_in_the_code_has_a_docstring() -> None:
    """A reason's address leads to a function that explains itself."""
    package = Path(dates.__file__).parent
    named = {
        r for f in package.rglob("*.py") for r in re.findall(r'"code:(dates\.[\w.]+)"', f.read_text(encoding="utf-8"))
    }
    assert named
    for rule in sorted(named):
        module, _, function = rule.rpartition(".")
        assert getattr(importlib.import_module(f"dragoman.reading.{module}"), function).__doc__, rule
