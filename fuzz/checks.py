"""What must hold of any input, however senseless. Each check takes bytes, and raises whatever is wrong.

Known errors (InputError) are an answer; every other exception, a place outside the text, an unlike second answer or too
much time is a find.
"""

from __future__ import annotations

import functools
import gzip
import io
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dragoman import Reader, Reading, Report, Segment, Span
from dragoman import knowledge as knowledge_files
from dragoman.contract import line, reading_object
from dragoman.errors import FAILURE_KINDS, InputError
from dragoman.intake import Item, Raw, stream
from dragoman.knowledge import Knowledge
from dragoman.model import READ_KINDS, SEGMENT_KINDS, Dated, Failure, Interval, Reason
from dragoman.reading import segment as segments_of
from dragoman.reading.dates import date_report
from dragoman.reading.take_in import from_html, from_json_line

HERE = Path(__file__).parent
# CPU seconds that one input may take, and seconds more for each 1,024 bytes of it: 10 ms a KB and less are usual; what
# these catch goes out of hand.
SECONDS, SECONDS_A_KB = 2.0, 1.0

Check = Callable[[bytes], None]


class BrokenError(AssertionError):
    """Something does not hold."""


def claim(holds: bool, what: str) -> None:
    """Raises BrokenError where it does not hold. An ``assert`` would go away with ``python -O``."""
    if not holds:
        raise BrokenError(what)


# Bytes -> reports


def take_in(raw: bytes) -> None:
    """Any bytes on standard input, also packed: reports or failures with a reason, never anything else."""
    _streamed(raw, "-")


def archives(raw: bytes) -> None:
    """Any bytes as an archive of the web."""
    _streamed(raw if raw.startswith(b"WARC/") else b"WARC/1.0\r\n" + raw, "input.warc")


def mail(raw: bytes) -> None:
    """Any bytes as a message and as a mailbox."""
    _streamed(raw, "input.eml")
    _streamed(b"From ada@norr.example Mon May  3 10:00:00 2021\n" + raw, "input.mbox")


def tables(raw: bytes) -> None:
    """Any bytes as a table."""
    _streamed(raw, "input.csv")
    _streamed(raw, "input.tsv")


def lines(raw: bytes) -> None:
    """Any bytes as a line of a JSON Lines file."""
    _one(lambda: from_json_line(raw, "a line"))


def pages(raw: bytes) -> None:
    """Any bytes as a page."""
    _one(lambda: from_html(raw, "a page"))


def _streamed(raw: bytes, name: str) -> None:
    for content, label in ((raw, name), (gzip.compress(raw, 1, mtime=0), f"{name}.gz" if name != "-" else name)):
        first, second = ([_taken(i) for i in stream(io.BytesIO(content), label, None)] for _ in range(2))
        claim(first == second, "the same bytes are taken in unlike")


def _taken(item: Item) -> Report | Failure:
    """A report or a failure. Unlike ``intake.take``, which makes a failure of any exception, this lets it through."""
    if isinstance(item, Raw):
        try:
            item = item.make(item.content, item.source, item.published)
        except InputError as e:
            item = Failure(item.source, e.kind, e.message)
    if isinstance(item, Failure):
        claim(item.kind in FAILURE_KINDS and item.kind != "reading", f"a failure of kind {item.kind}")
        claim(bool(item.message.strip()), "a failure without words")
    else:
        _whole(item)
    return item


def _one(make: Callable[[], Report]) -> None:
    answers: list[object] = []
    for _ in range(2):
        try:
            report = make()
        except InputError as e:
            claim(e.kind in FAILURE_KINDS, f"a failure of kind {e.kind}")
            answers.append((e.kind, e.message))
        else:
            _whole(report)
            answers.append(report)
    claim(answers[0] == answers[1], "the same bytes are taken in unlike")


def _whole(report: Report) -> None:
    claim(bool(report.text.strip()), "a report of blanks")
    claim("\0" not in report.text, "a report with a NUL")
    claim(len(report.id) == 16, "an id of another length")


# Texts -> readings


def segment(raw: bytes) -> None:
    """Segments of any text: in order, apart from each other, and every character that is no blank in one of them."""
    report = Report(text_of(raw), "a text")
    got = segments_of.segment(report, _knowledge())
    _segments(report.text, got)
    if again(raw):
        claim(got == segments_of.segment(report, _knowledge()), "segments of the same text are unlike")


def dates(raw: bytes) -> None:
    """The report's own days and every phrase of time of any text."""
    reader, report = _reader(), Report(text_of(raw), "a text")
    segments = reader.segment(report, reader.knowledge)
    own = date_report(report, segments, reader.knowledge)
    for reason in own.basis:
        _at(report.text, reason)
    parsed = reader.parse(report, segments)
    for dated in (own, Dated(Interval.parse("2023-05-28"))):
        for phrases in reader.find_phrases(parsed, dated, reader.knowledge).values():
            for phrase in phrases:
                _inside(report.text, phrase.span, "a phrase of time")
                if phrase.interval is not None:
                    _days(phrase.interval)


def quotes(raw: bytes) -> None:
    """Quotations of any text."""
    _read(raw, _quoting())


def reading(raw: bytes) -> None:
    """All that is read out of any text, on a known day; as an object too."""
    _read(raw, _reader())


def _read(raw: bytes, reader: Reader) -> None:
    report = Report(text_of(raw), "a text", published=Interval.parse("2023-05-28").start, published_from="a test")
    got = reader.read(report)
    text = report.text
    _segments(text, got.segments)
    readable = [s.span for s in got.segments if s.kind in READ_KINDS]
    ids = {a.id for a in got.cast}
    for actor in got.cast:
        for mention in actor.mentions:
            _inside(text, mention.span, f"a mention of {actor.name}")
    for place, party, what in _parties(got):
        _inside(text, place, what)
        claim(party is None or party in ids, f"{what}: nobody is {party}")
    for quote in got.quotes:
        claim(bool(quote.content), "a quotation without words")
        for place in quote.content:
            _inside(text, place, "a quotation")
            claim(any(s.contains(place) for s in readable), "a quotation out of what is not read")
        for place in filter(None, (quote.cue, quote.channel)):
            _inside(text, place, "a cue or channel")
    for event in got.events:
        for place in (event.evidence, event.trigger, *event.also):
            _inside(text, place, f"an event {event.type}")
        claim(any(s.contains(event.evidence) for s in readable), "an event out of what is not read")
        claim(event.evidence.contains(event.trigger), "a trigger outside its evidence")
        claim(bool(event.source), "an event without a source")
    for flag in got.flags:
        _inside(text, flag.span, "a flag")
    for reason in _reasons(got):
        _at(text, reason)
    for when in (w.when for w in (*got.quotes, *got.events) if w.when is not None):
        _days(when.interval)
    words = line(reading_object(got))
    if again(raw):
        claim(words == line(reading_object(reader.read(report))), "readings of the same text are unlike")


def _parties(got: Reading) -> Iterator[tuple[Span, str | None, str]]:
    for quote in got.quotes:
        for party in (*([quote.speaker] if quote.speaker else []), *quote.addressees):
            yield party.span, party.actor, "a side of a quotation"
    for event in got.events:
        for party in (*event.source, *event.target):
            yield party.span, party.actor, f"a side of an event {event.type}"


def _reasons(got: Reading) -> Iterator[Reason]:
    yield from got.dated.basis
    yield from (s.because for s in got.segments)
    for actor in got.cast:
        yield from actor.trail
        yield from (m.because for m in actor.mentions)
    yield from (u.because for u in got.cast.unresolved)
    for row in (*got.quotes, *got.events, *got.flags):
        yield from row.trail


def _segments(text: str, got: Sequence[Segment]) -> None:
    covered = 0
    for one in got:
        claim(one.kind in SEGMENT_KINDS, f"a segment of kind {one.kind}")
        _inside(text, one.span, "a segment")
        claim(one.span.start >= covered, "segments that overlap, or come out of order")
        claim(not text[covered : one.span.start].strip(), "characters in no segment")
        covered = one.span.end
        _at(text, one.because)
    claim(not text[covered:].strip(), "characters in no segment")


def _inside(text: str, place: Span, what: str) -> None:
    claim(0 <= place.start < place.end <= len(text), f"{what} at {place} of {len(text)} characters")


def _at(text: str, reason: Reason) -> None:
    claim(bool(reason.rule) and bool(reason.saw.strip()), f"a reason without rule or words: {reason}")
    if reason.at is not None:
        claim(0 <= reason.at.start <= reason.at.end <= len(text), f"{reason.rule} at {reason.at} of {len(text)}")


def _days(interval: Interval) -> None:
    claim(Interval.parse(str(interval)) == interval, f"{interval} does not come back as it was")
    if interval.start is not None and interval.end is not None:
        claim(interval.start <= interval.end, f"{interval} ends before it begins")


# Bytes as texts


def text_of(raw: bytes) -> str:
    """A text for any bytes: UTF-8 as it stands; or, behind a first byte of 0, a piece of fragments.txt for each one."""
    if raw[:1] != b"\0":
        return raw.decode("utf-8", "replace").replace("\0", "\ufffd")
    pieces = fragments()
    return "".join(pieces[b % len(pieces)] for b in raw[1:])


@functools.cache
def fragments() -> tuple[str, ...]:
    """The pieces of fragments.txt, one a line, written as in a Python string."""
    text = (HERE / "fragments.txt").read_text(encoding="utf-8")
    return tuple(p.encode("latin-1", "backslashreplace").decode("unicode_escape") for p in text.split("\n") if p)


def again(raw: bytes) -> bool:
    """Whether this input is read twice: one in eight, told by its bytes."""
    return zlib.crc32(raw) % 8 == 0


@functools.cache
def _knowledge() -> Knowledge:
    return knowledge_files.load()


@functools.cache
def _reader() -> Reader:
    return Reader(knowledge=_knowledge())


@functools.cache
def _quoting() -> Reader:
    """Without events."""
    return Reader(knowledge=_knowledge(), parse=_reader().parse, find_events=lambda *_: ())


@functools.cache
def _warm(check: Check) -> None:
    """What is loaded once does not count."""
    check(b"Norway thanked Denmark.")


def timed(check: Check, raw: bytes) -> None:
    """The check, within its time. Raises BrokenError when it takes longer."""
    _warm(check)
    start = time.process_time()
    check(raw)
    took = time.process_time() - start
    most = SECONDS + SECONDS_A_KB * len(raw) / 1024
    claim(took <= most, f"{took:.1f} s for {len(raw)} bytes; {most:.1f} are allowed")


CHECKS: dict[str, Check] = {
    "take_in": take_in, "archives": archives, "lines": lines, "mail": mail, "pages": pages, "tables": tables,
    "segment": segment, "dates": dates, "quotes": quotes, "reading": reading,
}  # fmt: skip
