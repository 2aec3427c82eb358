"""Servers of the pages, and a browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

import made_up
from dragoman.web.app import make_app
from hand_made import kept
from web_pile import READINGS


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record's folder."""
    path = tmp_path_factory.mktemp("web") / "record"
    kept(path, *READINGS).link()
    return path


@pytest.fixture(scope="session")
def client(folder: Path) -> TestClient:
    """Asks the pages without a server; nothing can be added."""
    return TestClient(
        make_app(folder, make_reader=None), base_url="http://127.0.0.1:8350", raise_server_exceptions=True
    )


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """A copy of the record, for a test that changes it."""
    return Path(shutil.copytree(folder, tmp_path / "record"))


def serving(folder: Path) -> Iterator[str]:
    """A real server; its address."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen(64)
        app = make_app(folder, make_reader=lambda: made_up.Reader())  # type: ignore[arg-type,return-value]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of a copy of the record."""
    yield from serving(Path(shutil.copytree(folder, tmp_path_factory.mktemp("served") / "record")))


@pytest.fixture
def own_server(own: Path) -> Iterator[str]:
    """The address of a server of a record that the test writes into."""
    yield from serving(own)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or a loud skip where none is installed."""
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if found is None:
        pytest.skip("NOT RUN: no Chromium here. apt-get install chromium")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A fresh page. What it writes to the console, and any dialog, fails the test."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    made = context.new_page()
    said: list[str] = []
    made.on("console", lambda m: said.append(m.text))
    made.on("pageerror", lambda e: said.append(str(e)))
    made.on("dialog", lambda d: (said.append(d.message), d.dismiss()))
    made.on("request", lambda r: said.append(r.url) if not r.url.startswith(server) else None)
    yield made
    context.close()
    assert said == []
