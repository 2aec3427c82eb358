"""The house's layers, kept by walking the imports: data <- knowledge, model <- reading <- record <- cli, bench."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "dragoman"
FILES = sorted(SOURCE.rglob("*.py"))

# Lower layers never import higher ones.
LAYER = {
    "characters": 0,
    "errors": 0,
    "model": 0,
    "knowledge": 1,
    "reading": 2,
    "version": 3,
    "contract": 3,
    "reader": 3,
    "relation": 2,
    "inputs": 3,
    "intake": 4,
    "relate": 4,
    "explain": 4,
    "record": 4,
    "crew": 5,
    "cluster": 5,
    "watch": 5,
    "show": 5,
    "commands": 6,
    "cli": 6,
    "web": 6,
    "spacy": 6,
    "__init__": 7,
    "__main__": 7,
}


def room(path: Path) -> str:
    """The first name below dragoman/: the package or module whose layer counts."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Absolute names that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{a.name}" for a in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_file_imports_a_higher_layer(path: Path) -> None:
    own = LAYER[room(path)]
    for name in imported(path):
        if name.startswith("dragoman."):
            other = name.split(".")[1]
            if other in LAYER:
                assert LAYER[other] <= own, f"{path} ({room(path)}) imports {name}"


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        ("spacy", ["reading/parse.py", "spacy.py"]),  # the second answers to spaCy, and no other file imports it
        ("deltalake", ["record/store.py"]),
        ("dragoman.spacy", []),
        ("onnxruntime", ["reading/network/encoder.py", "relation/model.py"]),
        ("ray", ["cluster/run.py"]),
        ("pyarrow", ["cluster/shards.py"]),
        ("trafilatura", ["reading/take_in/report.py"]),
    ],
)
def test_a_library_has_one_door(library: str, owners: list[str]) -> None:
    users = [
        str(p.relative_to(SOURCE))
        for p in FILES
        if any(n == library or n.startswith(library + ".") for n in imported(p))
    ]
    assert users == owners


# Packages that are installed under another name than they are imported by.
INSTALLED_AS = {"arro3": "arro3-core", "charset_normalizer": "charset-normalizer", "vl_convert": "vl-convert-python",
                "yaml": "pyyaml"}  # fmt: skip


def test_what_is_imported_is_asked_for_by_name() -> None:
    """Not only brought along by another package, which may change its mind."""
    project = tomllib.loads((SOURCE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for of in project["optional-dependencies"].values() for line in of)]
    named = {re.split(r"[^\w-]", line)[0].lower() for line in asked}
    used = {name.split(".")[0] for path in FILES for name in imported(path)}
    foreign = used - sys.stdlib_module_names - {"dragoman"}
    assert {INSTALLED_AS.get(name, name) for name in foreign} <= named


def test_only_the_watch_asks_other_machines() -> None:
    """What opens connections over the web: one module of watch/, which checks every address."""
    asks = {"http.client", "urllib.request", "requests", "httpx", "httpcore", "urllib3", "ftplib", "smtplib"}
    users = {str(p.relative_to(SOURCE)) for p in FILES if imported(p) & asks}
    assert users == {"watch/wire.py"}


def test_arguments_are_parsed_by_commands_only() -> None:
    users = {room(p) for p in FILES if "argparse" in imported(p)}
    assert users == {"cli", "commands"}


def test_reading_is_pure() -> None:
    """No clock, no randomness, no network, no database, no process below reading/; knowledge comes as an argument."""
    forbidden = {"random", "time", "socket", "requests", "urllib", "httpx", "duckdb", "deltalake", "subprocess", "os"}
    for path in FILES:
        if room(path) == "reading":
            bad = {n for n in imported(path) if n.split(".")[0] in forbidden}
            assert not bad, f"{path} imports {bad}"


def test_no_file_swallows_its_neighbours() -> None:
    """Small files with one theme."""
    for path in FILES:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{path.relative_to(SOURCE)} has {lines} lines: perhaps two themes"
        assert path.stem not in {"utils", "helpers", "misc", "common"}
