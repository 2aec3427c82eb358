"""The command line as a user meets it, over a stand-in reader."""

from __future__ import annotations

import ast
import json
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import made_up
from dragoman import cli, show
from dragoman.commands import read
from dragoman.model import Failure, Report
from dragoman.record import Record

ROOT = Path(__file__).parent.parent
Output = pytest.CaptureFixture[str]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder for a record; reading is the stand-in's, at 80 columns, without colours."""
    monkeypatch.setattr(read, "recipe_of", lambda _args, _shared: made_up.Reader)
    monkeypatch.setattr(read, "found", lambda args: iter([_input(p) for p in args.paths]))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return str(tmp_path / "record")


def _input(path: str) -> Report | Failure:
    """ "3" is the third made-up report, "gone" is not there, anything else is a text itself."""
    if path == "gone":
        return Failure("gone", "missing", "gone does not exist. Check the path.")
    return made_up.report(int(path)) if path.isdigit() else Report(path, "a text")


def ident(n: int) -> str:
    return made_up.report(n).id


def test_read_prints_tables_and_keeps(record: str, capsys: Output) -> None:
    assert cli.main(["read", "1", "--to", record]) == 0
    out = capsys.readouterr().out
    assert "Thanks, part 1\n  2023-05-28 (published 2023-05-28, says a test) · made-up/1.txt" in out
    assert "e1 SUPPORT thank [planned] Ilse Bårdal (NOR) → former Tyria (TYR), him ·" in out
    assert "“We shall not forget it, … nor will our children.”" in out
    assert "f1 ! Minister Bårdal holds no office on that day" in out
    assert "left out: 1 piece, 23 characters: furniture" in out
    assert "1 report read: 1 event, 1 quotation, 1 flag" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert cli.main(["stats", "--record", record]) == 0
    assert "reports             1" in capsys.readouterr().out


def test_read_again_shows_the_same_out_of_the_record(record: str, capsys: Output) -> None:
    cli.main(["read", "1", "2", "--to", record])
    first = capsys.readouterr().out
    cli.main(["read", "1", "2", "--to", record])
    second = capsys.readouterr().out
    tables = second.replace(" · already in the record", "").replace(" ·\n  already in the record", "")
    assert tables.split("0 reports read")[0].split() == first.split("2 reports read")[0].split()
    assert "2 already in the record, not read again" in " ".join(second.split())


@pytest.mark.usefixtures("record")
def test_json_is_the_contract_in_input_order_and_keeps_no_record(
    capsys: Output, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["read", "2", "--json", "gone", "1"]) == 0
    got = capsys.readouterr()
    objects = [json.loads(line) for line in got.out.splitlines()]
    assert [o.get("id") for o in objects] == [ident(2), None, ident(1)]
    assert objects[1] == {
        "source": "gone",
        "failure": {"kind": "missing", "message": "gone does not exist. Check the path."},
    }
    assert got.err == "dragoman: gone does not exist. Check the path.\n"
    assert list(tmp_path.iterdir()) == []


def test_json_out_of_the_record_is_the_same_bytes(record: str, capsys: Output) -> None:
    cli.main(["read", "1", "--json", "--to", record])
    first = capsys.readouterr().out
    cli.main(["read", "1", "--json", "--to", record])
    second = capsys.readouterr().out
    cli.main(["show", ident(1)[:6], "--json", "--record", record])
    assert first == second == capsys.readouterr().out


def test_a_text_that_comes_twice_before_it_is_committed(record: str, capsys: Output) -> None:
    assert cli.main(["read", "1", "2", "1", "--to", record]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert out.count("Thanks, part 1") == 2
    assert "already in the record" in out
    assert "2 reports read" in out
    assert cli.main(["read", "3", "3", "--json", "--to", record]) == 0
    one, two = capsys.readouterr().out.splitlines()
    assert one == two


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT RUN: needs /dev/full")
def test_a_full_disk_is_said_in_words() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "dragoman", "--version"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_failures_do_not_stop_the_rest(record: str, capsys: Output) -> None:
    assert cli.main(["read", "gone", "choke", "1", "--to", record]) == 0
    got = capsys.readouterr()
    assert "dragoman: gone does not exist" in got.err
    assert "ZeroDivisionError" in got.err
    assert "2 inputs could not be read" in got.out
    assert cli.main(["read", "gone", "1", "--to", record, "--strict"]) == 1
    capsys.readouterr()
    assert cli.main(["failures", "--record", record]) == 0
    assert "2 failures" in capsys.readouterr().out


def test_many_reports_are_one_line_each(record: str, capsys: Output) -> None:
    cli.main(["read", *map(str, range(30)), "--to", record])
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 32
    assert f"{ident(7)[:8]}  2023-05-28     1 event   1 quotation  1 !  Thanks, part 7\n" in out


def test_questions(record: str, capsys: Output) -> None:
    cli.main(["read", "1", "2", "--to", record, "--quiet"])
    capsys.readouterr()
    cases = {
        ("events", "--source", "bardal"): 2,
        ("events", "--source", "NOR", "--target", "tyr"): 2,
        ("events", "--source", "Norway"): 2,  # the state's name: all that carries its code
        ("events", "--target", "tyri"): 0,  # whole words only
        ("events", "--actor", "him"): 2,
        ("events", "--type", "threaten"): 0,
        ("events", "--status", "planned", "--limit", "1"): 1,
        ("events", "--since", "2023-05-22"): 2,
        ("events", "--since", "2023-05-23"): 0,
        ("events", "--until", "2023-05"): 2,
        ("events", "--until", "2023-05-19"): 0,
        ("events", "--report", "made-up/1.txt"): 1,
        ("events", "--source", "'; DROP TABLE events --"): 0,
        ("quotes", "--words", "FORGET it"): 2,
        ("quotes", "--since", "1990"): 0,  # no date is no match
        ("quotes", "--source", "NOR", "--target", "Tyria", "--type", "direct"): 2,
        ("flags", "--kind", "office"): 2,
    }
    for words, n in cases.items():
        assert cli.main([*words, "--json", "--record", record]) == 0
        assert len(capsys.readouterr().out.splitlines()) == n, words
    assert cli.main(["events", "--csv", "--record", record]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("report,id,type,mode")
    assert ",NOR,Ilse Bårdal,TYR|,Tyria|him," in lines[1]


def test_explain(record: str, capsys: Output) -> None:
    cli.main(["read", "1", "--to", record, "--quiet"])
    for name, said in {
        "-e1": "⟦Ilse Bårdal of Norland thanked the envoy of Tyria⟧ on Monday.",
        "-q1": "⟦We shall not forget it,⟧",
        "-f1": "holds no office",
        "-a1": "named by: “Minister Ilse Bårdal” (name)",
        "": "when it was written: 2023-05-28",
    }.items():
        capsys.readouterr()
        assert cli.main(["explain", ident(1)[:8] + name, "--record", record]) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert said in out
        assert "Why 1. " in out
    assert cli.main(["explain", ident(1)[:8] + "-e9", "--record", record]) == 2
    assert cli.main(["explain", "ffff", "--record", record]) == 1


def test_wrong_usage_is_status_2() -> None:
    for argv in (["read"], ["events", "--since", "soon"], ["read", "x", "--published", "2023"], ["nonsense"]):
        with pytest.raises(SystemExit) as left:
            cli.main(argv)
        assert left.value.code == 2
    assert cli.main([]) == 2


def test_no_record_is_one_line(tmp_path: Path, capsys: Output) -> None:
    assert cli.main(["events", "--record", str(tmp_path / "none")]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "no such folder" in err


def test_nothing_raw_reaches_the_terminal(record: str, capsys: Output) -> None:
    text = "Evil \x1b[31mred\x1b[0m, \u202ereversed\u202c, \x9b2J and [bold]markup[/bold]"
    cli.main(["read", text, "--to", record])
    out = capsys.readouterr().out
    assert "\\x1b[31mred" in out
    assert "[bold]markup[/bold]" in out
    assert not set(out) & set("\x1b\x9b\u202e\u202c")
    raw = show.json_line(json.dumps({"a": text}, ensure_ascii=False), True)
    assert not set(raw) & set("\x1b\x9b\u202e\u202c")
    assert json.loads(raw) == {"a": text}


@given(st.text())
def test_plain_is_one_printable_line(text: str) -> None:
    for char in show.plain(text):
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(char) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_output_fits_the_width(record: str, capsys: Output, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    cli.main(["read", "1", "--to", record])
    assert max(len(line) for line in capsys.readouterr().out.splitlines() if "record" not in line) <= int(width)


def test_questions_do_not_wait_for_the_language_model() -> None:
    program = (
        "import sys, dragoman.cli as c; c.parsers(); sys.exit('spacy' in sys.modules or 'trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# A whole process over the stand-in: DELAY seconds a report.
PROGRAM = """
import functools, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits that it is ignored
sys.path.insert(0, {tests!r})
import hostile, made_up
from dragoman import cli
from dragoman.commands import read
read.recipe_of = lambda _args, _shared: functools.partial(hostile.Reader, {delay})
read.found = lambda args: (made_up.report(n) for n in range(int(args.paths[0])))
sys.exit(cli.main(sys.argv[1:]))
"""


def _process(delay: float, *argv: str, **streams: int) -> subprocess.Popen[bytes]:
    program = PROGRAM.format(tests=str(ROOT / "tests"), delay=delay)
    return subprocess.Popen([sys.executable, "-c", program, *argv], stderr=subprocess.PIPE, **streams)


def test_interrupted(tmp_path: Path) -> None:
    run = _process(0.05, "read", "1000", "--brief", "--to", str(tmp_path / "r"), stdout=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.readline()  # it is reading now
    run.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, err = run.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert run.returncode == 130
    assert b"holds " in err
    assert Record(tmp_path / "r").check().findings == ()
    assert b"Traceback" not in err


def test_a_broken_pipe_is_quiet() -> None:
    run = _process(0.0, "read", "3000", "--json", stdout=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.readline()
    run.stdout.close()
    assert run.stderr is not None
    assert run.stderr.read() == b""
    assert run.wait() == 0


@pytest.mark.parametrize("page", ["cli.md", "tables.md"])
def test_the_reference_is_current(page: str) -> None:
    program = f"import sys; sys.path.insert(0, 'docs'); import generate; print(ascii(generate.PAGES[{page!r}]()))"
    made = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert ast.literal_eval(made.stdout) == (ROOT / "docs" / page).read_text(encoding="utf-8"), "run: make docs"
