"""dyad, messages, network and check as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dragoman import cli
from dragoman.record import Record
from dragoman.record.store import Store
from dragoman.show.chart import chart
from hand_made import Deed, Said, kept, told

ADA, BO, EVE = "Ada Norr/NOR", "Bo Dansk/DNK", "Eve [b]Finn\x1b/FIN"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    blame = Deed(BO, ADA, "2022-01-11", -2.0, "verbal conflict", "ACCUSE")
    new_year = Deed(ADA, EVE, "2021-12-30", occasion="new-year")
    kept(
        tmp_path / "record",
        told(*[Deed(ADA, BO, "2022-01-03", 3.0, contexts=("trade",))] * 3, blame, written="2022-01-12"),
        told(Said(ADA, "hail Bo Dansk", to=BO, day="2022-05-01"), new_year, written="2022-05-01"),
        told(Deed(ADA, BO, "2022-06-01", 3.0), Deed(BO, ADA, "2022-07-01", status="planned"), written="2022-06-02"),
        told(Deed(ADA, BO, "2020-12-30", occasion="new-year"), written="2020-12-30", former=["Bo Dansk"]),
    )
    return str(tmp_path / "record")


def printed(capsys: Output, *argv: str, status: int = 0) -> str:
    capsys.readouterr()
    assert cli.main(argv) == status
    return capsys.readouterr().out


def test_dyad(record: str, capsys: Output) -> None:
    lines = [line.rstrip() for line in printed(capsys, "dyad", "NOR", "Bo Dansk", "--record", record).splitlines()]
    assert lines[:2] == ["NOR and Bo Dansk", "  Bo Dansk: Bo Dansk"]
    assert "2021-01 to 2021-12  no reports" in lines
    assert "2022-05  nothing between them in 1 report" in lines
    assert "  about  trade 3/0" in lines
    assert any("“hail Bo Dansk”" in line for line in lines)
    assert any(line.startswith("Not counted above: planned 0/1") for line in lines)
    january = next(line for line in lines if line.startswith("2022-01 "))
    assert january.split()[1:3] == ["3", "+3.0"]
    assert january.split()[4:6] == ["1", "-2.0"]
    assert set(january.split()[3]) == {"+"}
    assert set(january.split()[6]) == {"-"}


def test_json_of_a_dyad(record: str, capsys: Output) -> None:
    found = json.loads(printed(capsys, "dyad", "NOR", "DNK", "--json", "--since", "2022", "--record", record))
    assert found["since"] == "2022-01-01"
    assert (found["a_to_b"]["events"], found["b_to_a"]["goldstein_mean"]) == (4, -2.0)
    assert found["months"][1] == {"month": "2022-02", "reports": 0, "a_to_b": None, "b_to_a": None}


def test_a_picture_of_two_sides(record: str, capsys: Output, tmp_path: Path) -> None:
    svg, png = tmp_path / "two.svg", tmp_path / "two.png"
    asked = ("dyad", "NOR", "DNK", "--record", record)
    before = printed(capsys, *asked)
    assert printed(capsys, *asked, "--plot", str(svg)) == before
    assert ElementTree.parse(svg).getroot().tag.endswith("svg")
    drawn = svg.read_text(encoding="utf-8")
    assert all(words in drawn for words in ("NOR → DNK", "DNK → NOR", "cooperation", "conflict", "2022-01"))
    spec = chart(Record(record).dyad("NOR", "DNK"))
    rows = [row for rows in spec["datasets"].values() for row in rows]
    assert {"month": "2022-01", "kind": "cooperation", "events": 3} in rows
    assert {"month": "2021-06"} in rows  # a gap
    assert {"month": "2022-05", "kind": "conflict", "events": 0} in rows  # a month in which nothing was told of the two
    printed(capsys, *asked, "--plot", str(png))
    assert png.read_bytes().startswith(b"\x89PNG")
    assert cli.main([*asked, "--plot", str(tmp_path / "two.gif")]) == 2
    assert cli.main([*asked, "--plot", str(tmp_path / "no" / "two.svg")]) == 2


def test_messages(record: str, capsys: Output) -> None:
    out = printed(capsys, "messages", "NOR", "--record", record)
    assert "new-year 2021, sent by NOR: 1\n  former Bo Dansk (DNK)" in out
    assert "new-year 2022, sent by NOR: 1\n  Eve [b]Finn\\x1b (FIN)" in out
    out = printed(capsys, "messages", "NOR", "--compare", "2021", "2022", "--record", record)
    assert [line.split()[-3:] for line in out.splitlines()[2:4]] == [["1", "—", "gone"], ["—", "1", "new"]]
    assert "new codes: FIN" in out
    assert "codes no longer among them: DNK" in out
    lines = printed(capsys, "messages", "NOR", "--compare", "2021", "2022", "--csv", "--record", record).splitlines()
    assert lines[:2] == [
        "occasion,code,name,2021,2022,former,change,code_change",
        "new-year,DNK,Bo Dansk,1,0,2021,gone,gone",
    ]
    rows = [json.loads(x) for x in printed(capsys, "messages", "NOR", "--json", "--record", record).splitlines()]
    assert [(r["year"], r["code"]) for r in rows] == [(2021, "DNK"), (2022, "FIN")]
    assert "no message received by NOR" in printed(capsys, "messages", "NOR", "--role", "recipient", "--record", record)
    assert cli.main(["messages", "NOR", "--compare", "2021", "--record", record]) == 2


def test_network(record: str, capsys: Output, tmp_path: Path) -> None:
    out = printed(capsys, "network", "--record", record)
    assert out.splitlines()[:4] == [
        "     NOR  DNK  FIN",
        "NOR    ·    5    1",
        "DNK    1    ·    ·",
        "FIN    ·    ·    ·",
    ]
    assert "3 of 3 codes; 7 asserted events in 3 directed pairs" in out
    assert len(printed(capsys, "network", "--top", "2", "--record", record).splitlines()[0].split()) == 2
    file = tmp_path / "deals.graphml"
    found = json.loads(printed(capsys, "network", "--json", "--graphml", str(file), "--record", record))
    assert len(found["edges"]) == file.read_text(encoding="utf-8").count("<edge ") == 3
    assert printed(capsys, "network", "--csv", "--record", record).startswith("source,target,events,verbal_cooperation")
    assert cli.main(["network", "--quad", "peace", "--record", record]) == 2
    assert cli.main(["network", "--graphml", str(tmp_path), "--record", record]) == 2


def test_check(record: str, capsys: Output) -> None:
    assert "nothing is wrong" in printed(capsys, "check", "--record", record)
    assert json.loads(printed(capsys, "check", "--json", "--record", record))["findings"] == []
    for file in Store(Path(record)).files("quotes"):
        Path(file.path).write_bytes(b"no parquet")
    out = printed(capsys, "check", "--record", record, status=1)
    assert out.splitlines()[0].startswith("record: ")
    assert out.splitlines()[-1] == "1 thing wrong"


@pytest.mark.parametrize("width", ["40", "80", "200"])
@pytest.mark.parametrize(
    "argv",
    [("dyad", "NOR", "DNK"), ("messages", "NOR"), ("messages", "NOR", "--compare", "2021", "2022"), ("network",)],
)
def test_answers_fit_the_width(
    record: str, capsys: Output, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    out = printed(capsys, *argv, "--record", record)
    assert max(len(line) for line in out.splitlines()) <= int(width)
    assert "\x1b" not in out
