"""Names of states and organisations -> the codes that events carry, for those who ask."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from dragoman.knowledge.tables import read_csv, split

TABLES = Path(__file__).parent.parent / "data" / "actors"


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
