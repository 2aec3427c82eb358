"""Curated tables -> what the package ships. Run `python curated/build.py`; `--check` only says what differs.

Every file of curated/actors is written by hand and read by eye; what can be derived (spellings without diacritics,
dotted abbreviations, British and American forms, plurals of demonyms) is derived here, so that a person never types it.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import sys
from collections.abc import Iterable
from pathlib import Path

import spellings
import yaml
from names import check_names

HERE = Path(__file__).parent
ACTORS = HERE / "actors"
SHIPPED = HERE.parent / "src" / "dragoman" / "data" / "actors"
OWN = "own"

COUNTRIES = (
    "code", "name", "names", "adjectives", "demonyms", "capitals", "metonyms", "iso2", "cow", "wikidata", "status",
    "source", "ambiguous", "regions", "start", "end",
)  # fmt: skip
ORGANIZATIONS = (
    "code", "name", "aliases", "type", "sector", "polecat", "members", "source", "id", "generic", "country",
    "ambiguous", "start", "end",
)  # fmt: skip
GROUPS = (
    "code", "name", "aliases", "countries", "type", "polecat", "start", "end", "source", "sector", "ambiguous",
    "governs", "generic",
)  # fmt: skip
TITLES = ("title", "office", "countries", "sector", "kind", "source")
MODIFIERS = ("modifier", "effect", "position", "source")
NOUNS = ("noun", "sector", "kind", "plural", "number", "source")

# How POLECAT's exports name a body that acts for no one state.
POLECAT = {"UNO": "UNO", "EUR": "EUR", "IGO": "IGO", "NGO": "NGO", "MNC": "MNC"}
PUBLIC = ("MIL", "COP", "JUD", "LEG")  # sectors of bodies that states keep together

Row = dict[str, str]


def build(curated: Path = ACTORS) -> dict[str, str]:
    """Name of each shipped file -> its content. Raises ValueError naming the row that is wrong."""
    countries = _countries(curated)
    organizations = _organizations(curated, countries)
    groups = _groups(curated)
    for r in (*countries, *organizations, *groups):
        r["ambiguous"] = _ambiguous(r["ambiguous"])
    check_names(countries, organizations, groups)
    out = {
        "countries.csv": _csv(COUNTRIES, countries),
        "organizations.csv": _csv(ORGANIZATIONS, organizations),
        "groups.csv": _csv(GROUPS, groups),
        "titles.csv": _csv(TITLES, _titles(curated / "titles.yaml")),
        "title_modifiers.csv": _csv(MODIFIERS, _modifiers(curated / "title_modifiers.yaml")),
        "nouns.csv": _csv(NOUNS, _nouns(curated / "nouns.yaml")),
    }
    offices = HERE / "build_offices.py"
    if offices.exists():
        out["offices.csv"] = _offices(offices)
    return out


def _read(curated: Path, name: str) -> list[Row]:
    """All rows of ``name.csv`` and ``name_*.csv``, in the order of file names."""
    rows: list[Row] = []
    for path in sorted([*curated.glob(f"{name}.csv"), *curated.glob(f"{name}_*.csv")]):
        with path.open(encoding="utf-8", newline="") as f:
            for n, row in enumerate(csv.DictReader(f), start=2):
                if None in row or any(v is None for v in row.values()):
                    raise ValueError(f"{path.name} line {n}: {row.get('name')}: not as many cells as the header has")
                rows.append({k: v.strip() for k, v in row.items()})
    return rows


def _countries(curated: Path) -> list[Row]:
    rows = _read(curated, "countries")
    for r in rows:
        names = spellings.names(r["name"], r["names"].split("|"))
        r["names"] = "|".join(n for n in names if n != r["name"])
        r["adjectives"] = "|".join(spellings.plain_too(r["adjectives"].split("|")))
        r["demonyms"] = "|".join(spellings.plain_too(spellings.plurals(r["demonyms"].split("|"))))
        r["capitals"] = "|".join(spellings.plain_too(r["capitals"].split("|")))
        r["metonyms"] = "|".join(_metonyms(r["metonyms"].split("|")))
        r["source"] = r.get("source") or "own"
    return sorted(rows, key=lambda r: r["code"])


def _metonyms(entries: Iterable[str]) -> list[str]:
    """Each body's name in all spellings, its sector kept: ``CIA=SPY`` gives ``C.I.A.=SPY`` too."""
    out: dict[str, None] = {}
    for entry in filter(None, entries):
        name, sign, sector = entry.partition("=")
        for form in spellings.names(name, ()):
            out[form + sign + sector] = None
    return list(out)


def _organizations(curated: Path, countries: list[Row]) -> list[Row]:
    un = "|".join(r["code"] for r in countries if r["status"] == "un-member")
    rows = _read(curated, "organizations")
    for r in rows:
        r["code"] = r["code"] or r["id"]
        names = spellings.names(r["name"], r["aliases"].split("|"))
        r["aliases"] = "|".join(n for n in names if n != r["name"])
        r["members"] = un if r["members"] == "UN" else "|".join(sorted(filter(None, r["members"].split("|"))))
        own = r["country"] or ("EUR" if r["code"] == "EUR" else "")
        r["polecat"] = POLECAT.get(r["sector"]) or own or ("IGO" if r["sector"] in PUBLIC else "NGO")
        r["source"] = r.get("source") or "own"
    return sorted(rows, key=lambda r: (r["code"], r["code"] != r["id"], r["id"]))


def _groups(curated: Path) -> list[Row]:
    rows = _read(curated, "groups")
    for r in rows:
        names = spellings.names(r["name"], r["aliases"].split("|"))
        r["aliases"] = "|".join(n for n in names if n != r["name"])
        countries = r["countries"].split("|")
        r["polecat"] = r["polecat"] or countries[0]
        r["sector"] = r["sector"] or "REB"
        r["source"] = r.get("source") or "own"
    return sorted(rows, key=lambda r: r["code"])


def _ambiguous(cell: str) -> str:
    """What is said of a name holds for its other spellings too."""
    out: dict[str, None] = {}
    for entry in filter(None, cell.split("|")):
        name, _, other = entry.partition("=")
        for form in spellings.names(name, ()):
            out[f"{form}={other}"] = None
    return "|".join(out)


def _titles(path: Path) -> list[Row]:
    rows = []
    for key, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        office = key.partition("/")[0]  # "spokesperson/MIL": the same office in another sector
        for codes, kinds in [("", entry), *entry.get("only", {}).items()]:
            for kind in ("title", "role", "style"):
                given = [str(t) for t in kinds.get(kind, [])]
                if kind == "title":
                    given += [t for form in kinds.get("forms", []) for t in spellings.written_out(form)]
                for title in spellings.plain_too(spellings.spelled(given)):
                    rows.append(_row(TITLES, title, office, codes, entry["sector"], kind, OWN))
    return sorted(_unique(rows), key=lambda r: (r["title"], r["countries"], r["office"], r["kind"]))


def _modifiers(path: Path) -> list[Row]:
    rows: dict[str, Row] = {}
    for effect, places in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for position, words in places.items():
            for word in words:
                row = rows.setdefault(word, _row(MODIFIERS, word, effect, position, OWN))
                if row["effect"] != effect:
                    raise ValueError(f"{path.name}: {word} is both {row['effect']} and {effect}")
                if row["position"] != position:
                    row["position"] = "both"
    return sorted(rows.values(), key=lambda r: r["modifier"])


def _nouns(path: Path) -> list[Row]:
    rows = []
    for sector, kinds in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for kind, nouns in kinds.items():
            for entry in nouns:
                noun, _, plural = str(entry).partition("/")
                number = "pl" if plural == "+" else ""
                plural = {"+": "", "-": noun}.get(plural, plural)
                rows.append(_row(NOUNS, noun, sector, kind, plural, number, OWN))
    return sorted(_unique(rows), key=lambda r: (r["noun"], r["sector"]))


def _row(columns: tuple[str, ...], *cells: str) -> Row:
    return dict(zip(columns, cells, strict=True))


def _unique(rows: Iterable[Row]) -> list[Row]:
    return list({tuple(r.values()): r for r in rows}.values())


def _csv(columns: tuple[str, ...], rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _offices(path: Path) -> str:
    """The table of office-holders: ``table()`` of curated/build_offices.py makes it."""
    spec = importlib.util.spec_from_file_location("build_offices", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    made: str = module.table()
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a shipped file differs")
    check = parser.parse_args().check
    differing = 0
    for name, content in build().items():
        path = SHIPPED / name
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        differing += 1
        sys.stderr.write(f"{name}: {'differs from' if check else 'built from'} curated/actors\n")
        if not check:
            path.write_text(content, encoding="utf-8")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
