"""For whom a request is, who sends it, how large and slow it may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.web import guard
from dragoman.web.app import make_app

HOME = "http://127.0.0.1:8350"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8350", "localhost", "LOCALHOST:1", "[::1]:8350"])
def test_our_own_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8350", "127.0.0.1.evil.example", "", "10.0.0.7", "localhost.:x"]
)
def test_a_name_of_somebody_elses(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/style.css", "/api/stats", "/api/nothing", "/events.csv"])
def test_headers_of_every_answer(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == guard.POLICY
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_no_page_is_for_others_to_read(client: TestClient) -> None:
    answer = client.get("/api/stats", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_too_long(client: TestClient) -> None:
    assert client.get("/events?words=" + "a" * 9000).status_code == 414
    assert client.post("/events", content=b"", headers={"content-length": "99999999999"}).status_code == 413


def test_a_token_is_asked_of_everybody(folder: Path) -> None:
    app = make_app(folder, hosts=("desk.example",), token="sésame", make_reader=None)
    asks = TestClient(app, base_url="http://desk.example", follow_redirects=False)
    for path in ("/", "/static/style.css", "/api/stats", "/?token=wrong", "/?token="):
        assert asks.get(path).status_code == 401, path
    assert asks.get("/api/stats", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert asks.get("/", headers={"host": "evil.example"}).status_code == 421
    assert asks.get("/", headers={"host": "192.0.2.7:8350"}).status_code == 401


def test_with_the_token(folder: Path) -> None:
    app = make_app(folder, hosts=("desk.example",), token="sesame", make_reader=None)
    asks = TestClient(app, base_url="http://desk.example", follow_redirects=False)
    assert asks.get("/api/stats", headers={"authorization": "Bearer sesame"}).status_code == 200
    answer = asks.get("/events?source=NOR&token=sesame")
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?source=NOR")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Strict" in answer.headers["set-cookie"]
    assert asks.get("/events?source=NOR").status_code == 200  # by the cookie
    assert asks.get("http://desk.example//evil.example/?token=sesame").headers["location"] == "/evil.example/"
