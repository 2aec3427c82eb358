"""Who does what to whom between two actors that are marked in a sentence: a small encoder, run by ONNX Runtime."""

from dragoman.relation.model import Judgement, RelationModel, load

__all__ = ["Judgement", "RelationModel", "load"]
