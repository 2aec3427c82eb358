"""The interface for programs: what its description says, pages that stay put, errors that say what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from dragoman.record import Record
from dragoman.web.app import make_app
from hand_made import Deed, told
from web_pile import report_of


def all_of(client: TestClient, address: str) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        page = client.get(following).json()
        out += page["rows"]
        following = page["next"]
    return out


@pytest.mark.parametrize(
    "address", ["/api/events?limit=7", "/api/quotes?limit=3", "/api/reports?limit=10", "/api/flags?limit=1"]
)
def test_pages_together_are_everything(client: TestClient, folder: Path, address: str) -> None:
    rows = all_of(client, address)
    name = address.split("/")[2].split("?")[0].replace("reports", "articles")
    assert len(rows) == Record(folder).sql(f"SELECT count(*) AS n FROM {name}")[0]["n"]
    assert len({(r["report"], r.get("id")) for r in rows}) == len(rows)


def test_pages_stay_put_while_rows_are_added(own: Path) -> None:
    client = TestClient(make_app(own, make_reader=None), base_url="http://localhost")
    before = [r["id"] for r in all_of(client, "/api/events")]
    page = client.get("/api/events?limit=10").json()
    seen = [r["id"] for r in page["rows"]]
    assert seen == before[:10]
    record = Record(own)
    with record.writer() as writer:
        for year in ("1999", "2035"):
            writer.add(told(Deed("Ada Norr/NOR", "Eve Finn/FIN", f"{year}-01-01"), written=f"{year}-01-02"))
    fresh = TestClient(make_app(own, make_reader=None), base_url="http://localhost")
    rest = [r["id"] for r in all_of(fresh, page["next"])]
    assert [i for i in rest if i in before] == before[10:]
    assert len(rest) == len(before[10:]) + 1  # the one of 2035; that of 1999 is behind us


def test_filters_are_those_of_the_record(client: TestClient, folder: Path) -> None:
    got = all_of(client, "/api/events?source=NOR&type=aid&since=2022&until=2022-01")
    assert [r["id"] for r in got] == [r["id"] for r in Record(folder).events(source="NOR", type="AID")]
    assert (
        client.get("/api/dyad?a=NOR&b=DNK").json()["a_to_b"]["events"]
        == Record(folder).dyad("NOR", "DNK").a_to_b.events
    )


def test_a_reading_and_its_reasons(client: TestClient, folder: Path) -> None:
    ident = report_of(folder, "we trust")
    reading = client.get(f"/api/reports/{ident}").json()
    kept = Record(folder).report(ident)
    assert reading == {**kept.object, "text": kept.text}
    why = client.get(f"/api/reports/{ident}/e1/why").json()
    assert why[0]["rule"] == "code:segment.segment"
    assert why[0]["place"].startswith("reading/segment/")
    assert client.get(f"/api/reports/{ident}/e99/why").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/nothing", 404),
        ("/api/events?limit=0", 422),
        ("/api/events?limit=x", 422),
        ("/api/events?since=soon", 422),
        ("/api/events?since=2023-02-30", 400),
        ("/api/events?after=x", 400),
        ("/api/events?after=W10", 400),
        ("/api/reports/zz", 404),
        ("/api/dyad?a=NOR", 422),
        ("/api/network?quad=war", 400),
        ("/api/stories/none", 404),
        ("/api/events?words=%00", 400),
    ],
)
def test_problems(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_nothing_can_be_written(client: TestClient) -> None:
    for path, methods in client.get("/api/openapi.json").json()["paths"].items():
        assert set(methods) == {"get"}, path
        assert client.post(path).status_code == 405


def test_any_question_is_answered_as_described(folder: Path) -> None:
    """schemathesis makes questions up by the description, sensible and senseless ones."""
    app = make_app(folder, make_reader=None, hosts=("localhost", "127.0.0.1", "testserver"))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    checked = []

    for operation in schema.get_all_operations():
        strategy = operation.ok().as_strategy()

        @settings(
            max_examples=15, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=strategy)
        def one(case: Any) -> None:
            # A day may look like one and be none, as 2023-02-30: it is refused in words.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        one()
        checked.append(operation.ok().path)
    assert len(checked) >= 12
