# ruff: noqa: E501  tables of cases, one a line
"""``dragoman watch`` as a user calls it, in a process of its own where signals matter."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import made_up
from dragoman import cli
from dragoman.commands import watch as command
from dragoman.record import Record
from trick_server import Server, answer, conditional

STORY = "The foreign minister of Chad met his colleague from Niger in Rabat on Monday. They spoke of the number {}."


def feed(*numbers: str) -> str:
    items = "".join(f"<item><title>Talks {n}</title><link>/{n}</link><description>{STORY.format(n)}</description></item>" for n in numbers)  # fmt: skip
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>{items}</channel></rss>'


@pytest.fixture
def call(server: Server, tmp_path: Path) -> list[str]:
    """The words of a call that asks the server's feed once."""
    (tmp_path / "feeds.opml").write_text(f'<opml><body><outline xmlUrl="{server.url("/feed")}"/></body></opml>')
    words = ["watch", str(tmp_path / "feeds.opml"), "--once", "--to", str(tmp_path / "record")]
    return [*words, "--delay", "0.01", "--allow", f"127.0.0.1:{server.port}"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is the stand-in's."""
    monkeypatch.setattr(command, "_reader", lambda _: made_up.Reader())


@pytest.mark.usefixtures("quick")
def test_feeds_once(call: list[str], server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.pages["/feed"] = conditional(feed("one", "two"))
    assert cli.main(call) == 0
    assert "1 looked at: 2 new reports, 0 failures" in capsys.readouterr().out
    assert cli.main(call) == 0
    assert "1 looked at: 0 new reports, 0 failures" in capsys.readouterr().out
    kept = Record(tmp_path / "record").sql("SELECT source, url, publisher FROM articles ORDER BY url")
    assert [(r["source"], r["url"], r["publisher"]) for r in kept] == [
        (f"{server.url('/feed')}#{server.url(p)}", server.url(p), "The Post") for p in ("/one", "/two")
    ]
    assert server.asked[-1][1]["user-agent"].startswith("dragoman/")


@pytest.mark.usefixtures("quick")
def test_failures_are_said_and_kept(call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(call) == 0
    assert "answers 404 (Not Found)" in capsys.readouterr().err
    assert [f["kind"] for f in Record(tmp_path / "record").failures()] == ["missing"]


@pytest.mark.usefixtures("quick")
def test_without_allow_a_server_of_ones_own_is_not_asked(
    call: list[str], server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.pages["/feed"] = answer(feed("one"))
    assert cli.main(call[:-2]) == 0
    assert "not a public one" in capsys.readouterr().err
    assert server.asked == []


@pytest.mark.usefixtures("quick")
def test_a_folder_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("dragoman.watch.folder.SETTLED", 0.05)
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "a.txt").write_text(STORY)
    for new in (1, 0):
        assert cli.main(["watch", str(tmp_path / "press"), "--once", "--to", str(tmp_path / "record")]) == 0
        assert f"{new} looked at: {new} new report" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["none.opml"], ["."], ["https://n.example/feed", "--allow", "localhost"], ["https://n.example/feed", "--every", "soon"],
     ["https://n.example/feed", "--every", "0"], ["ftp://n.example/feed"]],
)  # fmt: skip
def test_wrong_calls(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    more = ["--fetch"] if words == ["."] else []
    try:
        status = cli.main(["watch", *words, *more, "--once"])
    except SystemExit as e:
        status = int(e.code or 0)
    assert status == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86_400), ("7", 7), ("0.5m", 30)]
)
def test_times(text: str, seconds: float) -> None:
    assert command.interval(text) == seconds


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_what_was_read_is_kept(
    number: signal.Signals, call: list[str], server: Server, tmp_path: Path
) -> None:
    server.pages["/feed"] = answer(feed("one"))
    words = [w for w in call if w != "--once"]
    code = (
        "if __name__ == '__main__':\n"  # the parser's process imports this file too
        "    import sys; sys.path.insert(0, 'tests'); import made_up\n"
        "    from dragoman import cli; from dragoman.commands import watch\n"
        "    watch._reader = lambda _: made_up.Reader()\n"
        "    sys.exit(cli.main(sys.argv[1:]))\n"
    )
    (tmp_path / "run.py").write_text(code)
    root = Path(__file__).parent.parent.parent
    run = subprocess.Popen([sys.executable, str(tmp_path / "run.py"), *words], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
    try:
        assert run.stdout is not None
        lines = [run.stdout.readline(), run.stdout.readline()]
        assert "1 looked at: 1 new report" in "".join(lines)
        began = time.monotonic()
        run.send_signal(number)
        _, err = run.communicate(timeout=60)
    finally:
        run.kill()
    assert run.returncode == 0
    assert time.monotonic() - began < 30
    assert "holds 1 report" in err
    assert Record(tmp_path / "record").stats()["reports"] == 1
