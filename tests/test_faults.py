"""What goes wrong around a run, done for real: full disks, folders turned read-only, clocks, bombs, a million files.

The large ones run with DRAGOMAN_LARGE=1: a line of 2 GB (sparse) and a folder of 1,000,000 files; some minutes.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import hostile
import made_up
from dragoman import intake
from dragoman.crew.crew import Limits
from dragoman.crew.keep import read_in_crew
from dragoman.errors import RecordError
from dragoman.model import Failure, Report
from dragoman.record import Record

ROOT = Path(__file__).parent.parent
LIMITS = Limits(seconds=30.0)
LARGE = pytest.mark.skipif(not os.environ.get("DRAGOMAN_LARGE"), reason="takes minutes: DRAGOMAN_LARGE=1")
ENGLISH = (
    "The envoy of Chad met the king in Rabat on Monday and said that the two states would open a new road for trade.\n"
)
LINE = json.dumps({"text": ENGLISH}).encode() + b"\n"

# The command line over the stand-in reader, in a process of its own.
PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import hostile
from dragoman import cli
from dragoman.commands import read
read.recipe_of = lambda _args, _shared: hostile.Reader
sys.exit(cli.main(sys.argv[1:]))
"""


def dragoman(*argv: object, before: str = "") -> subprocess.CompletedProcess[str]:
    """One call; before: what the shell does first."""
    program = PROGRAM.format(tests=str(ROOT / "tests"))
    words = [sys.executable, "-c", program, *map(str, argv)]
    shell = ["sh", "-c", f'{before}\nexec "$@"', "sh", *words]
    return subprocess.run(shell, capture_output=True, text=True, check=False, timeout=300)


def reports(path: Path, first: int, last: int) -> Path:
    lines = [json.dumps({"text": made_up.report(n).text, "title": f"Part {n}"}) for n in range(first, last)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def whole(folder: Path) -> int:
    """How many reports count; nothing about them is wrong."""
    record = Record(folder)
    assert record.check().findings == ()
    return len(record.versions())


def one_line(err: str) -> None:
    """One line of ours, the last; a library under the tables may have printed words of its own before it."""
    assert "Traceback" not in err
    assert [line.startswith("dragoman: ") for line in err.splitlines()].count(True) == 1
    assert err.splitlines()[-1].startswith("dragoman: ")


# The record's folder


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """By the limit that the system sets on a file's size: writing fails as it does on a full disk."""
    some, folder = reports(tmp_path / "some.jsonl", 0, 30), tmp_path / "record"
    assert dragoman("read", some, "--to", folder, "--quiet").returncode == 0
    more = reports(tmp_path / "more.jsonl", 0, 900)
    full = dragoman("read", more, "--to", folder, "--quiet", before="ulimit -f 40")
    assert full.returncode == 1
    one_line(full.stderr)
    assert "cannot be read or written" in full.stderr
    assert "File too large" in full.stderr
    assert whole(folder) >= 30
    done = dragoman("read", more, "--to", folder, "--quiet")
    assert done.returncode == 0, done.stderr
    assert whole(folder) == 900


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=False).returncode:
        pytest.skip("NOT RUN: only an administrator may mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_small_disk_fills_up(tmp_path: Path) -> None:
    disk, more = tmp_path / "disk", reports(tmp_path / "more.jsonl", 0, 600)
    with small_disk(disk, 350):
        full = dragoman("read", more, "--to", disk / "record", "--quiet")
        assert full.returncode == 1
        one_line(full.stderr)
        assert "No space left" in full.stderr
        before = whole(disk / "record")
        subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
        done = dragoman("read", more, "--to", disk / "record", "--quiet")
        assert done.returncode == 0, done.stderr
        assert f"{before:,} already in the record" in " ".join(done.stdout.split()) or not before
        assert whole(disk / "record") == 600


def test_a_folder_turned_read_only(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, 200_000):
        record = Record(disk / "record", create=True)
        items = [made_up.report(n) for n in range(60)]
        made = read_in_crew(hostile.Reader, items, record, workers=2, limits=LIMITS, batch=10)
        for _ in range(25):
            next(made)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(RecordError, match="the record cannot be"):
            list(made)
        assert whole(disk / "record") == 20
        call = dragoman("read", reports(tmp_path / "a.jsonl", 0, 5), "--to", disk / "record", "--quiet")
        assert call.returncode == 1
        one_line(call.stderr)
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        list(read_in_crew(hostile.Reader, items, record, workers=2, limits=LIMITS))
        assert whole(disk / "record") == 60


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    call = dragoman("read", reports(tmp_path / "a.jsonl", 0, 5), "--to", tmp_path / "file" / "record", "--quiet")
    assert call.returncode == 1
    one_line(call.stderr)
    assert "no record can be made here" in call.stderr


@pytest.mark.parametrize("year", [2001, 2099])
def test_a_clock_that_jumped(tmp_path: Path, year: int) -> None:
    """What was kept while the clock stood wrong counts like the rest, and the newer reading wins whatever the time."""
    folder = tmp_path / "record"
    record = Record(folder, create=True)
    items = [made_up.report(n) for n in range(20)]
    list(read_in_crew(hostile.Reader, items, record, workers=1, limits=LIMITS, batch=5))
    wrong = int(time.mktime((year, 1, 1, 0, 0, 0, 0, 1, 0)))
    for log in folder.rglob("_delta_log/*.json"):
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        for line in lines:
            for part, name in (("commitInfo", "timestamp"), ("add", "modificationTime")):
                if part in line:
                    line[part][name] = wrong * 1000
        log.write_text("\n".join(map(json.dumps, lines)) + "\n")
    for path in folder.rglob("*.*"):
        os.utime(path, (wrong, wrong))
    record = Record(folder, create=True)
    newer = made_up.Reader("made-up 2")
    assert newer.version != hostile.Reader().version
    list(read_in_crew(hostile.Newer, items[:5], record, workers=1, limits=LIMITS, again=True))
    more = [made_up.report(n) for n in range(20, 30)]
    list(read_in_crew(hostile.Reader, more, record, workers=1, limits=LIMITS, batch=5))
    record.link()
    record.compact()
    assert whole(folder) == 30
    versions = Record(folder).versions()
    assert [versions[made_up.report(n).id] for n in (0, 4, 5, 29)] == ["made-up 2"] * 2 + ["made-up 1"] * 2


# Inputs


def poison(folder: Path) -> dict[str, str]:
    """A folder of what newsrooms are sent, and what becomes of each: a failure's kind, or "report"."""
    deep = b"<html><body>" + b"<div>" * 100_000 + ENGLISH.encode() * 5
    control = bytes(range(1, 9)) * 40
    some = b" ".join(b'a%d="x"' % n for n in range(100_000))
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("bomb.txt", b"a" * 20_000_000)
    made: dict[str, tuple[bytes, str]] = {
        "a.txt": (ENGLISH.encode(), "report"),
        "b-cut.txt.gz": (gzip.compress(os.urandom(40_000).hex().encode())[:-500], "broken-archive"),
        "c-deep.html": (deep, "no-article"),
        "d-bytes.txt": (b"\x81\x8d\x8f\x90\x9d" * 200, "encoding"),
        "e-nul.txt": (ENGLISH.encode() + b"\0\0" + ENGLISH.encode(), "binary"),
        "f-controls.txt": (ENGLISH.encode() + control, "binary"),
        "g-halves.jsonl": (b'{"text": "' + ENGLISH.strip().encode() + b' \\ud800 and \\udfff."}\n', "report"),
        "h-raw-halves.txt": (ENGLISH.encode() + b"\xed\xa0\x80", "encoding"),
        "i-empty.txt": (b"", "empty"),
        "j-bomb.txt.gz": (gzip.compress(b"a" * 20_000_000), "too-large"),
        "k-lines.jsonl.gz": (gzip.compress(b"\n" * 20_000_000), "broken-archive"),
        "l-no-blank.txt": (b"a" * 5_000_000, "too-large"),
        "m-nested.jsonl": (b'{"text": ' + b"[" * 100_000 + b"\n", "broken-json"),
        "n-nested.json": (b'{"a":' * 100_000, "broken-json"),
        "o-attributes.html": (b"<html><body><p " + some + b">" + ENGLISH.encode() + b"It snowed.", "report"),
        "p-bomb.zip": (zipped.getvalue(), "binary"),
        "z.txt": (ENGLISH.encode() + b"It rained.", "report"),
    }
    folder.mkdir()
    for name, (content, _) in made.items():
        (folder / name).write_bytes(content)
    return {name: kind for name, (_, kind) in made.items()}


def test_a_folder_of_bad_files_costs_only_them(tmp_path: Path) -> None:
    want = poison(tmp_path / "in")
    record = Record(tmp_path / "record", create=True)
    got = {}
    for outcome in read_in_crew(hostile.Reader, intake.found([str(tmp_path / "in")]), record, workers=2, limits=LIMITS):
        name = Path(outcome.source).name.split(":")[0]
        got[name] = outcome.failure.kind if outcome.failure else "report"
        if outcome.failure:
            assert outcome.failure.source in outcome.failure.message
            assert outcome.failure.message.endswith(".")
    assert got == want
    assert whole(tmp_path / "record") == 4
    assert len(record.failures()) == len(want) - 4


def test_a_bomb_of_lines_is_left_early(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINE + b"\n" * 30_000_000))
    began = time.process_time()
    items = list(intake.inputs([str(path)]))
    assert time.process_time() - began < 20
    assert isinstance(items[0], Report)
    (failure,) = [i for i in items if isinstance(i, Failure)]
    assert failure.kind == "broken-archive"
    assert "rest was left unread" in failure.message


def test_text_that_packs_well_is_no_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=6) as f:
        for n in range(70_000):
            f.write(json.dumps({"text": f"{ENGLISH} It was day {n * 7919 % 100_003}.", "n": str(n)}).encode() + b"\n")
    assert sum(1 for _ in intake.found([str(path)])) == 70_000


def memory() -> int:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@LARGE
def test_a_line_of_2_gb(tmp_path: Path) -> None:
    """DRAGOMAN_LARGE=1 pytest tests/test_faults.py -k 2_gb"""
    path = tmp_path / "a.jsonl"
    with path.open("wb") as f:
        f.write(LINE + b'{"text": "')
        f.truncate(f.tell() + 2**31 + 5)  # sparse: it takes no room on the disk
        f.seek(0, os.SEEK_END)
        f.write(b'"}\n' + LINE)
    before, began = memory(), time.process_time()
    kinds = [i.kind if isinstance(i, Failure) else "report" for i in intake.inputs([str(path)])]
    print(f"a line of 2 GB: {time.process_time() - began:.1f} s, {memory() - before} MB")
    assert kinds == ["report", "too-large", "report"]
    assert memory() - before < 100


@LARGE
def test_a_folder_of_a_million_files(tmp_path: Path) -> None:
    """DRAGOMAN_LARGE=1 pytest tests/test_faults.py -k million --basetemp=/dev/shm/million"""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(1_000_000):
        with open(folder / f"{n:07d}.txt", "w") as f:  # noqa: PTH123
            f.write(f"Report {n}: rain.")
    before, began = memory(), time.monotonic()
    items = intake.inputs([str(folder)])
    first = next(items)
    listed = time.monotonic() - began
    assert isinstance(first, Report)
    found = 1 + sum(isinstance(i, Report) for i in items)
    shutil.rmtree(folder)
    print(
        f"1,000,000 files: the first after {listed:.1f} s, all after {time.monotonic() - began:.0f} s, "
        f"{memory() - before} MB"
    )
    assert found == 1_000_000
    assert memory() - before < 250
