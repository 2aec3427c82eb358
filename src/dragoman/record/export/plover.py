"""PLOVER's own records: one JSON object a line, one an event, all its actors in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.contract import line
from dragoman.record.export.selection import Selection, Told

QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
Object = Mapping[str, Any]


def lines(selection: Selection) -> Iterator[list[str]]:
    """The chosen events, report by report."""
    scores = {(r["type"], r["mode"]): float(r["score"]) for r in selection.table("SELECT type, mode, score FROM kinds")}
    for told in selection.readings():
        if told.events:
            actors = {a["id"]: a for a in told.object["actors"]}
            yield [
                line(_event(told, event, n, actors, scores)) + "\n"
                for n, event in enumerate(told.object["events"], 1)
                if event["id"] in told.events
            ]


def _event(
    told: Told, event: Object, n: int, actors: Mapping[str, Object], scores: Mapping[tuple[str, str], float]
) -> dict[str, Any]:
    report, span, kind = told.object, event["evidence"], event["type"]
    return {
        "id": event["id"],
        "has_event": True,
        "date": event["date"],
        "actor": [_entity(p, told.text, actors) for p in event["source"]],
        "event": [kind],
        "recipient": [_entity(p, told.text, actors) for p in event["target"]],
        "event_loc": None if event["place"] is None else {"text": event["place"]},
        "event_text": _words(event["trigger"], told.text),
        "quad_code": QUADS[event["quad"]],
        "event_scale": scores.get((kind, event["mode"] or ""), scores[kind, ""]),
        "mode": [event["mode"]] if event["mode"] else [],
        "context": event["contexts"],
        "link": told.link,
        "text": _words(span, told.text),
        "text_info": {"sequence": n, "start": span["start"], "end": span["end"]},
        "cite_info": {
            "citation": report["id"],
            "url": report["url"],
            "title": report["title"],
            "language": report["language"],
            "publication": report["publisher"],
            "date": None if told.published is None else told.published.isoformat(),
        },
        "coder": report["version"],
        "dragoman": {
            "report": report["id"],
            **{k: event[k] for k in ("status", "said_in", "occasion", "cameo", "goldstein", "confidence")},
        },
    }


def _entity(party: Object, text: str, actors: Mapping[str, Object]) -> dict[str, Any]:
    """Who it is; where that is not known, only the words."""
    actor = actors.get(party["actor"] or "", {})
    return {
        "code": actor.get("code"),
        "sector": actor.get("sector"),
        "entity_text": _words(party, text),
        "identifier_id": actor.get("wikidata"),
        "identifier_text": actor.get("name"),
        "office": actor.get("role"),
    }


def _words(span: Object, text: str) -> str:
    return text[span["start"] : span["end"]]
