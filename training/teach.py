"""What a larger, trained model (the teacher) says of our sentences, for the shipped one to learn from.

    python training/teach.py TEACHER_FOLDER --base FOLDER --out lessons.pt [--threads 2]

The teacher is train.py run over a larger encoder (--base). Of each sentence that is not held back it judges the marked
pair, the pair exchanged, and a pair of other names of the sentence, of which no label says what holds between them:
there the teacher's word is all there is.
"""

import argparse
import random
import re
import time
from pathlib import Path

import torch
from held import held_back
from net import HEADS, RelationNet, padded
from sentences import Marked
from tokenizers import Tokenizer
from train import HERE, all_lines, word_pieces

from dragoman.relation.marked import Row, row_of

NAME = re.compile(r"\b[A-Z][\w'’.-]*\w(?: (?:(?:of|and|the|de|al|for) )?[A-Z][\w'’.-]*\w)*")
OTHERS = 1  # further pairs judged in each sentence; not tuned


def other_pairs(line: Marked, rng: random.Random) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of the sentence's names, of which at most one is a marked one, in a random order."""
    marked = (line.source, line.target)
    names = [m.span() for m in NAME.finditer(line.text) if not any(m.start() < e and s < m.end() for s, e in marked)]
    if line.text[:1].isupper():
        names = [n for n in names if n[0] > 0 or line.text[slice(*n)].count(" ")]  # a sentence's first word alone
    spans = [*marked, *names]
    pairs = [(a, b) for a in spans for b in spans if a != b and {a, b} != set(marked)]
    return rng.sample(pairs, min(OTHERS, len(pairs)))


def rows_of(lines: list[Marked], tokenizer: Tokenizer) -> list[Row]:
    """Every row that the teacher is asked about, each once."""
    rng = random.Random(1)
    out: dict[Row, None] = {}
    for line in lines:
        forms = [(line.source, line.target), (line.target, line.source)]
        for source, target in (*forms, *other_pairs(line, rng)):
            out[row_of(line.text, source, target, tokenizer)] = None
    return list(out)


@torch.no_grad()
def scores(net: RelationNet, rows: list[Row], size: int = 64) -> dict[str, torch.Tensor]:
    """The scores of every head, a line for each row."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].tokens))
    out = {name: torch.zeros(len(rows), heads) for name, heads in HEADS.items()}
    began = time.time()
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = net(**padded([rows[i] for i in chosen]))
        for name, of_head in zip(HEADS, said, strict=True):
            out[name][chosen] = of_head.float()
        if start // size % 100 == 0:
            print(f"{start} of {len(rows)} rows, {time.time() - began:.0f} s", flush=True)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="the encoder that the teacher was trained from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    net = RelationNet(args.base)
    net.to(torch.float32)
    net.load_state_dict(torch.load(args.teacher / "weights.pt"))
    net.eval()
    rows = rows_of([line for line in all_lines(HERE / "sentences") if not held_back(line)], word_pieces())
    print(f"{len(rows)} rows")
    said = scores(net, rows)
    torch.save({"rows": [(r.tokens, r.source, r.target) for r in rows], "said": said}, args.out)


if __name__ == "__main__":
    main()
