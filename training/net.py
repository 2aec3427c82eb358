"""The encoder with its heads, in PyTorch."""

from dataclasses import dataclass
from pathlib import Path

import torch
from labels import CONTEXTS, DIRECTIONS, MODES, STATUSES, TYPES
from torch import nn
from transformers import AutoModel

HEADS = {
    "type": len(TYPES),
    "status": len(STATUSES),
    "direction": len(DIRECTIONS),
    "context": len(CONTEXTS),
    "mode": len(MODES),
}


@dataclass(frozen=True)
class Shape:
    dropout: float = 0.1


class RelationNet(nn.Module):
    """BERT's last states: their mean, and those of the two opening marks, through one layer to the heads."""

    def __init__(self, base: Path, shape: Shape = Shape()):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="sdpa", add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(shape.dropout)
        self.join = nn.Linear(3 * width, width)
        self.heads = nn.ModuleDict({f"to_{name}": nn.Linear(width, size) for name, size in HEADS.items()})

    def forward(self, tokens, mask, source, target):
        states = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        rows = torch.arange(tokens.shape[0], device=tokens.device)
        joined = torch.cat([mean, states[rows, source], states[rows, target]], dim=-1)
        hidden = self.drop(nn.functional.gelu(self.join(self.drop(joined))))
        return tuple(self.heads[f"to_{name}"](hidden) for name in HEADS)
