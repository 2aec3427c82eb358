"""The labels of every head, in the order of the ontology's tables: the shipped card names them in the same order."""

import csv

from sentences import ONTOLOGY


def rows(name: str) -> list[dict[str, str]]:
    with (ONTOLOGY / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


TYPES = [*(row["type"] for row in rows("types.csv")), "NONE"]
STATUSES = ["asserted", "planned", "denied", "hypothetical"]
DIRECTIONS = ["forward", "backward", "mutual"]
CONTEXTS = [row["context"] for row in rows("contexts.csv")]
MODES = [f"{row['type']}.{row['mode']}" for row in rows("modes.csv")]
