"""All targets one after the other, in so many seconds together: python fuzz/all.py 120. Ends with 1 upon a find."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUPPORT = ("all", "checks", "target")
# What libFuzzer says of a run when it ends.
RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
SLOWEST = re.compile(r"stat::slowest_unit_time_sec:\s*(\d+)")


def main() -> int:
    if importlib.util.find_spec("atheris") is None:
        print("NOT RUN: atheris is not installed here; it has no wheel for this Python", file=sys.stderr)
        return 0
    names = sorted(p.stem for p in HERE.glob("*.py") if p.stem not in SUPPORT)
    seconds = max(1, int(sys.argv[1] if len(sys.argv) > 1 else "120") // len(names))
    worst = 0
    for name in names:
        options = [f"-max_total_time={seconds}", "-print_final_stats=1"]
        done = subprocess.run(
            [sys.executable, str(HERE / f"{name}.py"), *options], capture_output=True, text=True, errors="replace"
        )
        told = done.stdout + done.stderr
        runs, slowest = RUNS.search(told), SLOWEST.search(told)
        print(
            f"{name:10} {int(runs[1]) if runs else 0:>9,} inputs   slowest {slowest[1] if slowest else '?':>3} s",
            flush=True,
        )
        if done.returncode != 0:
            print(told[-6_000:], file=sys.stderr)
            worst = 1
    return worst


if __name__ == "__main__":
    sys.exit(main())
