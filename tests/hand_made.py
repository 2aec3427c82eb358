"""Reports of which a test says itself who did what to whom, when: readings for questions over a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.model import (
    Actor,
    Cast,
    Dated,
    Event,
    Interval,
    Mention,
    Party,
    Quote,
    Reading,
    Reason,
    Report,
    Segment,
    Span,
    When,
)
from dragoman.record import Record

WHY = Reason("code:segment.segment", "a test says so")


@dataclass(frozen=True)
class Deed:
    """Names act on names; a name's code is what stands behind its slash: "Ada Norr/NOR"."""

    source: str
    target: str
    day: str | None = None
    goldstein: float | None = 1.0
    quad: str = "verbal cooperation"
    type: str = "SUPPORT"
    status: str = "asserted"
    occasion: str | None = None
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """A quotation: its words, and to whom."""

    speaker: str
    words: str
    to: str | None = None
    day: str | None = None


def told(*deeds: Deed | Said, written: str | None = None, former: Sequence[str] = (), extra: str = "") -> Reading:
    """One report, written on ``written`` (EDTF), that tells these deeds in order. extra: makes its text another."""
    text, cast, events, quotes = f"Report {written} {extra}.", _Cast(former), list[Event](), list[Quote]()
    for deed in deeds:
        text += " "
        begin = len(text)
        if isinstance(deed, Said):
            text += f"{_name(deed.speaker)} said: {deed.words}"
            content = Span(len(text) - len(deed.words), len(text))
            cast.note_all(text, content)
            speaker = cast.party(deed.speaker, text, begin)
            if deed.to is not None:
                text += f" to {_name(deed.to)}"
            to = () if deed.to is None else (cast.party(deed.to, text, content.end),)
            quotes.append(Quote("", "indirect", (content,), None, speaker, to, None, _when(deed.day), 0.9, (WHY,)))
            continue
        text += f"{' and '.join(map(_name, deed.source.split(', ')))} met "
        middle = len(text)
        text += f"{' and '.join(map(_name, deed.target.split(', ')))}."
        events.append(
            Event(
                "",
                deed.type,
                None,
                deed.contexts,
                None,
                deed.goldstein,
                deed.quad,
                deed.status,
                tuple(cast.party(n, text, begin) for n in deed.source.split(", ")),
                tuple(cast.party(n, text, middle) for n in deed.target.split(", ")),
                _when(deed.day),
                None,
                deed.occasion,
                Span(begin, len(text) - 1),
                Span(middle - 4, middle - 1),
                None,
                0.9,
                (WHY,),
            )
        )
    report = Report(text, f"hand-made/{len(text)}.txt")
    return Reading(
        report,
        (Segment(Span(0, len(text)), "body", WHY),),
        Dated(Interval.parse(written) if written else Interval(None, None)),
        cast.made(),
        tuple(replace(q, id=f"{report.id}-q{n}") for n, q in enumerate(quotes, 1)),
        tuple(replace(e, id=f"{report.id}-e{n}") for n, e in enumerate(events, 1)),
        (),
        "hand-made 1",
    )


def kept(folder: Path, *readings: Reading, batch: int = 100) -> Record:
    """A record of these readings."""
    record = Record(folder, create=True)
    with record.writer(reports=batch) as writer:
        for reading in readings:
            writer.add(reading)
    return record


class _Cast:
    def __init__(self, former: Sequence[str]) -> None:
        self._former = former
        self._mentions: dict[str, list[Mention]] = {}

    def party(self, actor: str, text: str, since: int) -> Party:
        """Who ``actor`` names from ``since`` on; without a code nobody that is known."""
        start = text.index(_name(actor), since)
        span = Span(start, start + len(_name(actor)))
        if "/" not in actor:
            return Party(span, None)
        self._note(actor, span)
        return Party(span, f"a{list(self._mentions).index(actor) + 1}")

    def note_all(self, text: str, within: Span) -> None:
        """Whoever was named before is mentioned wherever the words name them."""
        for actor in self._mentions:
            start = text.find(_name(actor), within.start, within.end)
            if start >= 0:
                self._note(actor, Span(start, start + len(_name(actor))))

    def _note(self, actor: str, span: Span) -> None:
        mentions = self._mentions.setdefault(actor, [])
        if all(m.span != span for m in mentions):
            mentions.append(Mention(span, "name", WHY))

    def made(self) -> Cast:
        return Cast(
            tuple(
                Actor(f"a{n}", _name(a), a.partition("/")[2], former=_name(a) in self._former, mentions=tuple(mentions))
                for n, (a, mentions) in enumerate(self._mentions.items(), 1)
            )
        )


def _name(actor: str) -> str:
    return actor.partition("/")[0]


def _when(edtf: str | None) -> When | None:
    return None if edtf is None else When(Interval.parse(edtf), WHY)


def day(text: str) -> dt.date:
    """A day."""
    return dt.date.fromisoformat(text)
