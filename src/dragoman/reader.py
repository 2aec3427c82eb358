"""The spine: ``Reader.read`` names every stage in order. Start here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from dragoman import knowledge as knowledge_files
from dragoman import relation
from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Reading, Report, Segment
from dragoman.reading import actors, dates, events, flags, lands, parse, quotes, segment
from dragoman.reading.segment import segment_with
from dragoman.version import version_line

# Reports that Reader.read_many has in hand at a time.
AHEAD = 32


class Reader:
    """Reads reports. Every stage is an argument whose default is the house function.

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
        segments, dated = self._cut(report)
        return self._told(report, segments, dated, self.parse(report, segments))

    def read_many(self, reports: Iterable[Report], ahead: int = AHEAD) -> Iterator[Reading]:
        """The readings of many reports, in their order: each is that which :meth:`read` gives, in less time.

        ahead: reports that are parsed together, and held in memory. Raises what reading one of them raises, when those
        before it have been handed out; ``dragoman.record.one.read_one`` makes a Failure of it.
        """
        many = self.parse.many if isinstance(self.parse, parse.ParseMany) else None
        waiting = iter(reports)
        while some := list(islice(waiting, ahead)):
            if many is None:  # a parse stage of somebody's own
                yield from map(self.read, some)
                continue
            try:
                cuts = [self._cut(report) for report in some]
                parses = many([(report, segments) for report, (segments, _) in zip(some, cuts, strict=True)])
            except Exception:  # whose fault it is shows below
                yield from map(self.read, some)
                continue
            for report, (segments, dated), parsed in zip(some, cuts, parses, strict=True):
                yield self._told(report, segments, dated, parsed)

    def _cut(self, report: Report) -> tuple[tuple[Segment, ...], Dated]:
        """The stages before the parse."""
        segments = self.segment(report, self.knowledge)
        return segments, self.date(report, segments, self.knowledge)

    def _told(self, report: Report, segments: tuple[Segment, ...], dated: Dated, parsed: parse.Parsed) -> Reading:
        """The stages after the parse."""
        known = self.knowledge
        cast = self.find_actors(parsed, dated, known)
        phrases = self.find_phrases(parsed, dated, known)
        quotes = self.find_quotes(parsed, cast, dated, known, phrases)
        events = self.find_events(parsed, cast, quotes, dated, known, phrases)
        cast = lands.with_lands(parsed, cast, events, known)
        flags = self.check(report, parsed, cast, dated, known)
        return Reading(report, segments, dated, cast, quotes, events, flags, self.version)


def _events_with_shipped_model() -> events.EventStage:
    return events.with_model(relation.load())


def _parse_with_default_model() -> parse.Parse:
    return parse.parse_with()
