"""Linking: every new report's events are compared with all others that may be the same deed, once.

What it finds is rows: of pairs, of stories, and of which readings have been compared. A row of stories takes the place
of an older one of the same event, so that adding a report writes only what it changes. The same reports come to the
same stories in whatever order they came (linking/pairs.py, linking/clusters.py).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.record.likeness import Sketch, unpacked, unpacked_sentences
from dragoman.record.linking.clusters import Pair, stories
from dragoman.record.linking.copies import Sketches
from dragoman.record.linking.deeds import Deed, deed, runs
from dragoman.record.linking.pairs import KEPT, SAME, WINDOW, Scores, kind, mutual
from dragoman.record.lock import held
from dragoman.record.query import Questions
from dragoman.record.rows import Row
from dragoman.record.store import Store

Open = Callable[[], Questions]
# Readings compared in one step: of so many and all that may be of their deeds the deeds and sketches are held.
STEP = 5_000
TYPES = (
    *(
        "ACCUSE",
        "AGREE",
        "AID",
        "ASSAULT",
        "COERCE",
        "CONCEDE",
        "CONSULT",
        "COOPERATE",
        "MOBILIZE",
        "PROTEST",
        "REJECT",
    ),
    *("REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """What a run of linking did."""

    reports: int = 0  # whose events were compared
    pairs: int = 0  # that were compared
    same: int = 0  # of them one deed


def link(store: Store, opened: Open) -> Linked:
    """Compare the events of all readings that were not compared yet. Raises RecordError."""
    done = Linked()
    with held(store.folder, "link", exclusive=True):
        while True:
            questions = opened()
            try:
                step = _some(store, questions)
            finally:
                questions.close()
            if step is None:
                return done
            done = Linked(done.reports + step.reports, done.pairs + step.pairs, done.same + step.same)
            if step.reports < STEP:  # there were no more; whoever reads meanwhile links what he reads
                return done


def judge(store: Store, opened: Open, a: str, b: str, same: bool | None) -> None:
    """Keep a person's ruling on two events, or take it back, and make their stories anew. Raises RecordError."""
    with held(store.folder, "link", exclusive=True):
        low, high = sorted((a, b))
        row = {"report": report_of(low), "event": low, "other_report": report_of(high), "other": high, "same": same}
        store.append("judgements", [row | {"batch": _batch(store, "judgements")}])
        regroup(store, opened, [a, b])


def _some(store: Store, questions: Questions) -> Linked | None:
    """The next thousands of readings; None when there is none left."""
    fresh = {row["report"]: row["batch"] for row in questions.named("link_fresh", step=STEP)}
    if not fresh:
        return None
    # Before anything is written: a report that was read again leaves those behind that it was linked with.
    touched = [row["event"] for row in questions.of_reports("link_touched", sorted(fresh))]
    candidates = _candidates(questions)
    known = _Known(questions)
    batch = _batch(store, "linked")
    rows = [row | {"batch": batch} for row in _compared(questions, candidates, known)]
    if rows:
        store.append("links", rows)
    same = [row for row in rows if row["score"] >= SAME]
    events = {*touched, *(r["event"] for r in same), *(r["other"] for r in same)}
    _regroup(store, questions, events, known, rows, set(touched))
    store.append("linked", [{"report": r, "of_batch": b, "batch": batch} for r, b in sorted(fresh.items())])
    return Linked(len(fresh), len(candidates), len(same))


def _candidates(questions: Questions) -> list[Row]:
    values = {"types": list(TYPES), "kinds": [kind(t) for t in TYPES], "mutual": [mutual(t) for t in TYPES]}
    questions.run(
        "CREATE OR REPLACE TEMP TABLE kinds AS SELECT unnest($types::VARCHAR[]) AS type, "
        "unnest($kinds::VARCHAR[]) AS kind, unnest($mutual::BOOLEAN[]) AS mutual",
        values,
    )
    questions.run("SET VARIABLE link_window = $window::INTEGER", {"window": WINDOW})
    return questions.named("link_candidates")


def _compared(questions: Questions, candidates: Sequence[Row], known: _Known) -> Iterable[Row]:
    """The pairs that are worth keeping, with their score and reason."""
    reports = sorted({r for row in candidates for r in (row["a_report"], row["b_report"])})
    if not reports:
        return
    wanted = {e for row in candidates for e in (row["a"], row["b"])}
    questions.run(
        "CREATE OR REPLACE TEMP TABLE wanted_events AS SELECT unnest($events::VARCHAR[]) AS event",
        {"events": sorted(wanted)},
    )
    quotes = {row["report"]: runs(row["contents"]) for row in questions.of_reports("link_quotes", reports)}
    deeds: dict[str, Deed] = {
        row["id"]: deed(row, quotes.get(row["report"], frozenset()))
        for row in questions.of_reports("link_deeds", reports)
    }
    known.there |= deeds.keys()
    # With those that they are linked with already: to look for a few later takes as long as for all.
    linked = questions.named("link_around", events=sorted(wanted))
    known.ask(sorted({*reports, *(report_of(row[side]) for row in linked for side in ("event", "other"))}))
    scores = Scores(known)
    for row in candidates:
        a, b = deeds[row["a"]], deeds[row["b"]]
        found = scores.score(a, b)
        if found.score >= KEPT:
            yield {
                "report": a.report, "of_batch": a.batch, "event": a.id,
                "other_report": b.report, "other_batch": b.batch, "other": b.id,
                "score": found.score, "reason": found.reason,
            }  # fmt: skip


class _Known(Sketches):
    """What is known of a record's reports, each asked for once: a step of linking holds one state of the record."""

    def __init__(self, questions: Questions) -> None:
        super().__init__({})
        self._questions = questions
        self.batches: dict[str, str] = {}  # of the reading that a sketch is of
        self.there: set[str] = set()  # events that the readings have which count

    def ask(self, reports: Iterable[str]) -> None:
        """Have the sketches of these reports."""
        for r in self._questions.of_reports("link_sketches", [r for r in reports if r not in self.held]):
            self.batches[r["report"]] = r["batch"]
            self.held[r["report"]] = Sketch(
                r["words"], unpacked(r["shingles"]), unpacked(r["stems"]), unpacked_sentences(r["sentences"])
            )

    def present(self, events: set[str]) -> list[str]:
        """Those of some events that are there, and not only in a reading that no longer counts."""
        reports = sorted({report_of(e) for e in events - self.there})
        self.there |= {row["id"] for row in self._questions.of_reports("link_present", reports)}
        return sorted(events & self.there)


def regroup(store: Store, opened: Open, events: Iterable[str]) -> None:
    """Make the stories of these events, and of all that hang together with them, anew; write the rows that changed."""
    questions = opened()
    try:
        _regroup(store, questions, set(events), _Known(questions), (), set(events))
    finally:
        questions.close()


def _regroup(
    store: Store, questions: Questions, events: set[str], known: _Known, fresh: Sequence[Row], doubtful: set[str]
) -> None:
    """The same. fresh: rows of links that the questions do not know of yet. doubtful: events whose story may have lost
    others that are nowhere any more."""
    if not events:
        return
    pairs, judged, found = _around(questions, events, fresh)
    present = known.present(found)
    at = stories(present, pairs, judged, {e: report_of(e) for e in present})
    current = {r["event"]: (r["story"], r["copy_of"]) for r in questions.named("link_current", events=present)}
    members: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    for event, story in at.items():
        members.setdefault(story, set()).add(event)
        before.setdefault(current[event][0] if event in current else event, set()).add(event)
    # A story of the same events as before has the same sources, too.
    changed = {story for story, of in members.items() if of != before.get(story) or of & doubtful}
    known.ask(sorted({report_of(event) for story in changed for event in members[story]}))
    batch = _batch(store, "stories")
    rows = []
    for story in sorted(changed):
        one_text = known.copies({report_of(event) for event in members[story]})
        for event in sorted(members[story]):
            report = report_of(event)
            now = (story, one_text[report])
            # An event that nobody else tells needs no row, unless an older one says otherwise.
            if current.get(event, (event, report) if len(members[story]) == 1 else None) != now:
                row = {"report": report, "of_batch": known.batches[report], "event": event, "story": now[0]}
                rows.append(row | {"copy_of": now[1], "batch": batch})
    if rows:
        store.append("stories", rows)


def _around(
    questions: Questions, events: set[str], fresh: Sequence[Row]
) -> tuple[list[Pair], dict[tuple[str, str], bool], set[str]]:
    """All that hangs together with these events by likeness or ruling: pairs, rulings, events."""
    fresh_of: dict[str, list[Row]] = {}
    for row in fresh:
        for event in (row["event"], row["other"]):
            fresh_of.setdefault(event, []).append(row)
    seen: set[str] = set()
    edge = events
    pairs: dict[tuple[str, str], float] = {}
    judged: dict[tuple[str, str], bool] = {}
    while edge:
        rows = questions.named("link_around", events=sorted(edge))
        rows += [row for event in edge for row in fresh_of.pop(event, ())]
        seen |= edge
        edge = set()
        for row in rows:
            pair = (row["event"], row["other"])
            if row.get("ruled") is not None:
                judged[pair] = row["ruled"]
            else:
                pairs[pair] = row["score"]
            if row.get("ruled") or (row["score"] or 0) >= SAME:
                edge |= {*pair} - seen
    return [Pair(a, b, s) for (a, b), s in sorted(pairs.items())], judged, seen


def report_of(event: str) -> str:
    """The id of an event's report."""
    return event.rpartition("-")[0]


def _batch(store: Store, table: str) -> str:
    return f"{store.commits(table):010d}-{uuid.uuid4().hex[:12]}"
