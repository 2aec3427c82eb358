"""One check under atheris: inputs are made up, kept when they reach new code, and a find stops the run.

Targets are called as `python fuzz/NAME.py [-max_total_time=60] [FOLDER...]`; the options are those of libFuzzer.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["dragoman"], enable_loader_override=False):
    import checks

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "tests" / "cases" / "fuzz"
FOUND = ROOT / ".fuzz"  # inputs that reached new code, and finds; no part of the repository


def run(name: str, longest: int) -> None:
    """Try the check ``name`` on inputs of up to ``longest`` bytes until the time given is up; does not return."""
    check = checks.CHECKS[name]
    grown, seeds = FOUND / name, SEEDS / name
    grown.mkdir(parents=True, exist_ok=True)
    given = sys.argv[1:]
    folders = [a for a in given if not a.startswith("-")] or [str(grown), str(seeds)]
    # A find ends with the input's path, which goes to tests/cases/fuzz/NAME. 60 s of a wall clock is a hang.
    options = [f"-max_len={longest}", f"-artifact_prefix={FOUND}/{name}-", "-timeout=60", "-rss_limit_mb=4096"]
    options += [a for a in given if a.startswith("-")]
    atheris.Setup([sys.argv[0], *options, *folders], lambda raw: checks.timed(check, raw))
    atheris.Fuzz()
