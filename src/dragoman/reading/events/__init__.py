"""Who did what to whom: candidates from syntax, type from patterns kept as data."""

from dragoman.reading.events.stage import EventStage, find_events

__all__ = ["EventStage", "find_events"]
