"""The types that pass between stages. All frozen; every offset counts Unicode code points of ``Report.text``."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of ``Report.text``: ``text[start:end]``, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The exact words."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision was made; created where it was made.

    rule: an address. ``events/THREATEN/warn-of`` is an entry of ``data/events/threaten.yaml``; ``code:quotes.inverted``
    is the function whose docstring explains it. saw: in words, what the rule saw. at: where. figure: the rule's own
    confidence, a share, or any number worth showing.
    """

    rule: str
    saw: str
    at: Span | None = None
    figure: float | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``start`` to ``end``, both included; ``None`` is open on that side. Prints as EDTF."""

    start: dt.date | None
    end: dt.date | None

    @classmethod
    def day(cls, day: dt.date) -> Interval:
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> Interval:
        return cls(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> Interval:
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def parse(cls, edtf: str) -> Interval:
        """Read ``2021-06``, ``2021-12-08/2022-09-06``, ``../2023-05-28``. Raises ValueError on anything else."""

        def one(part: str) -> Interval:
            bits = [int(bit) for bit in part.split("-")]
            if len(bits) == 1:
                return cls.year(bits[0])
            if len(bits) == 2:
                return cls.month(bits[0], bits[1])
            return cls.day(dt.date(*bits))

        if "/" not in edtf:
            return one(edtf)
        left, right = edtf.split("/")
        return cls(None if left in ("", "..") else one(left).start, None if right in ("", "..") else one(right).end)

    @property
    def is_day(self) -> bool:
        return self.start is not None and self.start == self.end

    def contains(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def meet(self, other: Interval) -> Interval | None:
        """The days in both, or None when there are none."""
        starts = [d for d in (self.start, other.start) if d is not None]
        ends = [d for d in (self.end, other.end) if d is not None]
        start, end = max(starts, default=None), min(ends, default=None)
        return None if start is not None and end is not None and start > end else Interval(start, end)

    def __str__(self) -> str:
        s, e = self.start, self.end
        if s is not None and e is not None:
            if s == e:
                return s.isoformat()
            if self == Interval.year(s.year):
                return f"{s.year:04d}"
            if self == Interval.month(s.year, s.month):
                return f"{s.year:04d}-{s.month:02d}"
        return f"{s.isoformat() if s else '..'}/{e.isoformat() if e else '..'}"


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event or a quotation: an interval, and what it stands on."""

    interval: Interval
    because: Reason


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it was taken in. ``text`` is never changed afterwards."""

    text: str
    source: str
    title: str | None = None
    language: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    published_from: str | None = None  # what said so: "--published", "metadata", "the line's own field"
    url: str | None = None
    author: str | None = None
    modified: dt.date | None = None  # a later day on which the page says that it was changed
    seen: dt.date | None = None  # a day on which somebody had it: fetched, received; it was written by then

    @property
    def id(self) -> str:
        """First 16 hex digits of SHA-256 of the text in UTF-8: the same text is the same report."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


SEGMENT_KINDS = ("headline", "dateline", "byline", "body", "caption", "credit", "furniture")
READ_KINDS = ("headline", "body")  # the kinds in which events and quotations are looked for


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the report and what it is. Segments cover every non-blank character and never overlap."""

    span: Span
    kind: str  # one of SEGMENT_KINDS
    because: Reason


@dataclass(frozen=True, slots=True)
class Dated:
    """The interval in which the report was written, and what bounds it."""

    window: Interval
    basis: tuple[Reason, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The day, when the window is a single one."""
        return self.window.start if self.window.is_day else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor.

    ``how`` is one of: name, role, pronoun, metonym, demonym, group, country, org, place (a town in that state).
    """

    span: Span
    how: str
    because: Reason


@dataclass(frozen=True, slots=True)
class Actor:
    """Who: a code, a sector, an office on that day and, when it is one, a person."""

    id: str  # "a1", "a2" ... within its report
    name: str
    code: str | None
    sector: str | None = None
    role: str | None = None
    person: str | None = None
    wikidata: str | None = None
    former: bool = False
    mentions: tuple[Mention, ...] = ()
    trail: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Words that name somebody, left open with the reason why."""

    span: Span
    because: Reason


@dataclass(frozen=True, slots=True)
class Cast:
    """All actors of one report, and the mentions that could not be resolved."""

    actors: tuple[Actor, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    _at: tuple[tuple[Mention, Actor], ...] = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pairs = [(m, a) for a in self.actors for m in a.mentions]
        pairs.sort(key=lambda p: (p[0].span.start, -p[0].span.end, p[1].id))
        object.__setattr__(self, "_at", tuple(pairs))
        object.__setattr__(self, "_starts", tuple(m.span.start for m, _ in pairs))
        object.__setattr__(self, "_longest", max((len(m.span) for m, _ in pairs), default=0))

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.actors)

    def __getitem__(self, actor_id: str) -> Actor:
        """The actor of that id. Raises KeyError."""
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise KeyError(actor_id)

    def within(self, span: Span) -> list[tuple[Mention, Actor]]:
        """Mentions that lie wholly inside ``span``, in order of text; a group mention comes once per actor."""
        low, high = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        return [(m, a) for m, a in self._at[low:high] if span.contains(m.span)]

    def at(self, offset: int) -> list[tuple[Mention, Actor]]:
        """Mentions that cover the character at ``offset``, the widest first."""
        low, high = bisect_left(self._starts, offset - self._longest), bisect_right(self._starts, offset)
        return [(m, a) for m, a in self._at[low:high] if m.span.start <= offset < m.span.end]


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a quotation or an event: the words, and the actor they name if that is known."""

    span: Span
    actor: str | None  # an Actor.id


QUOTE_KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Quote:
    """Whose words, to whom, by which channel. ``content`` leaves out the marks and the cue."""

    id: str
    kind: str  # one of QUOTE_KINDS
    content: tuple[Span, ...]
    cue: Span | None
    speaker: Party | None
    addressees: tuple[Party, ...]
    channel: Span | None
    when: When | None
    confidence: float
    trail: tuple[Reason, ...]


STATUSES = ("asserted", "planned", "denied", "hypothetical")


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, in the words of ``evidence``."""

    id: str
    type: str  # one of the 16 of PLOVER
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    goldstein: float | None
    quad: str  # "verbal cooperation" | "material cooperation" | "verbal conflict" | "material conflict"
    status: str  # one of STATUSES
    source: tuple[Party, ...]
    target: tuple[Party, ...]
    when: When | None
    place: str | None
    occasion: str | None
    evidence: Span
    trigger: Span
    said_in: str | None
    confidence: float
    trail: tuple[Reason, ...]
    also: tuple[Span, ...] = ()  # further places where the same report tells the same deed

    def _repr_html_(self) -> str:
        """A notebook shows it as a small table; the words are its report's, so a Reading shows more."""
        kind = f"{self.type} {self.mode or ''}".strip()
        cells = {
            "id": self.id, "type": kind, "class": self.quad, "status": self.status,
            "day": str(self.when.interval) if self.when else "", "place": self.place or "",
            "words at": f"{self.evidence.start}-{self.evidence.end}", "confidence": f"{self.confidence:g}",
        }  # fmt: skip
        return _html_table(list(cells), [list(cells.values())])


@dataclass(frozen=True, slots=True)
class Flag:
    """Something the report says that the tables contradict."""

    kind: str  # office | date | copy
    span: Span
    says: str
    table: str
    message: str
    trail: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read out of one report."""

    report: Report
    segments: tuple[Segment, ...]
    dated: Dated
    cast: Cast
    quotes: tuple[Quote, ...]
    events: tuple[Event, ...]
    flags: tuple[Flag, ...]
    version: str

    def _repr_html_(self) -> str:
        """A notebook shows the events and quotations with their words, all of them escaped."""
        text = self.report.text

        def side(parties: Iterable[Party]) -> str:
            return ", ".join(self.cast[p.actor].name if p.actor else p.span.of(text) for p in parties)

        events = [
            [e.id.rpartition("-")[2], side(e.source), e.type, e.status, side(e.target),
             str(e.when.interval) if e.when else "", e.evidence.of(text)]
            for e in self.events
        ]  # fmt: skip
        quotes = [
            [q.id.rpartition("-")[2], side([q.speaker] if q.speaker else []), q.kind, "", side(q.addressees),
             str(q.when.interval) if q.when else "", " … ".join(s.of(text) for s in q.content)]
            for q in self.quotes
        ]  # fmt: skip
        head = _shown(f"{self.report.title or self.report.source} · {self.dated.window}")
        flags = "".join(f"<p>⚑ {_shown(f.message)}</p>" for f in self.flags)
        columns = ["", "source", "type", "status", "target", "day", "words"]
        return f"<p><b>{head}</b></p>{flags}{_html_table(columns, [*events, *quotes])}"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read. ``kind`` is one of :data:`dragoman.errors.FAILURE_KINDS`."""

    source: str
    kind: str
    message: str


def merge(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans with the overlapping and touching ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = out[-1].cover(span)
        else:
            out.append(span)
    return out


# Notebooks set figures to the right and in the middle, and their tables are of words.
_CELL = 'style="text-align: left; vertical-align: top"'
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _html_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose every cell is escaped: what reports say is not trusted."""
    head = "".join(f"<th {_CELL}>{html.escape(c)}</th>" for c in columns)
    body = "".join("<tr>" + "".join(f"<td {_CELL}>{_shown(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _shown(words: str) -> str:
    """Words for a page, with the number of each character that would turn those around it."""
    return _TURNS.sub(lambda c: f"⟨U+{ord(c[0]):04X}⟩", html.escape(words))
