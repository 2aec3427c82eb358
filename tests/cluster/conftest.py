"""A real Ray cluster of several machines in one, and a real S3 server, each a loud skip where it is not installed."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.small_cluster import inherited, machine

ROOT = Path(__file__).parent.parent.parent
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}


@pytest.fixture(scope="session")
def settings() -> Iterator[None]:
    """What the cluster's processes inherit: our stand-in for a reader, and the keys of the S3 server."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("NOT RUN: needs Ray, which is not installed. make cluster installs it")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (inherited([str(ROOT / "src"), str(ROOT)]) | KEYS).items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def s3(settings: None) -> Iterator[str]:  # noqa: ARG001
    """The address of an S3 server with an empty bucket ``news``: moto's, in an environment and process of its own."""
    places = [os.environ.get("MOTO_SERVER"), ROOT / ".venv-s3" / "bin" / "moto_server"]
    server = next((str(p) for p in places if p and Path(p).is_file()), None)
    if server is None:
        pytest.skip("NOT RUN: needs moto's S3 server, which is not installed. make cluster installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [server, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(urllib.request.Request(f"{address}/news", method="PUT"), timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_ENDPOINT_URL", address)
            patch.setenv("AWS_ALLOW_HTTP", "true")
            yield address
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def cluster(settings: None, request: pytest.FixtureRequest) -> Iterator[Any]:  # noqa: ARG001
    """A head and two machines more, joined."""
    with contextlib.suppress(pytest.skip.Exception):
        request.getfixturevalue("s3")  # first: its address is inherited
    import ray
    from ray.cluster_utils import Cluster

    from dragoman.cluster.run import start

    made = Cluster(initialize_head=True, head_node_args=machine(0))
    made.add_node(**machine())
    made.add_node(**machine())
    start(made.address)
    yield made
    ray.shutdown()
    made.shutdown()
