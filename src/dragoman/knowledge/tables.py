"""Opening knowledge files: YAML and CSV with errors that name file and entry."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import KnowledgeError

# The C loader is ten times faster and ships with every wheel of PyYAML; a source build may lack it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises KnowledgeError naming the file and the line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    except OSError as e:
        raise KnowledgeError(f"{path}: {e.strerror or e}. Reinstall dragoman: a knowledge file is missing.") from e
    except yaml.YAMLError as e:
        raise KnowledgeError(f"{path}: not valid YAML: {' '.join(str(e).split())}") from e


def read_csv(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file with a header. Raises KnowledgeError when a column of ``columns`` is missing."""
    try:
        with path.open(encoding="utf-8", newline="") as f:
            reader = csv.reader(f)
            header = next(reader, [])
            missing = [c for c in columns if c not in header]
            if missing:
                raise KnowledgeError(f"{path}: no column {', '.join(missing)}. It needs: {', '.join(columns)}")
            rows = []
            for cells in reader:
                if len(cells) == len(header):
                    rows.append(dict(zip(header, cells, strict=True)))
                elif cells:
                    raise KnowledgeError(
                        f"{path} line {reader.line_num}: {len(cells)} cells, but the header has {len(header)}."
                    )
            return rows
    except OSError as e:
        raise KnowledgeError(f"{path}: {e.strerror or e}") from e
    except UnicodeDecodeError as e:
        raise KnowledgeError(f"{path}: not UTF-8 at byte {e.start}. Save the file as UTF-8.") from e


def split(cell: str) -> tuple[str, ...]:
    """``a|b|c`` -> ("a", "b", "c"); an empty cell holds nothing."""
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()
