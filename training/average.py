"""One model out of several runs: the mean of their weights.

    python training/average.py --out FOLDER RUN RUN ...

Runs that went on from one and the same start differ little, and their mean is better than either on the held-back
sentences (train.py --start; docs/relations.md has the figures).
"""

import argparse
import json
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("runs", type=Path, nargs="+")
    args = parser.parse_args()
    weights = [torch.load(run / "weights.pt") for run in args.runs]
    mean = {name: torch.stack([w[name].float() for w in weights]).mean(0) for name in weights[0]}
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, args.out / "weights.pt")
    told = [json.loads((run / "run.json").read_text(encoding="utf-8")) for run in args.runs]
    (args.out / "run.json").write_text(json.dumps({"mean_of": told}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
