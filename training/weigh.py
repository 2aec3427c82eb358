"""How much a pattern's verdict should weigh beside the model's: tried on the held-back training sentences.

    python training/weigh.py            needs dragoman with its shipped model, not PyTorch

Prints macro F1 of the types (NONE among them) for weights from 0 to 4; the best one stands in src/dragoman/relate.py.
"""

from pathlib import Path

from held import held_back
from labels import TYPES
from sentences import read_file

from dragoman import knowledge, relate, relation
from dragoman.model import Span
from dragoman.reading.parse import parse_with

WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)


def macro(gold: list[str], said: list[str]) -> float:
    """Macro F1 over all types."""
    scores = []
    for kind in TYPES:
        hits = sum(g == s == kind for g, s in zip(gold, said, strict=True))
        both = gold.count(kind) + said.count(kind)
        scores.append(2 * hits / both if both else 0.0)
    return sum(scores) / len(scores)


def main() -> None:
    lines = [m for path in sorted(Path(__file__).parent.glob("sentences/*.txt")) for m in read_file(path)[0]]
    kept = [m for m in lines if held_back(m)]
    pairs = [relate.Pair(m.text, Span(*m.source), Span(*m.target)) for m in kept]
    judged = relation.load().judge([(m.text, m.source, m.target) for m in kept])
    fired = relate.pattern_events(pairs, parse_with(), knowledge.load())
    gold = [m.type or "NONE" for m in kept]
    said = [e.type if e else "" for e in fired]
    told = sum(bool(s) for s in said)
    right = sum(s == g for s, g in zip(said, gold, strict=True))
    print(f"{len(kept)} sentences; a pattern fires in {told}, rightly in {right}")
    for weight in WEIGHTS:
        relate.PATTERN_WEIGHT = weight
        best = [max(w := relate.weighed(j, e), key=w.__getitem__) for j, e in zip(judged, fired, strict=True)]
        print(f"weight {weight:.1f}   type F1 {macro(gold, best):.4f}")


if __name__ == "__main__":
    main()
