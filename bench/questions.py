"""Seconds that each question takes on a large made-up record.

    python bench/questions.py [--reports 200000] [--events 5] [--folder FOLDER] [--rounds 3] [--check]

The record is seeded and made straight through the store: texts of a few words, so many events and a quotation for each
report, dealings between 60 states whose frequency falls off as in real news. With --folder it is kept and used again.
Each question is asked once to warm up, then timed; the median of the rounds is printed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from dragoman import Report
from dragoman.record import Record
from dragoman.record.rows import Row, rows_of_object
from dragoman.record.schema import CHILDREN
from dragoman.record.store import Store

CODES = [
    *("USA", "RUS", "CHN", "UKR", "GBR", "DEU", "FRA", "TUR", "ISR", "IRN", "IND", "JPN", "POL", "SAU", "EGY", "BRA"),
    *("ITA", "ESP", "KOR", "PRK", "SYR", "PAK", "CAN", "AUS", "MEX", "ARG", "ZAF", "NGA", "KEN", "ETH", "UNO", "EUR"),
    *("NATO", "KAZ", "UZB", "GEO", "ARM", "AZE", "BLR", "MDA", "SRB", "HUN", "ROU", "BGR", "GRC", "CYP", "LBN", "JOR"),
    *("IRQ", "QAT", "ARE", "IDN", "MYS", "VNM", "PHL", "THA", "MMR", "AFG", "VEN", "COL"),
]
TYPES = (
    ("CONSULT", "verbal cooperation", 1.0),
    ("SUPPORT", "verbal cooperation", 3.4),
    ("AGREE", "verbal cooperation", 4.8),
    ("COOPERATE", "material cooperation", 6.4),
    ("AID", "material cooperation", 7.0),
    ("ACCUSE", "verbal conflict", -2.0),
    ("REJECT", "verbal conflict", -4.0),
    ("THREATEN", "verbal conflict", -4.4),
    ("SANCTION", "material conflict", -5.6),
    ("ASSAULT", "material conflict", -9.0),
)
OCCASIONS = (None,) * 8 + ("new-year", "condolence")
STATUSES = ("asserted",) * 8 + ("planned", "denied", "hypothetical")
FIRST = dt.date(2005, 1, 1)
DAYS = 7300
BATCH = 5_000


def made_object(n: int, events: int, chance: random.Random) -> tuple[dict[str, Any], str]:
    """The n-th reading in the contract's form, and its text."""
    day = (FIRST + dt.timedelta(days=chance.randrange(DAYS))).isoformat()
    weights = [1 / (k + 1) for k in range(len(CODES))]
    parts, spans, codes = [], [], []
    at = 0
    for k in range(events):
        a, b = chance.choices(CODES, weights, k=2)
        sentence = f"The leader of {a} dealt with the leader of {b} in matter {k} of report {n}."
        parts.append(sentence)
        source, target = sentence.index(a), sentence.index(f" {b} in") + 1
        spans.append((at, at + len(sentence), at + source, at + target, at + sentence.index("dealt")))
        codes.append((a, b))
        at += len(sentence) + 1
    text = " ".join(parts)
    own = Report(text, "").id
    names = sorted({c for pair in codes for c in pair})
    places: dict[str, list[dict[str, Any]]] = {c: [] for c in names}
    why = {"rule": "code:bench", "saw": "made up"}
    made = []
    for k, ((a, b), (start, end, sa, sb, trigger)) in enumerate(zip(codes, spans, strict=True), 1):
        for code, place in ((a, sa), (b, sb)):
            places[code].append({"start": place, "end": place + len(code), "how": "country", "because": why})
        kind, quad, value = chance.choice(TYPES)
        made.append({
            "id": f"{own}-e{k}", "type": kind, "mode": None,
            "contexts": chance.sample(("diplomatic", "economic", "military"), 1),
            "cameo": None, "goldstein": value, "quad": quad, "status": chance.choice(STATUSES),
            "source": [{"actor": f"a{names.index(a) + 1}", "start": sa, "end": sa + len(a)}],
            "target": [{"actor": f"a{names.index(b) + 1}", "start": sb, "end": sb + len(b)}],
            "date": day if chance.random() < 0.8 else None, "place": None,
            "occasion": chance.choice(OCCASIONS) if kind == "SUPPORT" else None,
            "evidence": {"start": start, "end": end}, "also": [], "trigger": {"start": trigger, "end": trigger + 5},
            "said_in": None, "confidence": 0.8, "trail": [why],
        })  # fmt: skip
    (a, b), (start, end, sa, sb, _) = codes[0], spans[0]
    quote = {
        "id": f"{own}-q1", "kind": "indirect", "content": [{"start": start, "end": end}], "cue": None,
        "speaker": made[0]["source"][0], "addressees": made[0]["target"] if n % 2 else [], "channel": None, "date": day,
        "confidence": 0.7, "trail": [why],
    }  # fmt: skip
    actors = [
        {"id": f"a{k}", "name": f"Leader of {c}", "code": c, "sector": "GOV", "role": None, "person": f"Leader of {c}",
         "wikidata": None, "former": False, "mentions": places[c], "trail": []}
        for k, c in enumerate(names, 1)
    ]  # fmt: skip
    obj: dict[str, Any] = {
        "id": own, "source": f"made-up/{n}.txt", "title": None, "language": "en", "publisher": None, "url": None,
        "author": None, "published": day, "dated": {"window": day, "basis": []},
        "segments": [{"start": 0, "end": len(text), "kind": "body", "because": why}],
        "actors": actors, "unresolved": [], "quotes": [quote], "events": made, "flags": [], "version": "made up",
    }  # fmt: skip
    return obj, text


def make(folder: Path, reports: int, events: int) -> None:
    """Write the record, batch by batch."""
    Record(folder, create=True)
    store, chance = Store(folder), random.Random(7)
    for first in range(0, reports, BATCH):
        gathered: dict[str, list[Row]] = {table: [] for table in (*CHILDREN, "articles")}
        for n in range(first, min(first + BATCH, reports)):
            obj, text = made_object(n, events, chance)
            for table, rows in rows_of_object(obj, text).items():
                gathered[table] += [row | {"batch": f"{first:010d}"} for row in rows]
        for table, rows in gathered.items():
            if rows:
                store.append(table, rows)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--reports", type=int, default=200_000)
    a.add_argument("--events", type=int, default=5, help="of each report")
    a.add_argument("--folder", type=Path)
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--check", action="store_true", help="time the check too: it reads everything")
    o = a.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = o.folder or Path(scratch) / "record"
        if not folder.exists():
            began = time.perf_counter()
            make(folder, o.reports, o.events)
            print(f"made in {time.perf_counter() - began:.0f} s")
        record = Record(folder)
        stats = record.stats()
        print(f"{stats['reports']:,} reports, {stats['events']:,} events, {stats['quotes']:,} quotations")
        day, years = dt.date(2022, 2, 24), (2021, 2022)
        for name, ask in (
            ("dyad RUS TUR", lambda: record.dyad("RUS", "TUR")),
            ("dyad RUS TUR since 2022-02-24", lambda: record.dyad("RUS", "TUR", since=day)),
            ('dyad "leader of rus" "leader of tur"', lambda: record.dyad("leader of rus", "leader of tur")),
            ("messages RUS", lambda: record.messages("RUS")),
            ("messages RUS, new-year, 2021, 2022", lambda: record.messages("RUS", occasion="new-year", compare=years)),
            ("network", lambda: record.network()),
            ("network of conflict since 2022-02-24", lambda: record.network(quad="conflict", since=day)),
            *((("check", lambda: record.check()),) if o.check else ()),
        ):  # fmt: skip
            times = []
            for _ in range(1 if name == "check" else o.rounds + 1):
                began = time.perf_counter()
                ask()
                times.append(time.perf_counter() - began)
            print(f"{name:<40} {statistics.median(times[1:] or times):7.2f} s")


if __name__ == "__main__":
    main()
