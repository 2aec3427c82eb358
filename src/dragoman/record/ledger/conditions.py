"""What a question asks for -> a condition on the ledger's rows. Only its figures, and days, get into the SQL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.record.who import side

REPORT = re.compile(r"[0-9a-f]{16}")
# What a ledger knows of events and quotations; the rest is asked of the files.
KNOWN = {
    "events": frozenset(
        ("source", "target", "actor", "type", "status", "quad", "context", "occasion", "report", "since", "until",
         "month")
    ),
    "quotes": frozenset(("source", "target", "actor", "type", "report", "since", "until")),
}  # fmt: skip
NOTHING = "false"
Sql = Callable[..., list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Sides:
    """The ledger's numbers of whom a question means: codes, and parties by their names."""

    codes: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()

    def on(self, code: str, party: str) -> str:
        """The condition that a side is one of these. code, party: the columns with its numbers."""
        found = [f"{column} IN ({_few(some)})" for column, some in ((code, self.codes), (party, self.parties)) if some]
        return f"({' OR '.join(found)})" if found else NOTHING


def sides(sql: Sql, codes: Iterable[str], names: Iterable[str]) -> Sides:
    """Of these very codes and names, what the ledger has."""
    codes, names = list(codes), list(names)
    found = sql(
        "SELECT id FROM ledger_codes WHERE list_contains($codes::VARCHAR[], code) ORDER BY id", {"codes": codes}
    )
    parties = []
    if names:
        asked = "SELECT id FROM ledger_parties WHERE list_contains($names::VARCHAR[], name) ORDER BY id"
        parties = sql(asked, {"names": names})
    return Sides(tuple(row["id"] for row in found), tuple(row["id"] for row in parties))


def kinds(sql: Sql, asked: Mapping[str, Any]) -> str:
    """The condition on what an event is. asked: type, status, quad, context and occasion; None where it is all one."""
    tests = {
        "type": "type = upper($type)", "status": "status = lower($status)", "quad": "contains(quad, lower($quad))",
        "context": "list_contains(contexts, lower($context))", "occasion": "occasion = lower($occasion)",
    }  # fmt: skip
    given = {name: asked[name] for name in tests if asked.get(name) is not None}
    if not given:
        return "true"
    chosen = " AND ".join(tests[name] for name in given)
    found = sql(f"SELECT id FROM ledger_kinds WHERE {chosen} ORDER BY id", given)
    return f"kind IN ({_few(row['id'] for row in found)})" if found else NOTHING


def days(since: dt.date | None, until: dt.date | None) -> str:
    """The condition that it may have been between these days."""
    tests = []
    if since is not None:
        tests.append(f"last >= DATE '{since.isoformat()}'")
    if until is not None:
        tests.append(f"first <= DATE '{until.isoformat()}'")
    return " AND ".join(tests) or "true"


def condition(sql: Sql, names: Callable[[str], list[str]], table: str, filters: Mapping[str, Any]) -> str:
    """What the rows of ledger_deals or ledger_quotes must be. filters: of :data:`KNOWN`."""
    given = {name: value for name, value in filters.items() if value is not None}
    tests = [days(given.get("since"), given.get("until"))]
    for name in ("source", "target", "actor"):
        if name in given:
            who = side(given[name], names)
            tests.append(_side(table, name, sides(sql, who.codes, who.names)))
    if table == "events":
        tests.append(kinds(sql, given))
    elif "type" in given:
        word = str(given["type"]).lower()
        tests.append(f"kind = '{word}'" if word.isalpha() else NOTHING)
    if "month" in given:
        first = dt.date.fromisoformat(f"{given['month']}-01")
        inside = f"date_trunc('month', DATE '{first.isoformat()}')"
        tests += [f"isfinite({end}) AND date_trunc('month', {end}) = {inside}" for end in ("first", "last")]
    if "report" in given:
        known = REPORT.fullmatch(str(given["report"]))
        tests.append(f"report = {int(given['report'], 16)}" if known else NOTHING)
    return " AND ".join(test for test in tests if test != "true") or "true"


def _side(table: str, name: str, who: Sides) -> str:
    if table == "events":
        acts, acted_on = who.on("source_code", "source"), who.on("target_code", "target")
        return {"source": acts, "target": acted_on, "actor": f"({acts} OR {acted_on})"}[name]
    speaks = who.on("speaker_code", "speaker")
    hears = f"quote IN (SELECT quote FROM ledger_named WHERE spoken_to AND {who.on('code', 'party')})"
    return {"source": speaks, "target": hears, "actor": f"({speaks} OR {hears})"}[name]


def _few(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
