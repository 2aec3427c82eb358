"""Actor codes of other formats for ours, as tables that the exports' SQL joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from dragoman.knowledge.tables import read_csv
from dragoman.record.query import Questions

DATA = Path(__file__).parent.parent.parent / "data"
CLASSES = ("IGO", "NGO", "MNC", "IMG")  # what CAMEO and POLECAT call an actor that belongs to no state


@dataclass(frozen=True, slots=True)
class Code:
    """What other formats call the actors of one of our codes; None where a format has nothing for it."""

    code: str
    country: str | None  # CAMEO country
    class_: str | None  # one of CLASSES
    grp: str | None  # CAMEO group
    polecat: str
    cow: str | None
    state: str | None  # name of the state that it is or belongs to


def actor_codes(data: Path = DATA) -> list[Code]:
    """Every code of the actor tables, states first; of several rows of one code the one named like it."""
    cameo = {r["code"]: r["cameo"] for r in read_csv(data / "formats" / "cameo_countries.csv", ("code", "cameo"))}
    groups = {r["code"]: r["group"] for r in read_csv(data / "formats" / "cameo_groups.csv", ("code", "group"))}
    states = {r["code"]: r for r in read_csv(data / "actors" / "countries.csv", ("code", "name", "cow"))}
    found = {
        code: Code(code, cameo.get(code, code), None, None, code, r["cow"] or None, r["name"])
        for code, r in states.items()
    }
    rows = read_csv(data / "actors" / "organizations.csv", ("code", "id", "polecat"))
    rows = [r for r in rows if r["code"] == r["id"]] + rows
    rows += read_csv(data / "actors" / "groups.csv", ("code", "polecat"))
    for r in rows:
        code, polecat = r["code"], r["polecat"]
        state = states.get(polecat)
        class_ = polecat if polecat in CLASSES else "IGO" if polecat in ("UNO", "EUR") else None
        own = Code(
            code, None if state is None else cameo.get(polecat, polecat), class_, groups.get(code), polecat,
            None if state is None else state["cow"] or None, None if state is None else state["name"],
        )  # fmt: skip
        found.setdefault(code, own)
    return list(found.values())


def create(questions: Questions, data: Path = DATA) -> None:
    """Make the tables codes, sectors, kinds and cameo_names for questions, and the macro that joins an actor's code."""
    _table(
        questions, "codes", ("code", "country", "class", "grp", "polecat", "cow", "state"),
        [astuple(c) for c in actor_codes(data)],
    )  # fmt: skip
    sectors = read_csv(data / "formats" / "sectors.csv", ("sector", "cameo", "words"))
    _table(questions, "sectors", ("sector", "cameo", "words"), [tuple(v or None for v in r.values()) for r in sectors])
    types = read_csv(data / "ontology" / "types.csv", ("type", "score", "cameo"))
    modes = read_csv(data / "ontology" / "modes.csv", ("type", "mode", "score"))
    of_type = {r["type"]: r for r in types}
    kinds = [(r["type"], "", r["score"], r["cameo"]) for r in types]
    for r in modes:
        own = of_type[r["type"]]
        kinds.append((r["type"], r["mode"], r["score"] or own["score"], own["cameo"]))
    _table(questions, "kinds", ("type", "mode", "score", "cameo"), kinds)
    names = read_csv(data / "ontology" / "cameo.csv", ("code", "name"))
    _table(questions, "cameo_names", ("code", "name"), [(r["code"], r["name"]) for r in names])
    # RUSGOV, LBNREBHEZ, IGOUNO, IGOEECLEG: of a state's actor the sector comes before the group, else after it.
    questions.run(
        "CREATE MACRO cameo_actor(country, class, grp, sector) AS nullif(CASE WHEN class IS NULL "
        "THEN concat(country, sector, grp) ELSE concat(class, grp, sector) END, '')"
    )


def _table(questions: Questions, name: str, columns: tuple[str, ...], rows: Sequence[tuple[str | None, ...]]) -> None:
    kinds = ", ".join(f'"{c}" VARCHAR' for c in columns)
    questions.run(f"CREATE TABLE {name} ({kinds})")
    values = {f"c{n}": [row[n] for row in rows] for n in range(len(columns))}
    unnested = ", ".join(f"unnest($c{n}::VARCHAR[])" for n in range(len(columns)))
    questions.run(f"INSERT INTO {name} SELECT {unnested}", values)
