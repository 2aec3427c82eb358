"""Whose words, to whom, by which channel. Start at :mod:`dragoman.reading.quotes.find`."""

from dragoman.reading.quotes.find import QuoteStage, find_quotes

__all__ = ["QuoteStage", "find_quotes"]
