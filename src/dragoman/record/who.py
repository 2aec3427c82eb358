"""Names of states and organisations -> the codes that events carry, for those who ask."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.tables import read_csv, split

TABLES = Path(__file__).parent.parent / "data" / "actors"
CODED = ("countries.csv", "organizations.csv", "groups.csv")


def code_named(name: str, tables: Path = TABLES) -> str | None:
    """The code of the one state or organisation of that name: "turkey" -> TUR, "US" -> USA; None when there is none.

    Only whole names count, and only those that no two rows share: "Congo" stays a word to look for.
    """
    wanted, found = _folded(name), set[str]()
    for file, column in (("countries.csv", "names"), ("organizations.csv", "aliases")):
        for row in read_csv(tables / file, ("code", "name", column)):
            if wanted in (_folded(n) for n in (row["name"], *split(row[column]))):
                found.add(row["code"])
        if found:  # a state's name before an organisation's
            break
    return found.pop() if len(found) == 1 else None


def _folded(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.replace(".", "").replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class Side:
    """Whom a question means: rows with one of these codes, or with one of these very names."""

    asked: str
    codes: tuple[str, ...]
    names: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The code where one code says it all, else the words that were asked."""
        return self.codes[0] if not self.names and len(self.codes) == 1 else self.asked


def side(asked: str, names_with: Callable[[str], Sequence[str]], tables: Path = TABLES) -> Side:
    """Whom ``asked`` means: a code of the tables or the name of a state or organisation stands for all that carries the
    code; anything else for every name with these whole words in it, and for a code of one's own.

    names_with: the record's names that have words in them, asked only when needed.
    """
    code = asked.strip().upper()
    known = any(row["code"] == code for file in CODED for row in read_csv(tables / file, ("code",)))
    named = code if known else code_named(asked, tables)
    if named is not None:
        return Side(asked, (named,))
    return Side(asked, (code,) if code else (), tuple(names_with(asked)) if _folded(asked) else ())
