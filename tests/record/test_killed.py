"""A process that reads, links, joins files and forgets is killed at random moments: what is kept stays whole.

DRAGOMAN_KILLS=50 sets how often; a few times are enough for every day.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import made_up
from dragoman.record import Record
from dragoman.record.lock import held

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "2"))
REPORTS = 80

# Reads made-up reports in batches of 5 and prints what is kept, joins files often, links, and forgets the report 0.
PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import made_up
from pathlib import Path
from dragoman.record import Record, care, read_all
care.MANY_FILES = 6
record = Record(Path(sys.argv[1]), create=True)
for begin in range(0, {reports}, 20):
    reports = [made_up.report(n) for n in range(begin, begin + 20)]
    for outcome in read_all(made_up.Reader().read, reports, record, batch=5):
        pass
    print(*sorted(record.versions()), flush=True)
    record.link()
    if begin == 40:
        record.compact()
    if begin == 60 and made_up.report(0).id in record.versions():
        record.forget(made_up.report(0).id)
"""


def process(folder: Path) -> subprocess.Popen[str]:
    program = PROGRAM.format(tests=str(Path(__file__).parent.parent), reports=REPORTS)
    return subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)


def whole(record: Record) -> set[str]:
    """The reports that count; everything that is kept is whole, once, and what its text says."""
    found = record.check()
    assert found.findings == ()
    assert found.rows["articles"] == found.rows["events"] == found.rows["quotes"] == found.rows["sketches"]
    assert record.sql("SELECT event FROM links GROUP BY event, other HAVING max(score) <> min(score)") == []
    return set(record.versions())


def test_killed_at_random_moments(tmp_path: Path) -> None:
    folder, chance, before = tmp_path / "record", random.Random(3), set[str]()
    forgotten = made_up.report(0).id
    began = time.monotonic()
    assert process(tmp_path / "whole").wait() == 0
    takes = time.monotonic() - began
    for _ in range(KILLS):
        run = process(folder)
        time.sleep(chance.uniform(0.2, takes))
        run.kill()
        out, _ = run.communicate()
        said = {ident for line in out.splitlines() for ident in line.split()}
        record = Record(folder, create=True)
        if any(f.report == forgotten for f in record.check().findings):  # it was killed in the middle of forgetting
            record.forget(forgotten)
        now = whole(record)
        assert (before | said) - now <= {forgotten}
        before = now
    last = process(folder)
    last.communicate()
    assert last.returncode == 0
    record = Record(folder)
    assert len(whole(record) | {forgotten}) == REPORTS
    assert record.link().reports == 0


def test_a_killed_process_lets_go_of_its_turn(tmp_path: Path) -> None:
    Record(tmp_path / "record", create=True)
    program = (
        "import sys, time; from pathlib import Path; from dragoman.record.lock import held\n"
        "with held(Path(sys.argv[1]), 'write', exclusive=True):\n    print('held', flush=True); time.sleep(60)"
    )
    folder = tmp_path / "record"
    run = subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.readline()
    run.kill()
    run.communicate()
    with held(folder, "write", exclusive=True):
        pass
