"""What the pages say is true of the program: commands, options, paths and links exist, printed outputs are today's."""

from __future__ import annotations

import argparse
import importlib
import itertools
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import Reader, Report, cli
from dragoman.model import Interval

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("curated/*.md"),
     *ROOT.glob("src/dragoman/data/*/README.md"), *ROOT.glob("tests/**/README.md")]
)  # fmt: skip
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
TICKS = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"\.?[\w.*{},-]+(?:/[\w.*{},-]*)+")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
# A path begins in a folder of the repository or of the package, or ends as a file does. Everything else with a slash is
# a rule's address, a name in a table or an interval.
TOP = {p.name for p in ROOT.iterdir() if p.is_dir()} | {p.name for p in (ROOT / "src" / "dragoman").iterdir()}
FILE = re.compile(r"\.(?:py|md|yaml|csv|txt|gz|svg|toml|jsonl|json|html)$")
# Folders that a user of the page makes, and measuring sets that are no part of the repository.
ELSEWHERE = re.compile(r"\.\./shared\b|press/|saved-pages/|your/|/")


@dataclass(frozen=True)
class Page:
    """A page in parts: the blocks between fences (language, words), and the prose without them."""

    path: Path
    blocks: tuple[tuple[str, str], ...]
    prose: str

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))


def page_of(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    return Page(path, tuple((m[1], m[2]) for m in FENCE.finditer(text)), FENCE.sub("", text))


ALL = [page_of(p) for p in PAGES]
every_page = pytest.mark.parametrize("page", ALL, ids=str)


def braced(pattern: str) -> Iterator[str]:
    """``a_{b,c}.csv`` -> a_b.csv, a_c.csv."""
    parts = re.split(r"\{([^{}]*)\}", pattern)  # every second one stood in braces
    for chosen in itertools.product(*(p.split(",") if n % 2 else [p] for n, p in enumerate(parts))):
        yield "".join(chosen)


def stands(name: str, page: Page) -> bool:
    """Whether a path exists, seen from the page, from the repository or from the package."""
    return any(
        next(base.glob(name.rstrip("/")), None) is not None if "*" in name else (base / name).exists()
        for base in (page.path.parent, ROOT, ROOT / "src" / "dragoman")
    )


@every_page
def test_links_lead_somewhere(page: Page) -> None:
    links = [x.split("#")[0] for x in LINK.findall(page.prose) if not re.match(r"\w+:", x)]
    assert [x for x in links if x and not (page.path.parent / x).exists()] == []


@every_page
def test_paths_exist(page: Page) -> None:
    named = [n for words in TICKS.findall(page.prose) if "code:" not in words for n in PATH.findall(words)]
    paths = [n for n in named if (n.split("/")[0] in TOP or FILE.search(n)) and not ELSEWHERE.match(n)]
    assert [n for path in paths for n in braced(path) if not stands(n, page)] == []


def command_lines(page: Page) -> list[str]:
    """The calls of ``dragoman`` in fenced blocks, without prompt, pipe and redirection."""
    out = []
    for _, block in page.blocks:
        for line in block.splitlines():
            words = re.sub(r"^\$ ", "", line.strip())
            if re.match(r"dragoman (?=[a-z-])", words) and not words.startswith("dragoman: "):
                out.append(re.split(r" [|>] | # ", words)[0].strip())
    return out


@every_page
def test_examples_of_calls_parse(page: Page) -> None:
    for line in command_lines(page):
        try:
            cli.parse(shlex.split(line, comments=True)[1:])
        except SystemExit as e:
            pytest.fail(f"{line}: exit {e.code}")


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {o for a in parser._actions for o in a.option_strings}


@every_page
def test_commands_and_options_exist(page: Page) -> None:
    top, commands = cli.parsers()
    known = options(top).union(*map(options, commands.values()))
    for script in itertools.chain(*(ROOT.glob(f"{d}/*.py") for d in ("bench", "curated", "docs", "tests"))):
        known |= set(re.findall(r"\"(--[a-z-]+)\"", script.read_text(encoding="utf-8")))
    for words in TICKS.findall(page.prose):
        said = words.split()
        if said[0] == "dragoman" and len(said) > 1 and re.fullmatch(r"[a-z]+", said[1]):
            assert said[1] in commands, words
            assert set(OPTION.findall(words)) <= options(commands[said[1]]), words
        elif not said[0].startswith(("pip", "uv")):
            assert set(OPTION.findall(words)) <= known, words


@every_page
def test_make_targets_exist(page: Page) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    said = [w for w in TICKS.findall(page.prose) if w.startswith("make ")]
    said += [line for _, block in page.blocks for line in block.splitlines() if line.startswith("make ")]
    assert [w for w in said if w.split()[1] not in targets] == []


@every_page
def test_python_compiles(page: Page) -> None:
    for language, block in page.blocks:
        if language == "python":
            compile(block, str(page), "exec")


CONSOLE = [(page, block) for page in ALL for language, block in page.blocks if language == "console"]


def without_lines(text: str) -> str:
    """Line numbers of rows and rules left out: they move with every entry that is added."""
    return re.sub(r"\.(csv|yaml|py):\d+", r".\1", text)


@pytest.mark.parametrize(("page", "block"), CONSOLE, ids=[b.splitlines()[0][2:] for _, b in CONSOLE])
def test_printed_output_is_todays(
    page: Page, block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A block ``console`` is a call and what it prints at 100 columns; a line ``...`` stands for any lines.

    The page's first block ``csv`` is the file newsroom.csv.
    """
    call, *lines = without_lines(block).splitlines()
    own = next((b for language, b in page.blocks if language == "csv"), "")
    (tmp_path / "newsroom.csv").write_text(own, encoding="utf-8")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main(shlex.split(call.removeprefix("$ "))[1:]) == 0
    printed = [line.rstrip() for line in without_lines(capsys.readouterr().out).strip().splitlines()]
    pieces = [list(g) for dots, g in itertools.groupby(lines, lambda line: line == "...") if not dots]
    if "..." not in lines:
        assert printed == lines
    assert printed[: len(pieces[0])] == pieces[0]
    assert printed[-len(pieces[-1]) :] == pieces[-1]
    at = 0
    for piece in pieces:
        at = next((n for n in range(at, len(printed)) if printed[n : n + len(piece)] == piece), -1)
        assert at >= 0, f"not printed any more: {piece}"
        at += len(piece)


DATED = re.findall(
    r"^\| (.+\.) \| (\w+) \| (?:`([\d/.-]+)`|null) \|$",
    (ROOT / "docs" / "dates.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(("sentence", "status", "days"), DATED)
def test_the_sentences_of_dates_md(sentence: str, status: str, days: str, pattern_reader: Reader) -> None:
    day = Interval.parse("2023-05-28").start
    text = f"A calm sea\n\nThe waters between the two old neighbours lay calm on Saturday.\n\n{sentence}"
    reading = pattern_reader.read(Report(text, "a test", published=day, published_from="a test"))
    (event,) = reading.events
    assert (event.status, "" if event.when is None else str(event.when.interval)) == (status, days)


def test_dates_md_has_its_sentences() -> None:
    assert len(DATED) > 10


def test_the_flag_of_actors_md(nlp_reader: Reader) -> None:
    page = (ROOT / "docs" / "actors.md").read_text(encoding="utf-8")
    shown = " ".join(line[2:] for line in page.splitlines() if line.startswith("> "))
    day = Interval.parse("2021-12-30").start
    story = "US Vice President Joe Biden thanked Turkish President Recep Tayyip Erdogan on Thursday."
    text = f"Leaders meet in Ankara\n\n{story}"
    reading = nlp_reader.read(Report(text, "a test", published=day, published_from="a test"))
    assert [f.message for f in reading.flags] == [shown]


@pytest.fixture(scope="module")
def makers() -> dict[str, ModuleType]:
    """The modules of docs/ that make pages out of a reading."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return {name: importlib.import_module(name) for name in ("picture", "walk_page")}
    finally:
        sys.path.remove(str(ROOT / "docs"))


@pytest.mark.parametrize(("page", "maker"), [("picture.svg", "picture"), ("walk.md", "walk_page")])
def test_the_pages_of_a_reading_are_current(
    page: str, maker: str, makers: dict[str, ModuleType], nlp_reader: Reader
) -> None:
    made = getattr(makers[maker], maker)(nlp_reader)
    assert made == (ROOT / "docs" / page).read_text(encoding="utf-8"), "run: make docs"
