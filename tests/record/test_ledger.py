"""The ledger's answers are those of the files, whatever is in them, and whatever becomes of them."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dragoman.model import STATUSES, Reading
from dragoman.record import Record, asking
from dragoman.record.ledger import following
from dragoman.record.ledger.following import Following
from dragoman.record.ledger.places import LATER, Places
from dragoman.record.ledger.quick import Quick
from dragoman.record.query import Questions
from dragoman.web.asked import After, Asked, behind, place_of
from dragoman.web.asked import _keys as keys_of
from dragoman.web.books import Book
from hand_made import Deed, Said, told

PEOPLE = (
    "Ada Norr/NOR",
    "Bo Dansk/DNK",
    "Eve Finn/FIN",
    "Bo Norr/NOR",
    "a friend of Bo",
    "Finn Swede/SWE",
    "the Bo men/",
)
DAYS = (None, "2022-01-03", "2022-01", "2021-12-30/2022-01-02", "../2022-01-05", "2022-02-01/..", "2022", "2022-02-14")
QUADS = (
    ("verbal cooperation", 3.0),
    ("material cooperation", 6.4),
    ("verbal conflict", -2.0),
    ("material conflict", None),
)
OCCASIONS = (None, None, None, "new-year", "condolence")


def deed(draw: random.Random) -> Deed:
    sides = [", ".join(draw.sample(PEOPLE, draw.choice((1, 1, 1, 2, 3)))) for _ in range(2)]
    quad, goldstein = draw.choice(QUADS)
    return Deed(
        *sides, draw.choice(DAYS), goldstein, quad=quad, type=draw.choice(("SUPPORT", "AID", "ACCUSE")),
        status=draw.choice(("asserted", "asserted", *STATUSES)), occasion=draw.choice(OCCASIONS),
        contexts=tuple(draw.sample(("economic", "military", "legal"), draw.randrange(3))),
    )  # fmt: skip


def reading(n: int) -> Reading:
    draw = random.Random(n)
    deeds: list[Deed | Said] = [deed(draw) for _ in range(draw.randrange(6))]
    for _ in range(draw.randrange(4)):
        speaker, other = draw.sample(PEOPLE[:6], 2)
        words = draw.choice(("we trust Bo Dansk", "nothing new of Eve Finn and Ada Norr", "thanks"))
        deeds.append(Said(speaker, words, to=draw.choice((None, other)), day=draw.choice(DAYS)))
    written = draw.choice(("2022-01-12", "2022-02-01/2022-03-02", None, "2022-03-05"))
    return told(*deeds, written=written, extra=str(n), former=draw.choice(((), ("Ada Norr",))))


def keep(folder: Path, numbers: range) -> Record:
    record = Record(folder, create=True)
    for begin in range(numbers.start, numbers.stop, 20):
        with record.writer() as writer:
            for n in range(begin, min(begin + 20, numbers.stop)):
                writer.add(reading(n))
    return record


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "record"
    keep(path, range(60)).link()
    return path


@pytest.fixture(scope="module")
def both(folder: Path) -> tuple[Questions, Quick]:
    """The same record asked plainly, and of its ledger."""
    quick = Following(folder).questions()
    assert isinstance(quick, Quick)
    return Record(folder).open(), quick


def questions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every query that a ledger answers itself, of several sides."""
    days = (
        (None, None),
        (dt.date(2022, 1, 1), None),
        (None, dt.date(2022, 1, 31)),
        (dt.date(2022, 1, 4), dt.date(2022, 2, 1)),
    )
    sides: tuple[tuple[list[str], list[str]], ...] = (
        (["NOR"], []),
        (["DNK", "BO"], ["Bo Dansk", "Bo Norr"]),
        ([], ["a friend of Bo"]),
        (["XYZ"], []),
    )
    yield from (("stats", {}), ("types", {}), ("report_months", {}))
    yield from (("names", {"words": words}) for words in ("bo", "norr", "nobody", "Finn"))
    yield from (("web_reports", {"words": None, "longest": None, "size": 7, "offset": n}) for n in (0, 5, 58, 90))
    yield "web_reports", {"words": "Report", "longest": "report", "size": 3, "offset": 2}
    for (since, until), status in itertools.product(days, ("asserted", "planned")):
        for of_type, quad in ((None, None), ("aid", None), (None, "conflict"), ("AID", "material cooperation")):
            yield "network", {"since": since, "until": until, "type": of_type, "quad": quad, "status": status}
    for codes, names in sides:
        yield from (
            ("messages", {"codes": codes, "names": names, "occasion": occasion, "sender": sender})
            for occasion, sender in ((None, True), (None, False), ("new-year", True))
        )
        yield from (("web_actor_others", {"codes": codes, "names": names, "limit": limit}) for limit in (3, 50))
    for (a, b), (since, until) in itertools.product(itertools.permutations(sides, 2), days):
        chosen = {"a_codes": a[0], "a_names": a[1], "b_codes": b[0], "b_names": b[1], "since": since, "until": until}
        yield "dyad_counts", chosen
        yield from (("dyad_events", {**chosen, "limit": limit}) for limit in (1, 4, 100))
        yield from (("dyad_quotes", {**chosen, "limit": limit}) for limit in (1, 100))
        for status, type_, publisher in (("asserted", "", ""), ("", "aid", ""), ("asserted", "", "paper")):
            yield (
                "web_dyad",
                {**chosen, "status": status or None, "type": type_ or None, "publisher": publisher or None},
            )


def filters() -> Iterator[dict[str, Any]]:
    """What an address may ask for, most of it together with something else."""
    of_side = (None, "NOR", "bo", "nobody")
    rest: tuple[dict[str, Any], ...] = (
        {}, {"type": "aid"}, {"status": "Planned"}, {"context": "economic"}, {"occasion": "new-year"},
        {"quad": "conflict"},
        {"since": dt.date(2022, 1, 4)}, {"until": dt.date(2022, 1, 4)}, {"month": "2022-01"}, {"type": "x' OR true --"},
        {"since": dt.date(2022, 1, 4), "until": dt.date(2022, 1, 10), "status": "asserted", "type": "SUPPORT"},
        {"words": "met"}, {"report": "0123456789abcdef"}, {"report": "0123"},
    )  # fmt: skip
    for who, more in itertools.product(of_side, rest):
        yield from ({"source": who, **more}, {"target": who, **more}, {"actor": who, **more})
    yield {"source": "NOR", "target": "bo", "actor": "DNK"}


def same(plain: Questions, quick: Quick, every: int = 1) -> None:
    """every: of the questions only each so manieth."""
    for name, values in itertools.islice(questions(), 0, None, every):
        assert quick.named(name, **values) == plain.named(name, **values), (name, values)


def test_every_query_says_the_same(both: tuple[Questions, Quick]) -> None:
    same(*both, every=2)


@pytest.mark.parametrize("table", ["events", "quotes"])
def test_every_filter_finds_the_same(both: tuple[Questions, Quick], table: Any) -> None:
    plain, quick = both
    known = 0
    for chosen in itertools.islice(filters(), 0, None, 4):
        asked = {k: v for k, v in chosen.items() if v is not None}
        if table == "quotes":
            asked = {k: v for k, v in asked.items() if k not in ("status", "context", "occasion", "quad", "month")}
        known += quick.knows(table, asked)
        for down, begin, size in ((False, 0, 1_000), (True, 5, 4)):
            question = Asked(table, {"x": "y"}, asked, "day", down)
            found, wanted = (keys_of(one, question, size, begin) for one in (quick, plain))
            assert [k["id"] for k in found] == [k["id"] for k in wanted], (asked, down)
            if begin == 0 and quick.knows(table, asked):
                assert quick.count(table, asked) == len(wanted), asked
    assert known > 30


@pytest.mark.parametrize("table", ["events", "quotes"])
def test_pages_behind_a_place(both: tuple[Questions, Quick], folder: Path, table: Any) -> None:
    book, quick_book = Book(folder), Book(folder)
    quick_book.lend(both[1])
    for chosen in ({}, {"actor": "bo"}, {"source": "NOR", "until": dt.date(2022, 1, 31)}):
        after: After | None = None
        seen = 0
        while rows := behind(quick_book, table, chosen, after, 6):
            assert rows == behind(book, table, chosen, after, 6)
            seen += len(rows)
            after = place_of(rows[-1])
        assert seen == both[1].count(table, chosen) > 0


def test_stories_are_the_same(both: tuple[Questions, Quick]) -> None:
    plain, quick = both
    assert asking.stories(plain, {}, None)
    for chosen in ({}, {"actor": "bo"}, {"source": "NOR", "type": "SUPPORT"}, {"words": "met"}):
        for limit in (None, 2):
            assert asking.stories(quick, chosen, limit) == asking.stories(plain, chosen, limit), chosen


def test_it_keeps_up_with_the_record(tmp_path: Path) -> None:
    record = keep(tmp_path / "record", range(20))
    held = Following(tmp_path / "record")

    def now() -> None:
        held.catch_up(60)
        quick, plain = held.questions(), Record(tmp_path / "record").open()
        assert isinstance(quick, Quick)
        same(plain, quick, every=23)
        for table in ("events", "quotes"):
            keys = quick.keys(table, {}, limit=1_000)
            assert [k["id"] for k in keys] == [k["id"] for k in asking.keys(plain, table, {})]
            assert quick._fetched(f"{table}_told", keys) == plain.fetch(f"{table}_told", keys)
        quick.close()
        plain.close()

    now()
    before = held.number
    now()
    assert held.number == before  # nothing new
    keep(tmp_path / "record", range(20, 30))
    now()
    with record.writer() as writer:  # read again, with the same outcome and with another
        writer.add(reading(3))
        writer.add(reading(25))
        writer.add(reading(31))
    now()
    record.link()
    now()
    record.forget(reading(7).report.id)
    now()
    record.compact()
    now()
    keep(tmp_path / "record", range(40, 50))
    record.forget(reading(41).report.id)
    now()


def test_a_record_without_reports(tmp_path: Path) -> None:
    Record(tmp_path / "record", create=True)
    held = Following(tmp_path / "record")
    quick = held.questions()
    assert isinstance(quick, Quick)
    same(Record(tmp_path / "record").open(), quick, every=11)
    keep(tmp_path / "record", range(5))
    held.catch_up(60)
    quick = held.questions()
    assert isinstance(quick, Quick)
    same(Record(tmp_path / "record").open(), quick, every=11)


def test_the_ledger_of_a_large_record_is_made_beside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "SOON", 0)
    held = Following(folder)
    plain = held.questions()
    assert not isinstance(plain, Quick)
    assert plain.named("stats")[0]["reports"] == 60
    assert held.made(60)
    quick = held.questions()
    assert isinstance(quick, Quick)
    assert quick.named("stats") == plain.named("stats")


def test_too_large_a_record_has_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "SOON", 0)
    monkeypatch.setattr(following, "MOST_EVENTS", 1)
    held = Following(folder)
    assert not isinstance(held.questions(), Quick)
    assert not held.made(0)


def test_places() -> None:
    places = Places()
    assert places.of(5) is None
    numbers = np.array([9, 3, 2**63 + 1], np.uint64)
    places.add([("a", numbers, np.array([0, 4, 8], np.uint32))])
    many = np.arange(10, 20 + LATER, dtype=np.uint64)
    places.add([("b", many, np.arange(len(many), dtype=np.uint32)), ("c", numbers[:1], np.array([7], np.uint32))])
    assert [places.of(n) for n in (3, 9, 10, 11, 4, 2**63 + 1)] == [
        ("a", 4),
        ("c", 7),
        ("b", 0),
        ("b", 1),
        None,
        ("a", 8),
    ]
    places.add([("d", numbers[1:2], np.array([1], np.uint32))])
    assert places.of(3) == ("d", 1)
