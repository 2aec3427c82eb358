"""The server that plays tricks, and a wire that may ask it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

import pytest

from dragoman.watch.addresses import Allowed
from dragoman.watch.wire import Wire
from trick_server import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


@pytest.fixture
def wire(server: Server) -> Any:
    """Makes a Wire that may ask the server, and no other machine that is not public."""

    def make(**more: Any) -> Wire:
        allowed = (Allowed(ipaddress.ip_address("127.0.0.1"), server.port),)
        return Wire("dragoman/test", **{"seconds": 3.0, "limit": 200_000, "allowed": allowed, **more})

    return make
