"""A record in an object store, as far as workers use it; the server is a real one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from dragoman.errors import RecordError
from dragoman.record.store import VERSION, OvertakenError, Step, Store


@pytest.fixture
def address(s3: str) -> str:
    assert s3.startswith("http://127.0.0.1:")
    return "s3://news/store"


def test_writers_do_not_overwrite_each_other(address: str) -> None:
    made = Store(address)
    made.create()
    made.create()  # a second run finds it
    assert made.exists()
    assert made.version() == VERSION

    def write(who: int) -> None:
        store = Store(address, busy=True)
        for n in range(3):
            store.append("articles", [{"report": f"{who}{n}", "batch": "b"}], Step(f"s{who}", n or None, n + 1))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, range(3)))
    held = sorted(i for piece in made.column("articles", "report") for i in piece)
    assert held == [f"{who}{n}" for who in range(3) for n in range(3)]
    assert [made.reached(f"s{who}") for who in range(4)] == [3, 3, 3, None]
    with pytest.raises(OvertakenError):
        made.append("articles", [{"report": "x", "batch": "b"}], Step("s1", 2, 3))


def test_unsafe_commits_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_S3_ALLOW_UNSAFE_RENAME", "true")
    with pytest.raises(RecordError, match="overwrite each other"):
        Store(address).create()
