"""A reading -> the rows of the tables. The contract's object is the one source of what a row says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from dragoman.contract import line, reading_object
from dragoman.model import READ_KINDS, Failure, Interval, Reading
from dragoman.record.likeness import packed, packed_sentences, sketch
from dragoman.record.words import indexed

Object = Mapping[str, Any]
Row = dict[str, Any]


def rows_of(reading: Reading) -> dict[str, list[Row]]:
    """The rows of one reading by table, without their batch."""
    return rows_of_object(reading_object(reading), reading.report.text)


def rows_of_object(obj: Object, text: str) -> dict[str, list[Row]]:
    """The rows of one reading in the contract's form, and of the text that its offsets count in."""
    actors = {a["id"]: a for a in obj["actors"]}
    rows: dict[str, list[Row]] = {
        "articles": [_article(obj, text)],
        "events": [_event(e, n, text, actors) for n, e in enumerate(obj["events"], 1)],
        "quotes": [_quote(q, n, text, obj) for n, q in enumerate(obj["quotes"], 1)],
        "actors": [_actor(a) for a in obj["actors"]],
        "mentions": _mentions(obj, text),
        "flags": [_flag(f, flag_id(obj, n), text) for n, f in enumerate(obj["flags"], 1)],
        "reasons": _reasons(obj),
    }
    rows["deals"] = [deal for row in rows["events"] for deal in _deals(row, obj)]
    rows["words"] = [
        {"word": word, "owner": _tail(row["id"], obj), "n": row["n"], "day": row["date_start"] or row["date_end"]}
        for table, column in (("events", "evidence"), ("quotes", "content"))
        for row in rows[table]
        for word in indexed(row[column])
    ]
    rows["sketches"] = [_sketch(obj, text)]
    for table in rows.values():
        for row in table:
            row["report"] = obj["id"]
    return rows


def failure_row(failure: Failure) -> Row:
    """The row of one failure; its id depends on nothing but what it says."""
    content = "\0".join((failure.source, failure.kind, failure.message))
    ident = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return {"id": ident, "source": failure.source, "kind": failure.kind, "message": failure.message}


def flag_id(obj: Object, n: int) -> str:
    """The id of a report's n-th flag, from 1: the contract gives flags none."""
    return f"{obj['id']}-f{n}"


def _article(obj: Object, text: str) -> Row:
    window = obj["dated"]["window"]
    start, end = _days(window)
    return {
        **{k: obj[k] for k in ("source", "title", "language", "publisher", "url", "author", "version")},
        "published": _days(obj["published"])[0],
        "dated": window,
        "dated_start": start,
        "dated_end": end,
        "n_events": len(obj["events"]),
        "n_quotes": len(obj["quotes"]),
        "n_flags": len(obj["flags"]),
        "text": text,
        "reading": line(dict(obj)),
    }


def _sketch(obj: Object, text: str) -> Row:
    """Of what is read: furniture is the same on all pages of a publisher."""
    pieces = sorted((s["start"], s["end"]) for s in obj["segments"] if s["kind"] in READ_KINDS)
    read = "\n".join(text[start:end] for start, end in pieces)
    made = sketch(read.encode("utf-8", "replace").decode("utf-8"))  # as it is kept
    return {
        "words": made.words,
        "shingles": packed(made.shingles),
        "stems": packed(made.stems),
        "sentences": packed_sentences(made.sentences),
    }


def _event(event: Object, n: int, text: str, actors: Mapping[str, Object]) -> Row:
    start, end = _days(event["date"])
    same = ("id", "type", "mode", "contexts", "cameo", "goldstein", "quad", "status", "date", "place", "occasion")
    return {
        **{k: event[k] for k in (*same, "said_in", "confidence")},
        "n": n,
        **_sides("source", event["source"], text, actors),
        **_sides("target", event["target"], text, actors),
        "date_start": start,
        "date_end": end,
        **_piece("evidence", event["evidence"], text),
        **_piece("trigger", event["trigger"], text),
    }


def _deals(row: Row, obj: Object) -> list[Row]:
    """A row for each source with each target; a side on which nobody is named counts as one, left empty."""
    former = {(a["name"], a["code"] or "") for a in obj["actors"] if a["former"]}
    sides = []
    for side in ("source", "target"):
        parties = list(zip(row[f"{side}_codes"], row[f"{side}_names"], strict=True))
        sides.append([(code, name, (name, code) in former) for code, name in parties] or [(None, None, False)])
    same = ("type", "contexts", "goldstein", "quad", "status", "date", "date_start", "date_end", "place", "occasion")
    of_event = {
        "event": _tail(row["id"], obj), "n": row["n"], "pairs": len(sides[0]) * len(sides[1]),
        **{k: row[k] for k in same}, "confidence": row["confidence"],
        "evidence": row["evidence"] if row["occasion"] is not None else None,
    }  # fmt: skip
    return [
        {
            **of_event,
            "pair": pair,
            **dict(zip(("source_code", "source_name", "source_former"), source, strict=True)),
            **dict(zip(("target_code", "target_name", "target_former"), target, strict=True)),
        }
        for pair, (source, target) in enumerate(product(*sides), 1)
    ]


def _tail(ident: str, obj: Object) -> str:
    """An id without its report, which the row has anyway."""
    return ident.removeprefix(f"{obj['id']}-")


def _quote(quote: Object, n: int, text: str, obj: Object) -> Row:
    actors = {a["id"]: a for a in obj["actors"]}
    start, end = _days(quote["date"])
    written = _days(obj["dated"]["window"])
    speaker = _sides("speaker", [quote["speaker"]] if quote["speaker"] else [], text, actors)
    content = quote["content"]
    begin, stop = min((s["start"] for s in content), default=0), max((s["end"] for s in content), default=0)
    named = sorted({
        (a["code"] or "", a["name"])
        for a in obj["actors"] if any(begin <= m["start"] and m["end"] <= stop for m in a["mentions"])
    })  # fmt: skip
    return {
        **{k: quote[k] for k in ("id", "kind", "date", "confidence")},
        "n": n,
        "speaker_code": next(iter(speaker["speaker_codes"]), None) or None,
        "speaker_name": next(iter(speaker["speaker_names"]), None),
        **_sides("addressee", quote["addressees"], text, actors),
        "content": " … ".join(text[s["start"] : s["end"]] for s in content),
        "content_start": begin if content else None,
        "content_end": stop if content else None,
        "cue": _words(quote["cue"], text),
        "channel": _words(quote["channel"], text),
        "date_start": start,
        "date_end": end,
        "day": start or end or written[0] or written[1],
        "named_codes": [code for code, _ in named],
        "named_names": [name for _, name in named],
    }


def _actor(actor: Object) -> Row:
    same = ("id", "name", "code", "sector", "role", "person", "former", "wikidata")
    return {**{k: actor[k] for k in same}, "n_mentions": len(actor["mentions"])}


def _mentions(obj: Object, text: str) -> list[Row]:
    named = [(m, a["id"], m["how"]) for a in obj["actors"] for m in a["mentions"]]
    left_open = [(u, None, None) for u in obj["unresolved"]]
    rows = [
        {"actor": actor, "words": _words(span, text), "start": span["start"], "stop": span["end"], "how": how}
        for span, actor, how in [*named, *left_open]
    ]
    return sorted(rows, key=lambda r: (r["start"], r["stop"], r["actor"] or ""))


def _flag(flag: Object, ident: str, text: str) -> Row:
    return {
        "id": ident,
        "kind": flag["kind"],
        "words": _words(flag, text),
        "start": flag["start"],
        "stop": flag["end"],
        "says": flag["says"],
        "tables": flag["table"],
        "message": flag["message"],
    }


def _reasons(obj: Object) -> list[Row]:
    trails: list[tuple[str, Sequence[Object]]] = [("dated", obj["dated"]["basis"])]
    for table in ("actors", "quotes", "events"):
        trails += [(thing["id"], thing["trail"]) for thing in obj[table]]
    trails += [(flag_id(obj, n), flag["trail"]) for n, flag in enumerate(obj["flags"], 1)]
    return [
        {
            "owner": owner,
            "step": step,
            "rule": reason["rule"],
            "saw": reason["saw"],
            "start": reason.get("at", {}).get("start"),
            "stop": reason.get("at", {}).get("end"),
            "figure": reason.get("figure"),
        }
        for owner, trail in trails
        for step, reason in enumerate(trail, 1)
    ]


def _sides(name: str, side: Sequence[Object], text: str, actors: Mapping[str, Object]) -> Row:
    """Codes and names of one side, position by position."""
    known = [actors.get(p["actor"]) if p["actor"] else None for p in side]
    return {
        f"{name}_codes": ["" if a is None else a["code"] or "" for a in known],
        f"{name}_names": [
            text[p["start"] : p["end"]] if a is None else a["name"] for p, a in zip(side, known, strict=True)
        ],
    }


def _piece(name: str, span: Object, text: str) -> Row:
    return {name: _words(span, text), f"{name}_start": span["start"], f"{name}_end": span["end"]}


def _words(span: Object | None, text: str) -> str | None:
    return None if span is None else text[span["start"] : span["end"]]


def _days(edtf: str | None) -> tuple[Any, Any]:
    """First and last day of a date of the contract; None where it is open or not known."""
    if edtf is None:
        return None, None
    interval = Interval.parse(edtf)
    return interval.start, interval.end
