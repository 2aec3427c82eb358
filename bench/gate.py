"""The quality gate: today's figures on the measuring sets against the floors in floors.json.

    python bench/gate.py [--only seeds] [--update [--allow-regression]] [--misses]

Exit status 1 when a figure falls below its floor. ``--update`` raises floors to today's figures, and refuses to lower
one unless told so. A floor belongs to a measuring set's content: when that changes, the gate says so and compares
nothing. The sets are not part of the repository; where ../shared is absent the gate says so loudly and ends well.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import relations
from dragoman import Reader, Report
from dragoman.contract import line, reading_object
from dragoman.errors import InputError
from dragoman.model import READ_KINDS
from dragoman.reading.take_in import page_report

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
EVAL = SHARED / "eval"
FLOORS = Path(__file__).with_name("floors.json")

# Figures of a run differ by nothing on one machine; across processors the parser's floats may tip a reading.
SLACK = 0.002


@dataclass(frozen=True)
class Measure:
    """One measuring set: the files it stands on, and what gives its figures."""

    name: str
    files: tuple[Path, ...]
    figures: Callable[[Reader, bool], dict[str, float]]


def predicted(reader: Reader, reports: Iterable[Report], folder: Path) -> Path:
    """The contract's objects of ``reports``, one a line, in a file below ``folder``."""
    out = folder / "predicted.jsonl"
    with out.open("w", encoding="utf-8") as f:
        for report in reports:
            f.write(line(reading_object(reader.read(report))) + "\n")
    return out


def scored(*command: str | Path) -> dict[str, Any]:
    """What a scorer printed."""
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr}")
    if done.stderr:
        print(done.stderr, file=sys.stderr, end="")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


REPORT_FIGURES = (
    "event_precision", "event_recall", "event_f1", "pair_precision", "status_accuracy", "date_accuracy", "quote_f1",
    "speaker_accuracy", "addressee_f1", "furniture_f1",
)  # fmt: skip


def report_figures(gold: Path, days: dict[str, dt.date]) -> Callable[[Reader, bool], dict[str, float]]:
    """Events, quotations and furniture of whole reports, by score_reports.py."""

    def figures(reader: Reader, misses: bool) -> dict[str, float]:
        golds = [json.loads(row) for row in gold.read_text(encoding="utf-8").splitlines()]

        def reports() -> Iterator[Report]:
            for g in golds:
                day = days.get(g["file"])
                yield Report(
                    text_of(gold.parent / g["file"]), g["file"], published=day, published_from=day and "--published"
                )

        with tempfile.TemporaryDirectory() as folder:
            path = predicted(reader, reports(), Path(folder))
            s = scored(EVAL / "score_reports.py", gold, path, *(["--misses"] if misses else []))
            flags = sum(len(json.loads(row)["flags"]) for row in path.read_text(encoding="utf-8").splitlines())
        print(f"    flags raised: {flags}; furniture taken for events: {s['trapped']}")
        return {k: s[k] for k in REPORT_FIGURES if s[k] is not None}

    return figures


def given_days(gold: Path) -> dict[str, dt.date]:
    """Publication days that the gold states."""
    golds = [json.loads(row) for row in gold.read_text(encoding="utf-8").splitlines()]
    return {g["file"]: dt.date.fromisoformat(g["published"]) for g in golds if g.get("published")}


def actor_figures(gold: Path, days: dict[str, dt.date]) -> Callable[[Reader, bool], dict[str, float]]:
    """The share of the gold's actors whose words the reading resolves to the right code.

    A person of the gold (speaker, addressee) counts once a report: right when an actor of that surname has the code. A
    code of a gold event counts once a report: right when some actor of that code is mentioned in the paragraphs that
    the event's evidence stands in, or anywhere before them (the evidence itself may only say "they").
    """

    def figures(reader: Reader, misses: bool) -> dict[str, float]:
        right = total = 0
        for g in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
            text = text_of(gold.parent / g["file"])
            reading = reader.read(Report(text, g["file"], published=days.get(g["file"])))
            people = {
                (p["name"], p["code"])
                for q in g["quotes"]
                for p in [q.get("speaker"), *q.get("addressees", [])]
                if p and p.get("code")
            }
            for name, code in sorted(people):
                last = name.split()[-1].casefold()
                ok = any(a.code == code and last in (a.person or a.name).casefold() for a in reading.cast)
                right, total = right + ok, total + 1
                if misses and not ok:
                    print(f"    actor- {g['file']}: {name} as {code}", file=sys.stderr)
            codes: dict[str, int] = {}
            for e in g["events"]:
                at = text.find(e["evidence"])
                end = text.find("\n", at + len(e["evidence"]))
                for code in [*e["source"], *e["target"]]:
                    codes[code] = max(codes.get(code, 0), len(text) if end < 0 else end)
            for code, end in sorted(codes.items()):
                ok = any(a.code == code and any(m.span.start < end for m in a.mentions) for a in reading.cast)
                right, total = right + ok, total + 1
                if misses and not ok:
                    print(f"    actor- {g['file']}: {code}", file=sys.stderr)
        print(f"    {right} of {total} actors")
        return {"resolved": round(right / total, 4)}

    return figures


POLNEAR = EVAL / "quotes" / "polnear_dev.jsonl"


def quote_figures(reader: Reader, misses: bool) -> dict[str, float]:
    """Attributions of 84 political news articles, by score_quotes.py."""
    golds = [json.loads(row) for row in POLNEAR.read_text(encoding="utf-8").splitlines()]
    reports = (
        Report(g["text"], g["id"], published=dt.date.fromisoformat(g["date"]), published_from="metadata") for g in golds
    )
    with tempfile.TemporaryDirectory() as folder:
        path = predicted(reader, reports, Path(folder))
        converted = Path(folder) / "attributions.jsonl"
        done = subprocess.run(
            [sys.executable, str(EVAL / "quotes" / "from_record.py"), str(POLNEAR), str(path)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        converted.write_text(done.stdout, encoding="utf-8")
        s = scored(EVAL / "quotes" / "score_quotes.py", POLNEAR, converted, "--brief")
    return {
        **{f"overlap_{kind}": s[kind]["overlap_f1"] for kind in ("all", "direct", "mixed", "indirect")},
        "source_accuracy": s["all"]["source_acc"],
        "attribution_f1": s["all"]["attribution_f1"],
    }


def window_figures(reader: Reader, misses: bool) -> dict[str, float]:
    """How often the inferred window holds the true day when the day is hidden, on the same 84 articles."""
    held, widths = 0, []
    golds = [json.loads(row) for row in POLNEAR.read_text(encoding="utf-8").splitlines()]
    for g in golds:
        report = Report(g["text"], g["id"])
        dated = reader.date(report, reader.segment(report, reader.knowledge), reader.knowledge)
        inside = dated.window.contains(dt.date.fromisoformat(g["date"]))
        held += inside
        if misses and not inside:
            print(f"    window- {g['id']}: {g['date']} not in {dated.window}", file=sys.stderr)
        if dated.window.start and dated.window.end:
            widths.append((dated.window.end - dated.window.start).days + 1)
    widths.sort()
    middle = widths[len(widths) // 2] if widths else None
    print(f"    closed windows: {len(widths)} of {len(golds)}, median width {middle} days")
    return {"window_holds": round(held / len(golds), 4)}


PAGES = EVAL / "pages"


def page_figures(reader: Reader, misses: bool) -> dict[str, float]:
    """The article kept of 60 saved pages, beside trafilatura alone in the same run."""
    import gzip  # only here: the pages are the one set that is packed

    import trafilatura

    truth = PAGES / "ground-truth.json"
    ours, theirs = [], []
    for page in sorted(json.loads(truth.read_text(encoding="utf-8"))):
        raw = gzip.decompress((PAGES / "html" / f"{page}.html.gz").read_bytes())
        theirs.append({"page": page, "text": trafilatura.extract(raw.decode("utf-8", "replace")) or ""})
        try:
            # In whatever language: what is measured is the article kept. The true bodies hold no headline.
            taken = page_report(raw, page)
            segments = reader.segment(taken, reader.knowledge)
            top = segments[0].span if segments and segments[0].kind == "headline" else None
            kept = "\n".join(s.span.of(taken.text) for s in segments if s.kind in READ_KINDS and s.span != top)
        except InputError as e:
            print(f"    {e}")
            kept = ""
        ours.append({"page": page, "text": kept})
    f1 = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (("ours", ours), ("trafilatura", theirs)):
            path = Path(folder) / f"{name}.jsonl"
            path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
            f1[name] = scored(EVAL / "score_pages.py", truth, path)["f1"]
    print(f"    trafilatura alone: {f1['trafilatura']}")
    return {"kept_f1": f1["ours"], "kept_f1_over_trafilatura": round(f1["ours"] - f1["trafilatura"], 4)}


def measures() -> list[Measure]:
    """Every measuring set, in the order in which they run."""
    seeds, reports = SHARED / "seeds" / "expected.jsonl", EVAL / "reports" / "gold.jsonl"
    return [
        # Report 000 is read undated, as it came; only 001 had a day.
        Measure("seeds", (seeds,), report_figures(seeds, {"001_05249f5448a2e56b.txt": dt.date(2023, 5, 28)})),
        Measure("reports", (reports,), report_figures(reports, given_days(reports))),
        Measure("actors", (reports,), actor_figures(reports, given_days(reports))),
        Measure("quotes", (POLNEAR,), quote_figures),
        Measure("windows", (POLNEAR,), window_figures),
        Measure("pages", (PAGES / "ground-truth.json",), page_figures),
        *(
            Measure(f"relations {name}", (gold,), lambda _reader, _misses, gold=gold: relations.gate_figures(gold))
            for name, gold in relations.SETS.items()
        ),
    ]


def digest(files: tuple[Path, ...]) -> str:
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--only", action="append", help="run only this set; may be given again")
    a.add_argument("--update", action="store_true", help="raise the floors to today's figures")
    a.add_argument("--allow-regression", action="store_true", help="with --update: lower floors too")
    a.add_argument("--misses", action="store_true", help="print what was missed to standard error")
    o = a.parse_args()
    if not EVAL.is_dir():
        print(f"NOT RUN: the quality gate needs the measuring sets in {EVAL}, which are not here.")
        return
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    reader = Reader()
    fallen = []
    for measure in measures():
        if o.only and measure.name not in o.only:
            continue
        print(measure.name)
        now = measure.figures(reader, o.misses)
        was = floors.get(measure.name, {})
        known = was.get("digest") == digest(measure.files)
        if was and not known:
            print("    the set has changed since its floors were set: not compared; run with --update")
        for name, figure in now.items():
            floor = was.get("floors", {}).get(name) if known else None
            low = floor is not None and figure < floor - SLACK
            beside = "-" if floor is None else f"{floor:.4f}"
            print(f"    {name:26} {figure:.4f}   floor {beside}{'   BELOW' if low else ''}")
            if low:
                fallen.append(f"{measure.name}.{name}: {figure:.4f} < {floor:.4f}")
        if o.update:
            old = was.get("floors", {}) if known else {}
            keep = {n: f if o.allow_regression else max(f, old.get(n, f)) for n, f in now.items()}
            floors[measure.name] = {"digest": digest(measure.files), "floors": keep}
    if o.update:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
        print(f"floors written to {FLOORS}")
    if fallen and not (o.update and o.allow_regression):
        sys.exit("below the floor:\n  " + "\n  ".join(fallen))


if __name__ == "__main__":
    main()
