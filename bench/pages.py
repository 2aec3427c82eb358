"""Milliseconds that each page of `dragoman serve` takes on a record, for one client and for several at once.

    python bench/pages.py FOLDER [--rounds 10] [--clients 20] [--reading 100]

Every page is asked for once to warm up, when the server has made its ledger. The questions of a page differ from round
to round, so that none is remembered. With --reading another process adds so many made-up reports each second
meanwhile: to FOLDER, so give a copy. Printed are the median and the 95th percentile of the server, without a network,
and the median of the CPU time of all its threads, which says more on a machine that others use.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from dragoman.record import Record
from dragoman.web.app import make_app

sys.path.insert(0, str(Path(__file__).parent))

from big_record import make

PAGES = (
    "/?page={n}", "/events?size=5{n}", "/events?source=RUS&sort=-day&page={n}", "/quotes?source=TUR&page={n}",
    "/dyad?a=RUS&b=TUR&since={year}", "/actor?name={code}", "/messages?who={code}", "/network?since={year}",
    "/stories?actor={code}", "/report/{report}", "/api/events?limit=9{n}",
)  # fmt: skip
CODES = ("USA", "RUS", "CHN", "UKR", "GBR", "DEU", "FRA", "TUR", "ISR", "IRN")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--reading", type=int, help="reports that are added each second meanwhile: to FOLDER itself")
    args = parser.parse_args()
    reports = [r["report"] for r in Record(args.folder).sql("SELECT report FROM articles LIMIT 10")]
    app = make_app(args.folder, make_reader=None)
    client = TestClient(app, base_url="http://localhost")
    began, worked = time.perf_counter(), time.process_time()
    client.get("/")
    inner: Any = app.app
    inner.state.house.shelf.settled(600)
    print(
        f"ready after {time.perf_counter() - began:.0f} s, {time.process_time() - worked:.0f} s of CPU time; "
        f"memory {_memory()} MiB at most"
    )
    reading = None
    if args.reading:
        reading = multiprocessing.get_context("spawn").Process(
            target=_add, args=(args.folder, args.reading), daemon=True
        )
        reading.start()

    def asked(page: str, n: int) -> tuple[float, float]:
        address = page.format(n=n % 10 + 1, year=2005 + n % 20, code=CODES[n % 10], report=reports[n % len(reports)])
        start, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        took, work = time.perf_counter() - start, time.process_time() - worked
        assert answer.status_code == 200, (address, answer.text[:200])
        return took * 1000, work * 1000

    everything: list[float] = []
    for page in PAGES:
        asked(page, 0)
        took, work = zip(*(asked(page, n) for n in range(1, args.rounds)), strict=True)
        everything += took
        print(
            f"{page:45} median {statistics.median(took):7.0f} ms   p95 {_p95(took):7.0f} ms   "
            f"CPU {statistics.median(work):6.0f} ms", flush=True,
        )  # fmt: skip
    print(f"{'all, one client':45} median {statistics.median(everything):7.0f} ms   p95 {_p95(everything):7.0f} ms")
    began, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(args.clients) as pool:
        shown = list(pool.map(lambda n: asked(PAGES[n % len(PAGES)], n)[0], range(args.clients * 5)))
    clock, work_ = time.perf_counter() - began, time.process_time() - worked
    print(f"{f'all, {args.clients} clients':45} median {statistics.median(shown):7.0f} ms   p95 {_p95(shown):7.0f} ms")
    each = work_ * 1000 / (args.clients * 5)
    print(f"in {clock:.1f} s, {each:.0f} ms of CPU time each; memory {_memory()} MiB at most")
    if reading is not None:
        reading.terminate()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _add(folder: Path, reports: int) -> None:
    """Add made-up reports, a commit a second, until somebody ends it."""
    first = 2 * 10**9 + time.time_ns() // 10**9 % 10**8 * 1000
    while True:
        began = time.perf_counter()
        make(folder, reports, first=first)
        first += reports
        time.sleep(max(0.0, 1.0 - (time.perf_counter() - began)))


def _p95(took: Sequence[float]) -> float:
    return sorted(took)[max(0, round(len(took) * 0.95) - 1)]


if __name__ == "__main__":
    main()
