"""The reports of our own (tests/cases/reports) against a reading: a short comparison, on counts that add up.

An event counts pair by pair: right when a gold event's words overlap its evidence, the codes are the gold's (either way
round when mutual) and the type is one of the gold's. Optional gold is never missed, and never wrong to find.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

from dragoman import Report
from dragoman.knowledge.names import fold
from dragoman.model import Actor, Party, Reading, Span

REPORTS = Path(__file__).parent / "cases" / "reports"
SHARES = {
    "event recall": ("events found", "events wanted"),
    "event precision": ("events right", "events told"),
    "quote recall": ("quotes found", "quotes wanted"),
    "speaker accuracy": ("speakers right", "speakers wanted"),
    "furniture recall": ("furniture right", "furniture wanted"),
    "furniture precision": ("furniture right", "furniture told"),
    "day within the window": ("days right", "reports"),
    "flag recall": ("flags right", "flags wanted"),
    "flag precision": ("flags right", "flags told"),
}


def golds() -> list[dict[str, Any]]:
    return [json.loads(row) for row in (REPORTS / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def report_of(gold: dict[str, Any]) -> Report:
    day = dt.date.fromisoformat(gold["published"]) if gold["published"] else None
    return Report((REPORTS / gold["file"]).read_bytes().decode("utf-8"), gold["file"], published=day)


def compare(gold: dict[str, Any], reading: Reading) -> Counter[str]:
    n, text, found = Counter({"reports": 1}), reading.report.text, set()

    def places(*pieces: str) -> list[Span]:
        return [Span(i, i + len(p)) for p in pieces for i in range(len(text)) if text.startswith(p, i)]

    def who(party: Party | None) -> Actor | None:
        return reading.cast[party.actor] if party is not None and party.actor is not None else None

    told = [(e, places(e["evidence"], *e.get("also_evidence", ()))) for e in gold["events"]]
    wanted = [(e, spots, s, t) for e, spots in told for s in e["source"] for t in e["target"]]
    pairs = {(e.evidence, e.type, who(s), who(t)) for e in reading.events for s in e.source for t in e.target}
    for evidence, kind, one, two in {(e, k, s.code, t.code) for e, k, s, t in pairs if s and t and s.code and t.code}:
        fits = set()
        for i, (e, spots, s, t) in enumerate(wanted):
            sources, targets = {s, *e.get("alt_sources", ())}, {t, *e.get("alt_targets", ())}
            ways = [(one, two), (two, one)] if "mutual" in e else [(one, two)]
            right = any(a in sources and b in targets for a, b in ways)
            if right and kind in (e["type"], *e["alt_types"]) and any(map(evidence.overlaps, spots)):
                fits.add(i)
        n.update({"events told": 1, "events right": int(bool(fits))})
        found |= fits
    must = {i for i, (e, *_) in enumerate(wanted) if not e["optional"]}
    for quote in (q for q in gold["quotes"] if not q.get("optional")):
        span, speaker = Span(*quote["span"]), quote["speaker"]
        marked = [q for q in reading.quotes if q.kind != "indirect" and any(span.overlaps(c) for c in q.content)]
        n.update({"quotes wanted": 1, "quotes found": int(bool(marked))})
        if marked and speaker:
            said_by, name = who(marked[0].speaker), fold(speaker["name"].split()[-1])
            same = said_by and said_by.code == speaker["code"] and name in fold(said_by.person or said_by.name)
            n.update({"speakers wanted": 1, "speakers right": int(bool(same))})
    left = {i for a, b in gold["furniture_spans"] for i in range(a, b) if not text[i].isspace()}
    unread = [s.span for s in reading.segments if s.kind in ("furniture", "caption", "credit")]
    said = {i for span in unread for i in range(span.start, span.end) if not text[i].isspace()}
    flags = [any(f.span.overlaps(p) for f in reading.flags for p in places(w["text"])) for w in gold["flags"]]
    n["events wanted"], n["events found"] = len(must), len(must & found)
    n["furniture wanted"], n["furniture told"], n["furniture right"] = len(left), len(said), len(left & said)
    n["flags wanted"], n["flags told"], n["flags right"] = len(flags), len(reading.flags), sum(flags)
    n["days right"] = int(reading.dated.window.contains(dt.date.fromisoformat(gold["dated"])))
    return n


def shares(n: Counter[str]) -> dict[str, float]:
    return {name: n[right] / n[of] if n[of] else 1.0 for name, (right, of) in SHARES.items()}
