"""A reading -> the JSON object of the contract (docs/record.md). Names here are fixed."""

from __future__ import annotations

import json
from typing import Any

from dragoman.model import Actor, Event, Failure, Flag, Party, Quote, Reading, Reason, Span, When


def reading_object(reading: Reading) -> dict[str, Any]:
    """The contract's object of one report, keys in the contract's order."""
    report = reading.report
    return {
        "id": report.id,
        "source": report.source,
        "title": report.title,
        "language": report.language,
        "publisher": report.publisher,
        "url": report.url,
        "author": report.author,
        "published": report.published.isoformat() if report.published else None,
        **({"modified": report.modified.isoformat()} if report.modified else {}),
        **({"seen": report.seen.isoformat()} if report.seen else {}),
        "dated": {"window": str(reading.dated.window), "basis": [_reason(r) for r in reading.dated.basis]},
        "segments": [_span(s.span) | {"kind": s.kind, "because": _reason(s.because)} for s in reading.segments],
        "actors": [_actor(a) for a in reading.cast],
        "unresolved": [_span(u.span) | {"because": _reason(u.because)} for u in reading.cast.unresolved],
        "quotes": [_quote(q) for q in reading.quotes],
        "events": [_event(e) for e in reading.events],
        "flags": [_flag(f) for f in reading.flags],
        "version": reading.version,
    }


def failure_object(failure: Failure) -> dict[str, Any]:
    """The contract's object of an input that could not be read."""
    return {"source": failure.source, "failure": {"kind": failure.kind, "message": failure.message}}


def line(obj: dict[str, Any]) -> str:
    """One line of JSON, without its newline; the same object always gives the same bytes."""
    return json.dumps(obj, ensure_ascii=False, separators=(", ", ": ")).encode("utf-8", "replace").decode("utf-8")


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end}


def _maybe_span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else _span(span)


def _reason(reason: Reason) -> dict[str, Any]:
    out: dict[str, Any] = {"rule": reason.rule, "saw": reason.saw}
    if reason.at is not None:
        out["at"] = _span(reason.at)
    if reason.figure is not None:
        out["figure"] = reason.figure
    return out


def _party(party: Party) -> dict[str, Any]:
    return {"actor": party.actor} | _span(party.span)


def _date(when: When | None) -> str | None:
    return None if when is None else str(when.interval)


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "code": actor.code,
        "sector": actor.sector,
        "role": actor.role,
        "person": actor.person,
        "wikidata": actor.wikidata,
        "former": actor.former,
        "mentions": [_span(m.span) | {"how": m.how, "because": _reason(m.because)} for m in actor.mentions],
        "trail": [_reason(r) for r in actor.trail],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "kind": quote.kind,
        "content": [_span(s) for s in quote.content],
        "cue": _maybe_span(quote.cue),
        "speaker": None if quote.speaker is None else _party(quote.speaker),
        "addressees": [_party(p) for p in quote.addressees],
        "channel": _maybe_span(quote.channel),
        "date": _date(quote.when),
        "confidence": quote.confidence,
        "trail": [_reason(r) for r in quote.trail] + ([] if quote.when is None else [_reason(quote.when.because)]),
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "goldstein": event.goldstein,
        "quad": event.quad,
        "status": event.status,
        "source": [_party(p) for p in event.source],
        "target": [_party(p) for p in event.target],
        "date": _date(event.when),
        "place": event.place,
        "occasion": event.occasion,
        "evidence": _span(event.evidence),
        "also": [_span(s) for s in event.also],
        "trigger": _span(event.trigger),
        "said_in": event.said_in,
        "confidence": event.confidence,
        "trail": [_reason(r) for r in event.trail] + ([] if event.when is None else [_reason(event.when.because)]),
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "kind": flag.kind,
        **_span(flag.span),
        "says": flag.says,
        "table": flag.table,
        "message": flag.message,
        "trail": [_reason(r) for r in flag.trail],
    }
