"""Files whose cells are parted by tabs: GDELT, ICEWS, Phoenix and POLECAT, each an SQL file and a list of columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.knowledge.tables import read_csv
from dragoman.record.export.selection import Lines, Selection

HERE = Path(__file__).parent
LAYOUTS = HERE.parent.parent / "data" / "formats"


def columns(name: str) -> list[str]:
    """All columns of a format in their order, out of data/formats/."""
    return [r["column"] for r in read_csv(LAYOUTS / f"{name}.csv", ("column", "filled"))]


def lines(selection: Selection, name: str) -> Iterator[Lines]:
    """The rows of a format, ordered by report, event and pair; what the SQL does not make stays empty."""
    sql = (HERE / f"{name}.sql").read_text(encoding="utf-8")
    made = selection.names(sql)
    # Runs of empty columns are one literal: joining sixty cells costs more than making them.
    pieces, empty = list[str](), ""
    for n, column in enumerate(columns(name)):
        empty += "\t" if n else ""
        if column in made:
            pieces += [f"'{empty}'", f'tab_cell("{column}")']
            empty = ""
    pieces.append(f"'{empty}\n'")
    order = ", ".join(made[: 4 if "place_number" in made else 3])
    return selection.text(f"SELECT {order}, concat({', '.join(pieces)}) AS line FROM ({sql})", order)


def header(name: str) -> str:
    """The names of all columns, as the first line."""
    return "\t".join(columns(name)) + "\n"
