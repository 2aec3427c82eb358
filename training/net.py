"""The encoder with its heads, in PyTorch."""

from dataclasses import dataclass
from pathlib import Path

import torch
from labels import CONTEXTS, DIRECTIONS, MODES, STATUSES, TYPES
from torch import nn
from transformers import AutoConfig, AutoModel

from dragoman.relation.marked import Row

HEADS = {
    "type": len(TYPES),
    "status": len(STATUSES),
    "direction": len(DIRECTIONS),
    "context": len(CONTEXTS),
    "mode": len(MODES),
}

# MPNet's vocabulary is BERT's, moved by four, behind special tokens of its own: BERT's number -> MPNet's.
MOVED = 4
SPECIAL = {0: 1, 101: 0, 102: 2}  # padding, opening, closing


@dataclass(frozen=True)
class Shape:
    dropout: float = 0.1


class RelationNet(nn.Module):
    """BERT's last states: their mean, and those of the two opening marks, through one layer to the heads."""

    def __init__(self, base: Path, shape: Shape = Shape()):
        super().__init__()
        kind = AutoConfig.from_pretrained(base).model_type
        attention = "eager" if kind == "mpnet" else "sdpa"  # the only one that MPNet has
        self.encoder = AutoModel.from_pretrained(base, attn_implementation=attention, add_pooling_layer=False)
        self.shifted = kind == "mpnet"
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(shape.dropout)
        self.join = nn.Linear(3 * width, width)
        self.heads = nn.ModuleDict({f"to_{name}": nn.Linear(width, size) for name, size in HEADS.items()})

    def forward(self, tokens, mask, source, target):
        if self.shifted:
            tokens = as_mpnet(tokens)
        states = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        rows = torch.arange(tokens.shape[0], device=tokens.device)
        joined = torch.cat([mean, states[rows, source], states[rows, target]], dim=-1)
        hidden = self.drop(nn.functional.gelu(self.join(self.drop(joined))))
        return tuple(self.heads[f"to_{name}"](hidden) for name in HEADS)


def padded(rows: list[Row]) -> dict[str, torch.Tensor]:
    """Rows as the net takes them, filled up to the longest."""
    tokens = torch.zeros(len(rows), max(len(row.tokens) for row in rows), dtype=torch.long)
    mask = torch.zeros_like(tokens)
    for i, row in enumerate(rows):
        tokens[i, : len(row.tokens)] = torch.tensor(row.tokens)
        mask[i, : len(row.tokens)] = 1
    places = {side: torch.tensor([getattr(row, side) for row in rows]) for side in ("source", "target")}
    return {"tokens": tokens, "mask": mask, **places}


def as_mpnet(tokens: torch.Tensor) -> torch.Tensor:
    """A row of BERT's token numbers in MPNet's."""
    out = tokens + MOVED
    for bert, mpnet in SPECIAL.items():
        out = torch.where(tokens == bert, torch.full_like(out, mpnet), out)
    return out
