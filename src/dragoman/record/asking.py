"""Questions by filters: whom, what, when, where, in which words -> the keys of rows, and the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.record.query import Questions
from dragoman.record.who import side
from dragoman.record.words import COMMON, folded

# A word that more reports have is sooner found by looking through all evidences than by looking its reports up
# (measured on 10 million events).
FREQUENT = 50_000
SIDES = ("source", "target", "actor")
BOTH = ("type", "publisher", "words", "report", "since", "until", "limit")
EVENT_FILTERS = (*BOTH, "status", "context", "occasion", "place")
QUOTE_FILTERS = BOTH


def keys(questions: Questions, table: str, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """report and id of the chosen events or quotations, in order of their days."""
    sql, values = statement(questions, table, filters)
    return questions.sql(sql, values)


def rows(questions: Questions, table: str, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The chosen events or quotations, in order of their days."""
    return questions.fetch(f"{table}_told", keys(questions, table, filters))


def stories(questions: Questions, filters: Mapping[str, Any], limit: int | None) -> list[dict[str, Any]]:
    """Deeds that several reports tell, and one event of each; those with the most independent sources first."""
    events = (
        [k["id"] for k in keys(questions, "events", filters)] if any(v is not None for v in filters.values()) else None
    )
    found = questions.named("stories", events=events, limit=limit)
    told = questions.fetch("events_told", [{"report": r["story"].rpartition("-")[0], "id": r["story"]} for r in found])
    by_id = {row["id"]: row for row in told}
    return [row | by_id[row["story"]] for row in found if row["story"] in by_id]


def statement(questions: Questions, table: str, filters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The SELECT of the keys, and its parameters; makes the table of the reports to look in where there is one.

    filters: those of :meth:`Record.events` or :meth:`Record.quotes` by name; what is missing is not asked for.
    """
    names = EVENT_FILTERS if table == "events" else QUOTE_FILTERS
    values: dict[str, Any] = {name: filters.get(name) for name in names if name != "publisher"}
    for name in SIDES:
        wanted = filters.get(name)
        who = None if wanted is None else side(wanted, questions.names)
        values[f"{name}_codes"] = None if who is None else list(who.codes)
        values[f"{name}_names"] = None if who is None else list(who.names)
    sql = questions.text(table)
    words = sorted(set(folded(values["words"] or "")), key=lambda w: (-len(w), w))
    values["longest"] = words[0] if words else None
    counted = {w: questions.sql("SELECT count(*) AS n FROM words WHERE word = $w", {"w": w})[0]["n"]
               for w in words if w not in COMMON}  # fmt: skip
    rarest = min(counted, key=lambda w: (counted[w], w), default=None)
    if rarest is not None and (counted[rarest] > FREQUENT or not questions.has("words")):
        rarest = None
    if filters.get("publisher") is not None or rarest is not None:
        questions.choose_reports(filters.get("publisher"), rarest)
        sql = sql.replace(f"FROM {table} AS", f"FROM (FROM {table} SEMI JOIN wanted_reports USING (report)) AS")
    return sql, values
