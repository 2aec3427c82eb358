"""A trail of reasons -> sentences, each with its rule's file, line and own words.

Nothing is imported or run for it: functions are found in the program's text, entries in the knowledge files. So a trail
can be explained without loading the language model.
"""

from __future__ import annotations

import ast
import csv
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PACKAGE = Path(__file__).parent
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KINDS = (".yaml", ".csv")
GLOSS = ("about", "says", "why", "note", "gloss")  # keys in which entries say in words what they are for


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a rule stands and what it says of itself. file: below the package; line: from 1."""

    address: str
    file: str
    line: int
    words: str

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trail. rule is None where the address leads nowhere."""

    n: int
    saw: str
    address: str
    rule: Rule | None
    figure: float | None

    def sentences(self) -> tuple[str, str]:
        """What was seen, and by which rule."""
        figure = "" if self.figure is None else f" (figure {self.figure:g})"
        saw = f"{self.n}. {self.saw[:1].upper()}{self.saw[1:]}{figure}"
        if self.rule is None:
            return saw, f"{self.address}: no such rule in this version of dragoman"
        words = f": {self.rule.words}" if self.rule.words else ""
        return saw, f"{self.address} ({self.rule.place}){words}"


def steps(trail: Iterable[Mapping[str, Any]], rules: Rulebook) -> list[Step]:
    """The steps of a trail of the contract: objects with rule, saw and perhaps figure."""
    return [
        Step(n, reason["saw"], reason["rule"], rules.find(reason["rule"]), reason.get("figure"))
        for n, reason in enumerate(trail, 1)
    ]


class Rulebook:
    """Finds rules by their addresses, in the program's text and in the knowledge files."""

    def __init__(self, package: Path = PACKAGE) -> None:
        self._package = package
        self._modules: dict[Path, ast.Module] = {}
        self._entries: dict[Path, dict[str, tuple[int, str]]] = {}
        self._tables: dict[Path, list[tuple[int, list[str]]]] = {}

    def find(self, address: str) -> Rule | None:
        """The rule at ``address``, or None when nothing is there.

        ``code:quotes.floating.floating`` is a function of reading/quotes/floating.py; ``events/THREATEN/warn-of`` an
        entry of data/events/threaten.yaml; ``actors/countries/TUR`` a row of data/actors/countries.csv;
        ``speech/media`` is a whole file.
        """
        if address.startswith("code:"):
            return self._function(address, address.removeprefix("code:").split("."))
        area, *rest = address.split("/")
        if not rest or not area.isidentifier() or not all(rest[:1]):
            return None
        for name in (rest[0], rest[0].lower()):
            base = self._package / "data" / area / name
            if len(rest) == 1 and (
                file := next((f for f in (base.with_suffix(e) for e in KINDS) if f.is_file()), None)
            ):
                return Rule(address, self._below(file), 1, _opening(file))  # the whole file is meant
            if base.with_suffix(".yaml").is_file():
                return self._entry(address, base.with_suffix(".yaml"), "/".join(rest[1:]))
            if base.with_suffix(".csv").is_file():
                return self._row(address, base.with_suffix(".csv"), rest[1:])
        return None

    # Functions

    def _function(self, address: str, parts: Sequence[str]) -> Rule | None:
        for root in (self._package / "reading", self._package):
            for cut in range(len(parts) - 1, 0, -1):
                base = root.joinpath(*parts[:cut])
                for path in (base.with_suffix(".py"), base / "__init__.py"):
                    if path.is_file() and (found := self._defined(address, path, list(parts[cut:]))):
                        return found
        return None

    def _defined(self, address: str, path: Path, names: list[str]) -> Rule | None:
        module = self._module(path)
        node = _member(module, names)
        if node is not None:
            words = (ast.get_docstring(node) or "").split("\n\n")[0]
            return Rule(address, self._below(path), node.lineno, _first_sentence(words))
        for other, name in _imported(module, names[0]):  # handed on by a package's __init__
            base = self._package.joinpath(*other.split(".")[1:])
            for path_ in (base.with_suffix(".py"), base / "__init__.py"):
                if path_ != path and path_.is_file():
                    return self._defined(address, path_, [name, *names[1:]])
        return None

    def _module(self, path: Path) -> ast.Module:
        if path not in self._modules:
            self._modules[path] = ast.parse(path.read_text(encoding="utf-8"))
        return self._modules[path]

    # Entries

    def _entry(self, address: str, path: Path, entry: str) -> Rule | None:
        if path not in self._entries:
            root = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
            entries = self._entries[path] = {}
            for name, where in _named_nodes(root) if root is not None else ():
                entries.setdefault(name, where)
        found = self._entries[path].get(entry)
        if found is None and entry.rpartition("/")[2].isdigit():  # .../2 is the second pattern of an entry
            found = self._entries[path].get(entry.rpartition("/")[0])
        return None if found is None else Rule(address, self._below(path), *found)

    def _row(self, address: str, path: Path, wanted: Sequence[str]) -> Rule | None:
        if path not in self._tables:
            with path.open(encoding="utf-8", newline="") as f:
                reader = csv.reader(f)
                self._tables[path] = [(reader.line_num, row) for row in reader]
        (_, head), *rows = self._tables[path]
        keys = [_key(part) for part in wanted]
        anchor = head.index("id") if "id" in head else 0
        for line, cells in rows:
            if len(cells) == len(head) and _key(cells[anchor]) == keys[0] and set(keys) <= set(map(_key, cells)):
                shown = (
                    f"{name}: {', '.join(cell.split('|'))}" for name, cell in zip(head, cells, strict=True) if cell
                )
                return Rule(address, self._below(path), line, "; ".join(shown))
        return None

    def _below(self, path: Path) -> str:
        return path.relative_to(self._package).as_posix()


def _member(module: ast.Module, names: Sequence[str]) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None:
    """The function, class or method of that dotted name."""
    body: Sequence[ast.stmt] = module.body
    found: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None = None
    for name in names:
        here = [n for n in body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        found = next((n for n in here if n.name == name), None)
        if found is None:
            return None
        body = found.body
    return found


def _imported(module: ast.Module, name: str) -> Iterator[tuple[str, str]]:
    """Where the module has ``name`` from, when it is from our own package."""
    for node in module.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "dragoman":
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    yield node.module or "", alias.name


def _named_nodes(node: yaml.Node, above: str = "") -> Iterator[tuple[str, tuple[int, str]]]:
    """Every entry below ``node`` with its line and words: mappings with an id, and the keys of mappings."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _named_nodes(child, above)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                yield above + value.value, (node.start_mark.line + 1, _about(node))
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.MappingNode | yaml.SequenceNode):
                yield above + key.value, (key.start_mark.line + 1, _about(value))
                yield from _named_nodes(value, f"{above}{key.value}/")
                yield from _named_nodes(value, "")


def _about(node: yaml.Node) -> str:
    """What an entry says of itself: its gloss, else its first example."""
    if not isinstance(node, yaml.MappingNode):
        return ""
    fields = {k.value: v for k, v in node.value if isinstance(k, yaml.ScalarNode)}
    told = next((", ".join(_scalars(fields[key])) for key in GLOSS if key in fields), "")
    for key in ("examples", "example"):
        example = next((words for words in _scalars(fields[key]) if words), None) if key in fields else None
        if example:
            return f"{told}, as in “{example}”" if told else f"as in “{example}”"
    return told


def _scalars(node: yaml.Node) -> list[str]:
    if isinstance(node, yaml.ScalarNode):
        return [str(node.value)]
    if isinstance(node, yaml.SequenceNode):
        return [words for child in node.value for words in _scalars(child)]
    return [words for _, child in node.value for words in _scalars(child)] if isinstance(node, yaml.MappingNode) else []


def _opening(file: Path) -> str:
    """The comment that a file begins with."""
    lines = itertools.takewhile(lambda line: line.startswith("#"), file.read_text(encoding="utf-8").splitlines())
    return " ".join(line.lstrip("# ") for line in lines)


def _key(cell: str) -> str:
    """Cells and parts of addresses compare without case, accents and kinds of blank."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", cell.casefold()) if not unicodedata.combining(c))
    return "-".join(bare.replace("-", " ").split())


def _first_sentence(text: str) -> str:
    flat = " ".join(text.split())
    ends = (i for i in range(len(flat)) if flat.startswith(". ", i) and not flat[:i].endswith(("e.g", "i.e")))
    return flat[: next(ends, len(flat)) + 1]
