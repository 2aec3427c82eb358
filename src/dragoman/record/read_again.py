"""One reading of the contract against its text: what of it cannot be."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.model import QUOTE_KINDS, SEGMENT_KINDS, STATUSES, Interval, Span, merge
from dragoman.record.dyad import QUADS

Object = Mapping[str, Any]
Fault = tuple[str | None, str]  # id of the row, and what is wrong


def faults_of(obj: Object, text: str) -> Iterator[Fault]:
    """Every fault of a reading: spans outside the text or empty, pieces that leave words out, ids that lead nowhere,
    words that the contract does not have, dates that are none.
    """
    for part in ("segments", "actors", "unresolved", "quotes", "events", "flags"):
        for thing in obj[part]:
            for name, span in _spans(thing, part):
                bad = _bad_span(span, len(text))
                if bad:
                    yield thing.get("id"), f"{name} {bad}"
    yield from _pieces(obj, text)
    yield from _ids(obj)
    yield from _values(obj)


def _spans(thing: Any, name: str) -> Iterator[tuple[str, Object]]:
    if isinstance(thing, Mapping):
        if "start" in thing and "end" in thing:
            yield name, thing
        for key, value in thing.items():
            yield from _spans(value, f"{name}.{key}")
    elif isinstance(thing, list):
        for value in thing:
            yield from _spans(value, name)


def _bad_span(span: Object, length: int) -> str | None:
    start, end = span["start"], span["end"]
    if not (isinstance(start, int) and isinstance(end, int)) or not 0 <= start <= end <= length:
        return f"at {start}-{end} is not within the text's {length} characters"
    return None


def _pieces(obj: Object, text: str) -> Iterator[Fault]:
    """Segments cover every character that is not blank, and do not overlap."""
    spans = sorted(Span(s["start"], s["end"]) for s in obj["segments"])
    at = 0
    for span in [*merge(spans), Span(len(text), len(text))]:
        if text[at : span.start].strip():
            yield None, f"no segment covers the words at {at}-{span.start}"
        at = span.end
    for one, other in itertools.pairwise(spans):
        if one.overlaps(other):
            yield None, f"segments overlap at {other.start}"


def _ids(obj: Object) -> Iterator[Fault]:
    actors, quotes = {a["id"] for a in obj["actors"]}, {q["id"] for q in obj["quotes"]}
    for part, mark in (("quotes", "q"), ("events", "e")):
        for thing in obj[part]:
            if not thing["id"].startswith(f"{obj['id']}-{mark}"):
                yield thing["id"], "is no id of this report"
    for part in ("actors", "quotes", "events"):
        times = Counter(thing["id"] for thing in obj[part])
        yield from ((ident, f"{n} {part} of this id") for ident, n in sorted(times.items()) if n > 1)
    for quote in obj["quotes"]:
        parties = [*([quote["speaker"]] if quote["speaker"] else []), *quote["addressees"]]
        yield from ((quote["id"], f"no actor {p['actor']}") for p in parties if p["actor"] not in (None, *actors))
    for event in obj["events"]:
        parties = [*event["source"], *event["target"]]
        yield from ((event["id"], f"no actor {p['actor']}") for p in parties if p["actor"] not in (None, *actors))
        if event["said_in"] not in (None, *quotes):
            yield event["id"], f"no quotation {event['said_in']}"


def _values(obj: Object) -> Iterator[Fault]:
    for segment in obj["segments"]:
        if segment["kind"] not in SEGMENT_KINDS:
            yield None, f"{segment['kind']!r} is no kind of segment"
    for quote in obj["quotes"]:
        if quote["kind"] not in QUOTE_KINDS:
            yield quote["id"], f"{quote['kind']!r} is no kind of quotation"
        if not quote["content"] or any(s["start"] == s["end"] for s in quote["content"]):
            yield quote["id"], "has no words"
    for event in obj["events"]:
        for name, words in (("status", STATUSES), ("quad", QUADS)):
            if event[name] not in words:
                yield event["id"], f"{event[name]!r} is no {name}"
        for name in ("evidence", "trigger"):
            if event[name]["start"] == event[name]["end"]:
                yield event["id"], f"has no words of {name}"
    for thing in (*obj["quotes"], *obj["events"]):
        if not 0 <= thing["confidence"] <= 1:
            yield thing["id"], f"confidence {thing['confidence']} is not from 0 to 1"
        if thing["date"] is not None and not _is_date(thing["date"]):
            yield thing["id"], f"{thing['date']!r} is no date"


def _is_date(edtf: str) -> bool:
    try:
        days = Interval.parse(edtf)
    except ValueError:
        return False
    return days.start is None or days.end is None or days.start <= days.end
