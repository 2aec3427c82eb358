"""Questions by filters: whom, what, when, where, in which words -> the keys of rows, and the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.record.ledger.quick import Quick
from dragoman.record.query import Questions
from dragoman.record.who import side
from dragoman.record.words import COMMON, folded

# So many rows are compared whole with the words asked for, the first of their order first, before all are gone through:
# words that stand in a thousand events are mostly found side by side in the first hundreds.
STEPS = (200, 500, 1_000, 1_000)
SIDES = ("source", "target", "actor")
MARKS = {"events": "e", "quotes": "q"}  # what the owner of a row of words begins with
SAID = {"events": "evidence", "quotes": "content"}
BOTH = ("type", "publisher", "words", "report", "since", "until", "limit")
EVENT_FILTERS = (*BOTH, "status", "context", "occasion", "place")
QUOTE_FILTERS = BOTH


def keys(questions: Questions, table: str, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """report and id of the chosen events or quotations, in order of their days."""
    sql, values = statement(questions, table, filters)
    return questions.sql(sql, values)


def rows(questions: Questions, table: str, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The chosen events or quotations, in order of their days."""
    if filters.get("words") is not None and filters.get("limit") is not None:
        found = _first_worded(questions, table, filters)
        if found is not None:
            return found
    return questions.fetch(f"{table}_told", keys(questions, table, filters))


def _first_worded(questions: Questions, table: str, filters: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The first rows with some words, without a look at all that have them; None when they are not soon found."""
    limit, words = filters["limit"], folded(filters["words"])
    alone = all(value is None for name, value in filters.items() if name not in ("words", "limit"))
    if alone and len(words) == 1 and words[0] not in COMMON:
        found = questions.named("worded_in_order", word=words[0], mark=MARKS[table], limit=limit)
        return questions.fetch(f"{table}_told", found)
    if len(words) < 2 and not set(words) & COMMON:
        return None
    if alone and set(words) - COMMON:
        word = max(set(words) - COMMON, key=lambda w: (len(w), w))  # longer words are mostly rarer
        ordered = questions.named("worded_in_order", word=word, mark=MARKS[table], limit=sum(STEPS))
    else:
        sql, values = statement(questions, table, {**filters, "limit": sum(STEPS)}, whole=False)
        ordered = questions.sql(sql, values)
    column, wanted = SAID[table], f" {' '.join(words)} "
    out: list[dict[str, Any]] = []
    begin = 0
    for step in STEPS:
        told = questions.fetch(f"{table}_told", ordered[begin : begin + step])
        out += [row for row in told if wanted in f" {' '.join(folded(row[column] or ''))} "]
        begin += step
        if len(out) >= limit or begin >= len(ordered):
            break
    if len(out) < limit and len(ordered) == sum(STEPS):
        return None
    return out[:limit]


def stories(questions: Questions, filters: Mapping[str, Any], limit: int | None) -> list[dict[str, Any]]:
    """Deeds that several reports tell, and one event of each; those with the most independent sources first."""
    if isinstance(questions, Quick) and questions.knows("events", filters):
        found = questions.stories(filters, limit)
    else:
        found = _stories(questions, filters, limit)
    told = questions.fetch("events_told", [{"report": r["story"].rpartition("-")[0], "id": r["story"]} for r in found])
    by_id = {row["id"]: row for row in told}
    return [row | by_id[row["story"]] for row in found if row["story"] in by_id]


def _stories(questions: Questions, filters: Mapping[str, Any], limit: int | None) -> list[dict[str, Any]]:
    sql = questions.text("stories")
    if any(value is not None for value in filters.values()):
        wanted, values = statement(questions, "events", filters)
        wanted = wanted[: wanted.rindex("ORDER BY")]
        values.pop("limit")
        questions.run(f"CREATE OR REPLACE TEMP TABLE wanted_events AS {wanted}", values)
        sql = sql.replace(
            "FROM told_now\n", "FROM told_now SEMI JOIN wanted_events ON wanted_events.id = told_now.event\n"
        )
    return questions.sql(sql, {"limit": limit})


def statement(
    questions: Questions, table: str, filters: Mapping[str, Any], *, whole: bool = True
) -> tuple[str, dict[str, Any]]:
    """The SELECT of the keys, and its parameters; makes the tables of the reports and words to look in.

    filters: those of :meth:`Record.events` or :meth:`Record.quotes` by name; what is missing is not asked for.
    whole: compare whole phrases; without, rows that have all their words but the commonest are chosen.
    """
    names = EVENT_FILTERS if table == "events" else QUOTE_FILTERS
    values: dict[str, Any] = {name: filters.get(name) for name in names if name not in ("publisher", "words")}
    for name in SIDES:
        wanted = filters.get(name)
        who = None if wanted is None else side(wanted, questions.names)
        values[f"{name}_codes"] = None if who is None else list(who.codes)
        values[f"{name}_names"] = None if who is None else list(who.names)
    if table == "events":
        values["place_word"] = longest(values["place"])
    sql, joined = questions.text(table), ""
    publisher, words = filters.get("publisher"), filters.get("words")
    if publisher is not None:
        asked = f"CREATE OR REPLACE TEMP TABLE wanted_reports AS\n{questions.text('reports_of')}"
        questions.run(asked, {"publisher": publisher, "word": longest(publisher)})
        joined += " SEMI JOIN wanted_reports USING (report)"
    if words is not None and _choose_worded(questions, table, words, whole=whole):
        joined += " SEMI JOIN worded USING (report, n)"
    if joined:
        rows_of = "deals" if table == "events" else "quotes"
        sql = sql.replace(f"FROM {rows_of} AS", f"FROM (FROM {rows_of}{joined}) AS")
    return sql, values


def _choose_worded(questions: Questions, table: str, words: str, *, whole: bool) -> bool:
    """Make the table worded of the events or quotations with these words; whether it leaves any out."""
    split = folded(words)
    known = sorted(set(split) - COMMON)
    create = "CREATE OR REPLACE TEMP TABLE worded AS"
    if known:
        questions.run(f"{create}\n{questions.text('worded_candidates')}", {"words": known, "mark": MARKS[table]})
    if len(split) == 1 and known:
        return True
    if not whole and split:
        return bool(known)
    rows_of = f"(FROM {table} SEMI JOIN worded USING (report, n))" if known else table
    asked = f"{create} SELECT report, n FROM {rows_of} WHERE has_words({SAID[table]}, $words, $longest)"
    questions.run(
        asked.replace(create, "CREATE OR REPLACE TEMP TABLE worded_whole AS"),
        {"words": words, "longest": longest(words)},
    )
    questions.run(f"{create} FROM worded_whole")
    return True


def longest(words: str | None) -> str | None:
    """The longest of some words, folded; for the quick look before the careful one."""
    return None if words is None else max(folded(words), key=len, default="")
