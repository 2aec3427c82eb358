"""Trained weights to the shipped model: ONNX, int8, with its tokenizer and its card.

    python training/export.py WEIGHTS_FOLDER [--to src/dragoman/data/models/relation]

Prints how far the quantised model's answers are from the full one's on the held-back sentences.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from held import held_back
from labels import CONTEXTS, DIRECTIONS, MODES, STATUSES, TYPES
from net import HEADS, RelationNet
from onnxruntime.quantization import QuantType, quantize_dynamic
from train import BASE, all_lines

from dragoman.relation.model import FOLDER, load

HERE = Path(__file__).parent
LABELS = {"type": TYPES, "status": STATUSES, "direction": DIRECTIONS, "context": CONTEXTS, "mode": MODES}


def to_onnx(net: RelationNet, path: Path) -> None:
    net.eval()
    tokens = torch.randint(5, 999, (2, 12))
    given = (tokens, torch.ones_like(tokens), torch.tensor([1, 2]), torch.tensor([5, 4]))
    rows, length = torch.export.Dim("rows", min=1, max=4096), torch.export.Dim("length", min=4, max=512)
    shapes = ({0: rows, 1: length}, {0: rows, 1: length}, {0: rows}, {0: rows})
    names = ["tokens", "mask", "source", "target"]
    torch.onnx.export(
        net,
        given,
        str(path),
        input_names=names,
        output_names=list(HEADS),
        dynamic_shapes=shapes,
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    model = onnx.load(str(path))
    for node in model.graph.node:  # traces name the machine that exported; the model is the same bytes without
        del node.metadata_props[:]
        node.doc_string = ""
    del model.graph.value_info[:]
    onnx.save(model, str(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--to", type=Path, default=FOLDER)
    args = parser.parse_args()
    net = RelationNet(BASE)
    net.encoder.config._attn_implementation = "eager"
    net.load_state_dict(torch.load(args.weights / "weights.pt"))
    args.to.mkdir(parents=True, exist_ok=True)
    labels = {"labels": LABELS}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full"
        full.mkdir()
        to_onnx(net, full / "model.onnx")
        for place in (full, args.to):
            shutil.copy(BASE / "tokenizer.json", place)
            (place / "card.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
        quantize_dynamic(
            full / "model.onnx",
            args.to / "model.onnx",
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )
        kept = [line for line in all_lines(HERE / "sentences") if held_back(line)]
        given = [(line.text, line.source, line.target) for line in kept]
        one, two = load(full, threads=2).judge(given), load(args.to).judge(given)
    gold = [line.type for line in kept]
    right = [sum(j.type == g for j, g in zip(side, gold, strict=True)) / len(gold) for side in (one, two)]
    same = sum(a.type == b.type for a, b in zip(one, two, strict=True)) / len(gold)
    size = (args.to / "model.onnx").stat().st_size
    card = {
        "model": "all-MiniLM-L6-v2 (22.7 million parameters, Apache 2.0), trained on this project's own sentences and "
        "on what all-mpnet-base-v2 (109 million parameters, Apache 2.0), trained on the same, says of them",
        "run": json.loads((args.weights / "run.json").read_text(encoding="utf-8")),
        "held_back": {
            "sentences": len(gold),
            "type_accuracy_full": round(right[0], 4),
            "type_accuracy_int8": round(right[1], 4),
            "same_type": round(same, 4),
        },
        "bytes": size,
        **labels,
    }
    (args.to / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({**card["held_back"], "megabytes": round(size / 1e6, 1)}))


if __name__ == "__main__":
    main()
