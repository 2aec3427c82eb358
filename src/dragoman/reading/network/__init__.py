"""The parser's networks, run by ONNX Runtime: the same weights and the same sums as spaCy's, in a third of the time."""

from dragoman.reading.network.encoder import Encoder, Layer
from dragoman.reading.network.entities import Entities, EntityHead
from dragoman.reading.network.transitions import Transitions
from dragoman.reading.network.words import Words

__all__ = ["Encoder", "Entities", "EntityHead", "Layer", "Transitions", "Words"]
