"""The training sentences as data: one marked sentence a line (sentences/README.md tells the format)."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

ONTOLOGY = Path(__file__).parents[1] / "src" / "dragoman" / "data" / "ontology"
STATUS = {"a": "asserted", "p": "planned", "d": "denied", "h": "hypothetical", "-": None}
LINE = re.compile(
    r"(?P<type>[A-Z]+)(?:\.(?P<mode>[a-z-]+))? (?P<status>[apdh-])(?P<mutual>=?)"
    r"(?: +(?P<contexts>[a-z_,]+))? *: +(?P<words>\S.*)"
)


class SentenceError(ValueError):
    """A line that breaks the rules; says which file, which line, and what to do."""


@dataclass(frozen=True)
class Marked:
    """One sentence with its marks taken out. Spans are (start, end) in code points of `text`."""

    text: str
    source: tuple[int, int]
    target: tuple[int, int]
    type: str | None
    mode: str | None
    status: str | None
    mutual: bool
    contexts: tuple[str, ...]
    file: str
    number: int
    group: int


def column(name: str, *fields: str) -> set[tuple[str, ...]]:
    with (ONTOLOGY / name).open(encoding="utf-8", newline="") as lines:
        return {tuple(row[field] for field in fields) for row in csv.DictReader(lines)}


def unmark(words: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """Take `[source]` and `<target>` out of a sentence. Raises SentenceError unless each stands once and apart."""
    if [words.count(mark) for mark in "[]<>"] != [1, 1, 1, 1]:
        raise SentenceError("needs exactly one [source] and one <target>")
    plain, at = [], {}
    for letter in words:
        if letter in "[]<>":
            at[letter] = len(plain)
        else:
            plain.append(letter)
    source, target = (at["["], at["]"]), (at["<"], at[">"])
    if source[0] >= source[1] or target[0] >= target[1] or not (source[1] <= target[0] or target[1] <= source[0]):
        raise SentenceError("[source] and <target> are empty or overlap")
    return "".join(plain), source, target


def read_line(line: str, file: str, number: int, group: int, known: tuple[set[tuple[str, ...]], ...]) -> Marked:
    types, modes, contexts = known
    found = LINE.fullmatch(line)
    if not found:
        raise SentenceError("does not read 'TYPE[.mode] STATUS[=] [contexts]: sentence'")
    kind, mode = found["type"], found["mode"]
    if kind != "NONE" and (kind,) not in types:
        raise SentenceError(f"no such type: {kind}")
    if mode and (kind, mode) not in modes:
        raise SentenceError(f"{kind} has no mode {mode}")
    if (kind == "NONE") != (found["status"] == "-"):
        raise SentenceError("NONE goes with the status -, and only NONE")
    tags = tuple(found["contexts"].split(",")) if found["contexts"] else ()
    for tag in tags:
        if (tag,) not in contexts:
            raise SentenceError(f"no such context: {tag}")
    text, source, target = unmark(found["words"])
    return Marked(
        text,
        source,
        target,
        None if kind == "NONE" else kind,
        mode,
        STATUS[found["status"]],
        bool(found["mutual"]),
        tags,
        file,
        number,
        group,
    )


def read_file(path: Path) -> tuple[list[Marked], list[str]]:
    """All sentences of a file, and a complaint for each line that breaks the rules. A blank line ends a group."""
    known = (column("types.csv", "type"), column("modes.csv", "type", "mode"), column("contexts.csv", "context"))
    lines, errors, group = [], [], 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            group += 1
        elif not line.startswith("#"):
            try:
                lines.append(read_line(line.strip(), path.name, number, group, known))
            except SentenceError as error:
                errors.append(f"{path.name}:{number}: {error}: {line[:80]}")
    return lines, errors
