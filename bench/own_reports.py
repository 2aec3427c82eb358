"""The reports of our own in tests/cases/reports, read by today's program and scored by the scorer in ../shared.

    python bench/own_reports.py [--misses]

Prints one line of figures for each half. ``--misses`` lists what was missed or wrong, of the ``seen`` half only: the
``kept`` half is there to show whether what was mended there holds elsewhere (tests/cases/reports/README.md). Where
../shared is absent nothing is measured, and the run says so and ends well.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from dragoman import Reader, Report
from dragoman.contract import line, reading_object

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "tests" / "cases" / "reports"
SCORER = ROOT.parent / "shared" / "eval" / "score_reports.py"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--misses", action="store_true", help="print what the seen half missed to standard error")
    misses = asked.parse_args().misses
    if not SCORER.is_file():
        print(f"NOT MEASURED: needs {SCORER}, which is not here", file=sys.stderr)
        return
    rows = [json.loads(row) for row in (REPORTS / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    reader = Reader()
    for half in ("seen", "kept"):
        gold = [row for row in rows if row["half"] == half]
        with tempfile.TemporaryDirectory() as folder:
            wanted, told = Path(folder, "gold.jsonl"), Path(folder, "told.jsonl")
            wanted.write_text("".join(line(row) + "\n" for row in gold), encoding="utf-8")
            with told.open("w", encoding="utf-8") as f:
                for row in gold:
                    text = (REPORTS / row["file"]).read_bytes().decode("utf-8")
                    day = dt.date.fromisoformat(row["published"]) if row["published"] else None
                    f.write(line(reading_object(reader.read(Report(text, row["file"], published=day)))) + "\n")
            command = [sys.executable, str(SCORER), str(wanted), str(told), "--texts", str(REPORTS)]
            done = subprocess.run(
                command + ["--misses"] * (misses and half == "seen"), stdout=subprocess.PIPE, text=True, check=True
            )
        print(half, done.stdout, end="")


if __name__ == "__main__":
    main()
