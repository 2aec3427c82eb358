"""Questions over a record whose every number is worked out by hand in the test."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.dyad import Dyad, Flow
from hand_made import Deed, Said, kept, told

ADA, BO, EVE = "Ada Norr/NOR", "Bo Dansk/DNK", "Eve Finn/FIN"
HARM = {"quad": "material conflict", "type": "ASSAULT", "goldstein": -9.0}
BLAME = {"quad": "verbal conflict", "type": "ACCUSE", "goldstein": -2.0}
NOTHING = Flow(0, 0, 0, 0, 0, None, None)

# Two reports of January 2022, none of February, one of March that does not speak of the two, one of April.
JANUARY = told(
    Deed(ADA, BO, "2022-01-03", 3.0, contexts=("economic", "military")),
    Deed(ADA, BO, "2022-01-10", None, contexts=("economic",)),
    Deed(BO, ADA, "2022-01-11", **BLAME, contexts=("economic",)),
    Said(ADA, "we trust Bo Dansk", day="2022-01-03"),
    Said(BO, "thanks", to=ADA, day="2022-01-11"),
    written="2022-01-12",
)
LATER = told(Deed(ADA, BO, "2022-01", 1.0), Said(ADA, "nice weather", day="2022-01-02"), written="2022-01-20")
MARCH = told(Deed(ADA, EVE, "2022-03-01", 2.0), written="2022-03-02")
APRIL = told(
    Deed(BO, f"{ADA}, {EVE}", "2022-04-01", **HARM),
    Deed(ADA, BO, "2022-03-30/2022-04-02", 5.0),  # in no one month
    Deed(ADA, BO, None, 0.5),  # on no day that is known
    Deed(BO, ADA, "2022-04-01", 4.0, status="planned"),
    Deed(ADA, BO, "2022-04-01", **HARM, status="denied"),
    Deed(ADA, "a friend of Bo", "2022-04-01", 9.0),  # nobody known
    written="2022-04-03",
)
ALL = (JANUARY, LATER, MARCH, APRIL)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return kept(tmp_path_factory.mktemp("questions") / "record", *ALL)


def test_a_dyad_month_by_month(record: Record) -> None:
    found = record.dyad("NOR", "Denmark")
    assert (found.a.codes, found.b.codes, found.b.label) == (("NOR",), ("DNK",), "DNK")
    assert [m.month for m in found.months] == ["2022-01", "2022-02", "2022-03", "2022-04"]
    assert [m.reports for m in found.months] == [2, 0, 1, 1]
    january, february, march, april = found.months
    # 3.0, no value and 1.0 there; -2.0 back.
    assert january.a_to_b == Flow(3, 3, 0, 0, 0, 4.0, 2.0)
    assert january.b_to_a == Flow(1, 0, 0, 1, 0, -2.0, -2.0)
    assert (february.a_to_b, february.b_to_a) == (None, None)  # no report: a gap
    assert (march.a_to_b, march.b_to_a) == (NOTHING, NOTHING)  # a report, and nothing between them: a nought
    assert (april.a_to_b, april.b_to_a) == (NOTHING, Flow(1, 0, 0, 0, 1, -9.0, -9.0))


def test_a_dyad_in_all(record: Record) -> None:
    found = record.dyad("NOR", "DNK")
    assert found.a_to_b == Flow(5, 5, 0, 0, 0, 9.5, 2.375)  # (3 + 1 + 5 + 0.5) / 4
    assert found.b_to_a == Flow(2, 0, 0, 1, 1, -11.0, -5.5)
    assert found.unplaced == {"a_to_b": 2, "b_to_a": 0}
    assert (found.balance.events, found.balance.goldstein) == (0.429, 7.875)  # 3/7; 2.375 + 5.5
    assert found.statuses == {
        "asserted": {"a_to_b": 5, "b_to_a": 2},
        "denied": {"a_to_b": 1, "b_to_a": 0},
        "planned": {"a_to_b": 0, "b_to_a": 1},
    }
    assert found.topics == (
        {"context": "economic", "a_to_b": 2, "b_to_a": 1},
        {"context": "military", "a_to_b": 1, "b_to_a": 0},
    )


def test_a_dyad_in_its_words(record: Record) -> None:
    found = record.dyad("NOR", "DNK")
    days = ["2022-04-01", "2022-03-30/2022-04-02", "2022-01-11", "2022-01-10", "2022-01-03", "2022-01", None]
    assert [e["date"] for e in found.events] == days
    assert found.events[0]["evidence"] == "Bo Dansk met Ada Norr and Eve Finn"
    assert {e["status"] for e in found.others} == {"planned", "denied"}
    assert [(q["spoken"], q["content"]) for q in found.said_a_to_b] == [("of", "we trust Bo Dansk")]
    assert [(q["spoken"], q["content"]) for q in found.said_b_to_a] == [("to", "thanks")]


def test_a_dyad_of_names(record: Record) -> None:
    by_name, by_code = record.dyad("norr", "Bo Dansk"), record.dyad("NOR", "DNK")
    assert (by_name.a.names, by_name.b.names) == (("Ada Norr",), ("Bo Dansk",))
    assert by_name.months == by_code.months
    assert record.dyad("Bo", "NOR").a.names == ("Bo Dansk", "a friend of Bo")


def test_a_dyad_of_days(record: Record) -> None:
    found = record.dyad("NOR", "DNK", since=dt.date(2022, 4, 2), until=dt.date(2022, 6, 30))
    assert (found.a_to_b.events, found.b_to_a.events) == (1, 0)  # that of 30 March to 2 April
    assert found.months == ()
    found = record.dyad("NOR", "DNK", since=dt.date(2021, 12, 1), until=dt.date(2022, 2, 1))
    assert [m.month for m in found.months] == ["2021-12", "2022-01", "2022-02"]
    assert found.months[0].a_to_b is None


def test_a_dyad_without_anything(record: Record) -> None:
    found = record.dyad("NOR", "PER")
    assert (found.months, found.a_to_b, found.events, found.topics) == ((), NOTHING, (), ())
    with pytest.raises(UsageError, match="one and the same"):
        record.dyad("NOR", "Norway")


def mirrored(found: Dyad) -> dict[str, object]:
    """The same with a and b changed over."""
    whole = asdict(found)
    swap = lambda row: {**row, "a_to_b": row["b_to_a"], "b_to_a": row["a_to_b"]}  # noqa: E731
    negative = {k: None if v is None else -v for k, v in whole["balance"].items()}
    return {
        **swap(whole),
        "a": whole["b"],
        "b": whole["a"],
        "months": tuple(map(swap, whole["months"])),
        "topics": tuple(map(swap, whole["topics"])),
        "unplaced": swap(whole["unplaced"]),
        "statuses": {status: swap(ways) for status, ways in whole["statuses"].items()},
        "balance": negative,
        "said_a_to_b": tuple({**q, "way": "a to b"} for q in whole["said_b_to_a"]),
        "said_b_to_a": tuple({**q, "way": "b to a"} for q in whole["said_a_to_b"]),
    }


@pytest.mark.parametrize(("a", "b"), [("NOR", "DNK"), ("NOR", "FIN"), ("Bo", "eve finn"), ("NOR", "Bo")])
def test_a_dyad_is_its_mirror(record: Record, a: str, b: str) -> None:
    assert asdict(record.dyad(b, a)) == mirrored(record.dyad(a, b))


def greeting(year: int, *names: str, extra: str = "", former: tuple[str, ...] = (), **more: str) -> object:
    """A report of 30 December before ``year``: Ada Norr greets all of these."""
    day = f"{year - 1}-12-30"
    deeds = [Deed(ADA, name, more.get("day", day), occasion="new-year") for name in names]
    return told(*deeds, written=day, former=former, extra=extra)


@pytest.fixture(scope="module")
def greetings(tmp_path_factory: pytest.TempPathFactory) -> Record:
    day = "2022-07-09"
    return kept(
        tmp_path_factory.mktemp("greetings") / "record",
        greeting(2021, BO, EVE, "Old Swede/SWE", former=("Old Swede",)),
        greeting(2021, BO, extra="again"),
        greeting(2021, "Kim Iceman/ISL", day="2021-01-04"),
        greeting(2022, BO, "New Swede/SWE", "Lat Via/LVA"),
        told(
            Deed(ADA, EVE, "2022-01-02", occasion="new-year", status="denied"),
            Deed(ADA, BO, day, occasion="condolence"),
            Deed(EVE, ADA, day, occasion="condolence"),
            Deed(ADA, "the widow", day, occasion="condolence"),
            Deed(ADA, BO, "2021/2022", occasion="election"),
            Deed(ADA, BO, day),
            written=day,
        ),
    )  # fmt: skip


def test_messages_by_occasion_and_year(greetings: Record) -> None:
    found = greetings.messages("NOR")
    assert [(r["occasion"], r["year"], r["code"], r["name"], r["former"], r["reports"]) for r in found.sent] == [
        ("condolence", 2022, "DNK", "Bo Dansk", False, 1),
        ("condolence", 2022, None, "the widow", False, 1),
        ("election", None, "DNK", "Bo Dansk", False, 1),
        ("new-year", 2021, "DNK", "Bo Dansk", False, 2),  # of 30 December 2020, told twice
        ("new-year", 2021, "FIN", "Eve Finn", False, 1),
        ("new-year", 2021, "ISL", "Kim Iceman", False, 1),  # of 4 January 2021
        ("new-year", 2021, "SWE", "Old Swede", True, 1),
        ("new-year", 2022, "DNK", "Bo Dansk", False, 1),
        ("new-year", 2022, "LVA", "Lat Via", False, 1),
        ("new-year", 2022, "SWE", "New Swede", False, 1),
    ]
    assert [(r["status"], r["year"], r["name"]) for r in found.apart] == [("denied", 2022, "Eve Finn")]
    assert found.people == found.codes == ()
    assert found.sent[0]["evidence"] == "Ada Norr met Bo Dansk"


def test_messages_received(greetings: Record) -> None:
    found = greetings.messages("Norway", role="recipient")
    assert [(r["occasion"], r["name"]) for r in found.sent] == [("condolence", "Eve Finn")]


def test_messages_of_two_years_side_by_side(greetings: Record) -> None:
    found = greetings.messages("NOR", occasion="New-Year", compare=(2022, 2021))
    assert found.years == (2021, 2022)
    assert [(p.code, p.name, *p.counts.values(), p.former, p.change, p.code_change) for p in found.people] == [
        ("DNK", "Bo Dansk", 2, 1, (), "stays", "stays"),
        ("FIN", "Eve Finn", 1, 0, (), "gone", "gone"),
        ("ISL", "Kim Iceman", 1, 0, (), "gone", "gone"),
        ("LVA", "Lat Via", 0, 1, (), "new", "new"),
        ("SWE", "New Swede", 0, 1, (), "new", "stays"),
        ("SWE", "Old Swede", 1, 0, (2021,), "gone", "stays"),
    ]
    assert [(c.code, *c.counts.values(), c.change) for c in found.codes] == [
        ("DNK", 1, 1, "stays"),
        ("FIN", 1, 0, "gone"),
        ("ISL", 1, 0, "gone"),
        ("LVA", 0, 1, "new"),
        ("SWE", 1, 1, "stays"),
    ]


def test_nobody_is_gone_or_new_where_a_year_has_no_messages(greetings: Record) -> None:
    for years in ((2021, 2030), (1999, 2022)):
        found = greetings.messages("NOR", compare=years, occasion="new-year")
        assert found.people
        assert {p.change for p in found.people} == {None}
    with pytest.raises(UsageError, match="two years"):
        greetings.messages("NOR", compare=[2021])


def test_the_network(record: Record) -> None:
    found = record.network()
    edges = [(e.source, e.target, e.events, e.goldstein_sum, e.goldstein_mean) for e in found.edges]
    assert edges == [
        ("DNK", "FIN", 1, -9.0, -9.0),
        ("DNK", "NOR", 2, -11.0, -5.5),
        ("NOR", "DNK", 5, 9.5, 2.375),
        ("NOR", "FIN", 1, 2.0, 2.0),
    ]
    assert [(n.code, n.done, n.received) for n in found.nodes] == [("DNK", 3, 5), ("NOR", 6, 2), ("FIN", 0, 2)]
    assert [(e.source, e.target) for e in record.network(quad="conflict").edges] == [("DNK", "FIN"), ("DNK", "NOR")]
    assert [e.events for e in record.network(type="assault").edges] == [1, 1]
    assert [e.events for e in record.network(since=dt.date(2022, 4, 2)).edges] == [1]
    assert [e.source for e in record.network(status="denied").edges] == ["NOR"]
    with pytest.raises(UsageError, match="no quad class"):
        record.network(quad="peace")


def test_graphml_holds_the_network(record: Record) -> None:
    found = record.network()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(found.graphml())
    edges = root.findall(f".//{space}edge")
    assert [(e.get("source"), e.get("target")) for e in edges] == [(e.source, e.target) for e in found.edges]
    figures = [{d.get("key"): d.text for d in e.findall(f"{space}data")} for e in edges]
    assert figures[1] == {
        "events": "2", "verbal_cooperation": "0", "material_cooperation": "0", "verbal_conflict": "1",
        "material_conflict": "1", "goldstein_sum": "-11.0", "goldstein_mean": "-5.5",
    }  # fmt: skip
    declared = {(k.get("id"), k.get("for")) for k in root.findall(f"{space}key")}
    assert {(d.get("key"), "edge") for d in root.findall(f".//{space}edge/{space}data")} <= declared


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_reading_changes_nothing(tmp_path: Path, record: Record, seed: int) -> None:
    chance = random.Random(seed)
    readings = list(ALL)
    chance.shuffle(readings)
    other = kept(tmp_path / "record", *readings, batch=chance.randrange(1, 4))
    assert other.dyad("NOR", "DNK") == record.dyad("NOR", "DNK")
    assert other.network() == record.network()
    assert other.messages("NOR") == record.messages("NOR")


def test_values_add_up_exactly_in_any_order(tmp_path: Path) -> None:
    """0.1 ten times is 1, which sums of floats miss."""
    record = kept(tmp_path / "record", told(*[Deed(ADA, BO, "2022-01-01", 0.1)] * 10, written="2022-01-01"))
    assert record.dyad("NOR", "DNK").a_to_b.goldstein_sum == 1.0
    assert record.network().edges[0].goldstein_sum == 1.0
