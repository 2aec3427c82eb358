"""Sentences whose label a trained model doubts, the most doubtful first: for the second pass over the labels.

    python training/doubts.py WEIGHTS_FOLDER [--top 400]

Prints file, line, the label, what the model holds instead and how surely, and the sentence. A doubt is no error: the
rules of sentences/README.md decide.
"""

import argparse
from pathlib import Path

import torch
from labels import TYPES
from net import RelationNet, padded
from train import BASE, HERE, all_lines, example, word_pieces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--top", type=int, default=400)
    args = parser.parse_args()
    net = RelationNet(BASE)
    net.load_state_dict(torch.load(args.weights / "weights.pt"))
    net.eval()
    tokenizer = word_pieces()
    lines = all_lines(HERE / "sentences")
    examples = [example(line, tokenizer) for line in lines]
    order = sorted(range(len(lines)), key=lambda i: len(examples[i].row.tokens))
    doubts = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            shares = net(**padded([examples[i].row for i in part]))[0].float().softmax(-1)
            for i, row in zip(part, shares, strict=True):
                best = int(row.argmax())
                if best != examples[i].type:
                    doubts.append((float(row[examples[i].type] - row[best]), TYPES[best], lines[i]))
    doubts.sort(key=lambda d: (d[0], d[2].file, d[2].number))
    for gap, best, line in doubts[: args.top]:
        one, two = line.text[slice(*line.source)], line.text[slice(*line.target)]
        print(f"{line.file}:{line.number}\t{line.type or 'NONE'} > {best} {-gap:.2f}\t[{one}] <{two}>\t{line.text}")
    print(f"{len(doubts)} of {len(lines)} doubted")


if __name__ == "__main__":
    main()
