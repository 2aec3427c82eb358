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

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MEMORY = 80 * 2**20  # bytes of each machine's object store: what is read does not go through it
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}


MARK = "DRAGOMAN_TEST"


def workers() -> list[int]:
    """The processes of our cluster that read."""
    own, some = f"{MARK}={os.getpid()}".encode(), []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            reads = (place / "cmdline").read_bytes().startswith(b"ray::MapWorker")
            if reads and own in (place / "environ").read_bytes().split(b"\0"):
                some.append(int(place.name))
        except OSError:  # it has ended meanwhile
            continue
    return some


def node() -> dict[str, Any]:
    """One machine of one processor."""
    return {"num_cpus": 1, "object_store_memory": MEMORY, "include_dashboard": False}


@pytest.fixture(scope="session")
def settings() -> Iterator[None]:
    """What the cluster's processes inherit: our stand-in for a reader, and the keys of the S3 server."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("NOT RUN: needs Ray, which is not installed. make cluster installs it")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_worker_niceness", "0")  # else workers wait for whatever else the machine does
        patch.setenv(MARK, str(os.getpid()))
        for name, value in KEYS.items():
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

    made = Cluster(initialize_head=True, head_node_args=node() | {"num_cpus": 0})
    made.add_node(**node())
    made.add_node(**node())
    start(made.address)
    yield made
    ray.shutdown()
    made.shutdown()
