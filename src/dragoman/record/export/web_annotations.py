"""W3C Web Annotations (JSON-LD): events, quotations, actors and flags as marks on the words they stand on.

One annotation each, with a target for every place. Offsets count code points of the report's text, as the standard
has it; prefix and suffix let a reader find the words again on a page whose text differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dragoman.contract import line
from dragoman.record.export.selection import Selection, Told

AROUND = 32  # characters before and after; the length that the annotation clients in use store
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dragoman": "urn:dragoman:term:"}]
HEAD = f'{{"@context": {json.dumps(CONTEXT)}, "id": "urn:dragoman:annotations", "type": "AnnotationPage", "items": [\n'
BETWEEN = ",\n"
TAIL = "\n]}\n"
Object = Mapping[str, Any]


def lines(selection: Selection) -> Iterator[list[str]]:
    """Annotations report by report, without the commas between them."""
    for told in selection.readings():
        yield [line(annotation) for annotation in _annotations(told)]


def _annotations(told: Told) -> Iterator[dict[str, Any]]:
    obj = told.object
    actors = {a["id"]: a for a in obj["actors"]}
    for event in obj["events"]:
        if event["id"] in told.events:
            kind = " ".join(filter(None, (event["type"], event["mode"])))
            sides = " -> ".join(_names(event[side], told.text, actors) for side in ("source", "target"))
            more = {k: event[k] for k in ("status", "date", "cameo", "goldstein", "said_in", "occasion", "confidence")}
            yield _one(told, event["id"], "classifying", kind, sides, [event["evidence"], *event["also"]], more)
    for quote in obj["quotes"]:
        if quote["id"] in told.quotes and quote["content"]:
            said = [_names([quote["speaker"]] if quote["speaker"] else [], told.text, actors)]
            said += [_names(quote["addressees"], told.text, actors)] if quote["addressees"] else []
            more = {k: quote[k] for k in ("date", "confidence")}
            kind = f"{quote['kind']} quotation"
            yield _one(told, quote["id"], "classifying", kind, " -> ".join(said), quote["content"], more)
    for actor in obj["actors"]:
        if actor["mentions"]:
            more = {k: actor[k] for k in ("code", "sector", "role", "wikidata")}
            yield _one(told, f"{obj['id']}-{actor['id']}", "identifying", actor["name"], None, actor["mentions"], more)
    for n, flag in enumerate(obj["flags"], 1):
        yield _one(told, f"{obj['id']}-f{n}", "questioning", flag["kind"], flag["message"], [flag], {})


def _one(
    told: Told, ident: str, purpose: str, value: str, about: str | None, spans: Sequence[Object], more: Object
) -> dict[str, Any]:
    """One annotation: what it says, and where."""
    body = [{"type": "TextualBody", "purpose": purpose, "value": value}]
    if about is not None:
        body.append({"type": "TextualBody", "purpose": "describing", "value": about})
    return {
        "id": f"urn:dragoman:{ident}",
        "type": "Annotation",
        "motivation": purpose,
        "body": body,
        "target": [_target(told, span) for span in spans],
        "dragoman:report": told.object["id"],
        "dragoman:source": told.link,
        **{f"dragoman:{k}": v for k, v in more.items() if v is not None},
    }


def _target(told: Told, span: Object) -> dict[str, Any]:
    start, end, text = span["start"], span["end"], told.text
    return {
        "source": told.object["url"] or f"urn:dragoman:report:{told.object['id']}",
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
        ],
    }


def _names(side: Sequence[Object], text: str, actors: Mapping[str, Object]) -> str:
    """The names of one side, else the words."""
    known = [actors.get(p["actor"] or "") for p in side]
    return (
        ", ".join(text[p["start"] : p["end"]] if a is None else a["name"] for p, a in zip(side, known, strict=True))
        or "nobody named"
    )
