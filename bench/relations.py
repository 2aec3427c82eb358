"""Figures of sentences with two given actors: the model alone, the patterns alone, and both, by score_relations.py.

    python bench/relations.py [--set plv_train] [--misses N]

Patterns alone leave most sentences without a type, which the scorer counts as wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from dragoman import knowledge, relation
from dragoman.reading.parse import parse_with
from dragoman.relate import pair_of, pattern_events, relate

ROOT = Path(__file__).parent.parent
EVAL = ROOT.parent / "shared" / "eval"
SETS = {name: EVAL / "relations" / f"{name}.jsonl" for name in ("plv_train", "wire")}
FIGURES = ("root_f1", "quad_f1", "binary_f1")


def score(gold: Path, types: list[str | None]) -> dict[str, Any]:
    """What the scorer says of one type (or None) for each line of ``gold``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.jsonl"
        path.write_text("".join(json.dumps({"type": t}) + "\n" for t in types), encoding="utf-8")
        command = [sys.executable, str(EVAL / "score_relations.py"), str(gold), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def lines_of(gold: Path) -> list[dict[str, Any]]:
    """The set's lines as objects."""
    return [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]


def as_asked(rows: list[dict[str, Any]]) -> list[str]:
    """The lines as ``dragoman relate`` takes them: the answer left out."""
    return [json.dumps({k: row[k] for k in ("sentence", "source", "target")}) for row in rows]


def said(gold: Path, patterns: bool) -> list[str | None]:
    """The types that ``dragoman relate`` answers."""
    parse = parse_with() if patterns else None
    return [a["type"] for a in relate(as_asked(lines_of(gold)), relation.load(), knowledge.load(), parse)]


def said_by_patterns(gold: Path) -> list[str | None]:
    """The types of the patterns alone."""
    fired = pattern_events([pair_of(line) for line in as_asked(lines_of(gold))], parse_with(), knowledge.load())
    return [e.type if e else None for e in fired]


def gate_figures(gold: Path) -> dict[str, float]:
    """Both together, as the gate holds them."""
    found = score(gold, said(gold, patterns=True))
    return {k: found[k] for k in FIGURES}


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--set", choices=SETS, action="append", help="only this set")
    a.add_argument("--misses", type=int, default=0, help="print confusions and so many misses, drawn by chance")
    o = a.parse_args()
    if not EVAL.is_dir():
        print(f"NOT RUN: needs the measuring sets in {EVAL}, which are not here.")
        return
    for name in o.set or SETS:
        gold = SETS[name]
        both = said(gold, patterns=True)
        ways = (("model", said(gold, patterns=False)), ("patterns", said_by_patterns(gold)), ("both", both))
        for way, types in ways:
            found = score(gold, types)
            print(f"{name:10} {way:9} {'  '.join(f'{k} {found[k]:.3f}' for k in FIGURES)}  without {found['none']}")
        if o.misses:
            rows = [(g, t) for g, t in zip(lines_of(gold), both, strict=True) if not same(g["gold_root"], t)]
            for pair, count in Counter((g["gold_root"], t) for g, t in rows).most_common(25):
                print(f"    {count:4} {pair[0]} read as {pair[1]}")
            for g, t in random.Random(0).sample(rows, min(o.misses, len(rows))):
                print(f"    {g['gold_root']} read as {t}: {g['marked_sentence']}")


def same(gold: str, said_type: str | None) -> bool:
    """Whether the scorer takes the two for one."""
    one = "YIELD" if said_type in ("CONCEDE", "RETREAT") else said_type
    return one == gold


if __name__ == "__main__":
    main()
