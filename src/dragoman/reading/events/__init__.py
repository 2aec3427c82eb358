"""Who did what to whom: candidates from syntax, type from patterns kept as data, then from the relation model."""

from functools import partial

from dragoman.reading.events.judged import Judge
from dragoman.reading.events.stage import EventStage, find_events

__all__ = ["EventStage", "Judge", "find_events", "with_model"]


def with_model(judge: Judge) -> EventStage:
    """The stage that asks ``judge`` about pairs of actors that no pattern joins."""
    return partial(find_events, judge=judge)
