"""The spine: ``Reader.read`` names every stage in order. Start here."""

from __future__ import annotations

from dragoman import knowledge as knowledge_files
from dragoman import relation
from dragoman.knowledge import Knowledge
from dragoman.model import Reading, Report
from dragoman.reading import actors, dates, events, flags, parse, quotes, segment
from dragoman.reading.segment import segment_with
from dragoman.version import version_line


class Reader:
    """Reads one report at a time. Every stage is an argument whose default is the house function.

    A stage is a plain function of what the stages before it found, and of the knowledge tables; it edits nothing that
    it was handed. See the signature of each default for what a replacement takes and returns.
    """

    def __init__(
        self,
        *,
        knowledge: Knowledge | None = None,
        segment: segment.SegmentStage = segment.segment,
        date: dates.DateStage = dates.date_report,
        parse: parse.Parse | None = None,
        find_actors: actors.ActorStage = actors.find_actors,
        find_phrases: dates.PhraseStage = dates.all_phrases,
        find_quotes: quotes.QuoteStage = quotes.find_quotes,
        find_events: events.EventStage | None = None,
        check: flags.FlagStage = flags.check,
        shared: segment.Repeated | None = None,
    ) -> None:
        """shared: lines that reports of one publisher have in common (:func:`dragoman.reading.segment.repeated_lines`),
        found over all of them beforehand; the version tells which were known. Used by the house's own segment stage.
        """
        self.knowledge = knowledge if knowledge is not None else knowledge_files.load()
        self.segment = segment if shared is None else segment_with(shared)
        self.date = date
        self.parse = parse if parse is not None else _parse_with_default_model()
        self.find_actors = find_actors
        self.find_phrases = find_phrases
        self.find_quotes = find_quotes
        self.find_events = find_events if find_events is not None else _events_with_shipped_model()
        self.check = check
        self.version = version_line(self.knowledge.digest) + (f"; shared {shared.digest}" if shared else "")

    def read(self, report: Report) -> Reading:
        """Everything that one report holds. Pure: the same report gives the same reading."""
        known = self.knowledge
        segments = self.segment(report, known)
        dated = self.date(report, segments, known)
        parsed = self.parse(report, segments)
        cast = self.find_actors(parsed, dated, known)
        phrases = self.find_phrases(parsed, dated, known)
        quotes = self.find_quotes(parsed, cast, dated, known, phrases)
        events = self.find_events(parsed, cast, quotes, dated, known, phrases)
        flags = self.check(report, parsed, cast, dated, known)
        return Reading(report, segments, dated, cast, quotes, events, flags, self.version)


def _events_with_shipped_model() -> events.EventStage:
    return events.with_model(relation.load())


def _parse_with_default_model() -> parse.Parse:
    return parse.parse_with()
