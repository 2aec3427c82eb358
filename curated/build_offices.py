"""Turn curated/actors/offices/*.csv and people.csv into the shipped table of offices.

    python curated/build_offices.py            # check everything, then write src/dragoman/data/actors/offices.csv
    python curated/build_offices.py --check    # check only; exit 1 where the shipped table differs

The curated files hold one spell of office a line, names once: what a person is called besides (surname as news
uses it alone, further spellings) stands in people.csv. The output depends on the curated files only.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import io
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent / "actors"
SHIPPED = Path(__file__).parent.parent / "src" / "dragoman" / "data" / "actors" / "offices.csv"
CURATED_COLUMNS = ("code", "office", "person", "title", "start", "end", "end_basis", "wikidata", "source")
PEOPLE_COLUMNS = ("code", "person", "surname", "aliases")
SHIPPED_COLUMNS = (
    "code", "office", "person", "surname", "aliases", "title", "start", "end", "end_basis", "wikidata", "source",
)  # fmt: skip
OFFICES = frozenset(
    {
        "head_of_state", "head_of_government", "monarch", "heir", "vice_president", "deputy_head_of_government",
        "foreign_minister", "defence_minister", "interior_minister", "finance_minister", "justice_minister",
        "national_security_adviser", "intelligence_chief", "military_chief", "spokesperson", "legislature_presiding",
        "opposition_leader", "central_bank_governor", "governor_general", "un_permanent_representative",
        "senior_official", "ambassador", "envoy", "igo_head", "igo_official", "group_leader",
    }
)  # fmt: skip
END_BASES = frozenset(("", "open", "last-seen", "successor"))
ARTICLE = re.compile(r"^(?:al|el|Al|El)[- ](?=[A-Z])")  # of an Arabic surname
# Letters that do not decompose into a plain letter and a mark.
LETTERS = str.maketrans("øØłŁđĐıðəƏ’", "oOlLdDidaA'", "") | str.maketrans(
    {"þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "ß": "ss", "œ": "oe"}
)
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class CuratedError(Exception):
    """A curated row that cannot be right; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One curated row: a person in an office. first and last are the outermost days that its dates allow."""

    code: str
    office: str
    person: str
    title: str
    start: str
    end: str
    end_basis: str
    wikidata: str
    source: str
    at: str  # file and line, for messages

    @property
    def first(self) -> str:
        return outermost(self.start)[0] if self.start else "0000-00-00"

    @property
    def last(self) -> str:
        return outermost(self.end)[1] if self.end else "9999-12-31"


def outermost(date: str) -> tuple[str, str]:
    """The first and the last day that YYYY, YYYY-MM or YYYY-MM-DD may mean. ValueError where it is no date."""
    m = DATE.match(date)
    if m is None:
        raise ValueError(f"{date!r} is no date")
    year, month, day = (int(g) if g else None for g in m.groups())
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= month <= 12:
        raise ValueError(f"{date!r}: no such month")
    days = calendar.monthrange(int(m[1]), month)[1]
    if day is None:
        return f"{date}-01", f"{date}-{days:02}"
    if not 1 <= day <= days:
        raise ValueError(f"{date!r}: no such day")
    return date, date


def plain(name: str) -> str:
    """A name without its diacritics, as much of the English news writes it: Erdogan for Erdoğan."""
    swapped = name.translate(LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", swapped) if not unicodedata.combining(c))


def read(folder: Path = HERE) -> list[Spell]:
    """Every curated spell, file by file. CuratedError where a row cannot be right."""
    spells = []
    for path in sorted((folder / "offices").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as f:
            rows = csv.reader(f)
            if tuple(next(rows, ())) != CURATED_COLUMNS:
                raise CuratedError(f"{path.name}: columns must be {','.join(CURATED_COLUMNS)}")
            for n, row in enumerate(rows, start=2):
                spells.append(_spell(row, f"{path.name} line {n}"))
    return spells


def _spell(row: list[str], at: str) -> Spell:
    if len(row) != len(CURATED_COLUMNS):
        raise CuratedError(f"{at}: {len(row)} cells, not {len(CURATED_COLUMNS)}")
    code, office, person, title, start, end, end_basis, wikidata, source = row
    s = Spell(code, office, person, title, start, end, end_basis, wikidata, source, at)
    if s.office not in OFFICES:
        raise CuratedError(f"{at}: unknown office {s.office!r}")
    if s.end_basis not in END_BASES:
        raise CuratedError(f"{at}: unknown end_basis {s.end_basis!r}")
    if not s.person or not s.code or not s.source:
        raise CuratedError(f"{at}: code, person and source are needed")
    if any(v != v.strip() or "  " in v or '"' in v for v in row):
        raise CuratedError(f"{at}: a stray space or quotation mark")
    try:
        backwards = s.first > s.last
    except ValueError as e:
        raise CuratedError(f"{at}: {e}") from e
    if backwards:
        raise CuratedError(f"{at}: {s.person} leaves ({s.end}) before coming ({s.start})")
    if not s.end and s.end_basis != "open" and s.end_basis != "last-seen":
        raise CuratedError(f"{at}: no end, so end_basis is open or last-seen")
    if s.end_basis == "open" and s.end:
        raise CuratedError(f"{at}: open and yet with an end")
    return s


def read_people(folder: Path = HERE) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """(code or "", person) -> (surname or "", aliases). A row with a code is for that country's bearer of the name."""
    people = {}
    path = folder / "people.csv"
    with path.open(encoding="utf-8", newline="") as f:
        for n, row in enumerate(csv.DictReader(f), start=2):
            key = (row["code"], row["person"])
            if key in people:
                raise CuratedError(f"{path.name} line {n}: {row['person']} stands there twice")
            people[key] = (row["surname"], tuple(a for a in row["aliases"].split("|") if a))
    return people


def overlaps(spells: Iterable[Spell]) -> Iterator[tuple[Spell, Spell]]:
    """Pairs of spells of one person in one office that share more than a day (one leaves and comes on a day: fine)."""
    held = defaultdict(list)
    for s in spells:
        held[s.code, s.office, s.person].append(s)
    for rows in held.values():
        rows.sort(key=lambda s: (s.first, s.last))
        for a, b in pairwise(rows):
            if b.first < (outermost(a.end)[0] if a.end else "9999"):
                yield a, b


def table(folder: Path = HERE) -> str:
    """The shipped table as text."""
    spells, people = read(folder), read_people(folder)
    clash = [f"{a.at} and {b.at}: {a.person} twice in {a.code} {a.office}" for a, b in overlaps(spells)]
    if clash:
        raise CuratedError("\n".join(clash))
    named = {(s.code, s.person) for s in spells} | {("", s.person) for s in spells}
    lost = sorted(f"{c} {p}".strip() for c, p in people if (c, p) not in named)
    if lost:
        raise CuratedError("people.csv names nobody in office: " + "; ".join(lost))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(SHIPPED_COLUMNS)
    for s in sorted(spells, key=lambda s: (s.code, s.office, s.first, s.last, s.person, s.title)):
        surname, aliases = people.get((s.code, s.person)) or people.get(("", s.person)) or ("", ())
        surname = surname or s.person.split()[-1]
        bare = ARTICLE.sub("", surname)  # news writes al-Sudani and Sudani
        spelt = dict.fromkeys((*aliases, *([surname, ARTICLE.sub("al-", surname)] if bare != surname else []),
                               plain(s.person), plain(bare)))  # fmt: skip
        surname = bare
        further = [a for a in spelt if a not in (s.person, surname)]
        writer.writerow(
            (s.code, s.office, s.person, surname, "|".join(further), s.title, s.start, s.end, s.end_basis, s.wikidata,
             s.source)
        )  # fmt: skip
    return out.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the shipped table of offices from the curated files.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the shipped table differs")
    args = parser.parse_args()
    try:
        text = table()
    except CuratedError as e:
        sys.stderr.write(f"{e}\n")
        return 1
    if args.check:
        same = SHIPPED.read_text(encoding="utf-8") == text
        sys.stderr.write("the shipped table is up to date\n" if same else "the shipped table differs: build it\n")
        return 0 if same else 1
    SHIPPED.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{SHIPPED.name}: {text.count(chr(10)) - 1} rows, {len(text.encode()) / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
