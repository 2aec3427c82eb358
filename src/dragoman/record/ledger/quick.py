"""The questions that a ledger answers, in the place of those that ask the files; what it does not know, they tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dragoman.record.ledger.conditions import KNOWN, condition, days, sides
from dragoman.record.ledger.held import Ledger, sql
from dragoman.record.query import OF_REPORTS, REPORT, Questions, listed

Row = dict[str, Any]
TABLES = {"events": "ledger_deals", "quotes": "ledger_quotes"}
LETTERS = {"events": "e", "quotes": "q"}
TOLD = {"events_told": "events", "quotes_told": "quotes", "web_reports_told": "articles"}
IDENT = re.compile(r"[0-9a-f]{16}-[eq](\d{1,6})")
# An event of several sources or targets has several rows: so many more are looked at as there may be such beside.
BESIDE = 50


class Quick(Questions):
    """One who asks beside others: the questions of the files, quickly where the ledger knows."""

    def __init__(self, questions: Questions, ledger: Ledger) -> None:
        """A connection of its own to what ``questions`` have open; close it."""
        self.__dict__ |= questions.beside().__dict__
        self._ledger = ledger
        self._answers: Mapping[str, Callable[..., list[Row] | None]] = {
            "names": self._names, "stats": self._stats, "types": self._types, "network": self._network,
            "messages": self._messages, "report_months": self._months, "web_reports": self._newest,
            "web_dyad": self._web_dyad, "dyad_counts": self._dyad_counts, "dyad_events": self._dyad_events,
            "dyad_quotes": self._dyad_quotes, "web_actor_others": self._others,
        }  # fmt: skip

    def named(self, name: str, /, **values: Any) -> list[Row]:
        """The rows of queries/``name``.sql; the same ones, whoever finds them. Raises RecordError."""
        answer = self._answers.get(name) if self._ledger.exact else None
        found = None if answer is None else answer(**values)
        return super().named(name, **values) if found is None else found

    # Events and quotations by filters

    def knows(self, table: str, filters: Mapping[str, Any]) -> bool:
        """Whether the ledger can choose these rows of "events" or "quotes"."""
        return self._ledger.exact and all(v is None or name in KNOWN[table] for name, v in filters.items())

    def count(self, table: str, filters: Mapping[str, Any]) -> int:
        """How many there are. filters: such that :meth:`knows` them."""
        rows, once = self._rows(table, filters)
        if once:
            return int(self.sql(f"SELECT count(*) AS n FROM {rows}")[0]["n"])
        alone = self.sql(f"SELECT count(*) AS n FROM {rows} AND NOT several")[0]["n"]
        return int(alone + self.sql(f"SELECT count(DISTINCT (report, n)) AS n FROM {rows} AND several")[0]["n"])

    def keys(
        self,
        table: str,
        filters: Mapping[str, Any],
        *,
        down: bool = False,
        limit: int,
        offset: int = 0,
        behind: str = "",
    ) -> list[Row]:
        """report, id and day of those chosen, in order of their days. behind: a further condition, of figures only."""
        rows, once = self._rows(table, filters)
        if behind:
            rows += f" AND ({behind})"
        order = f"ORDER BY day{' DESC' if down else ''} NULLS LAST, report, n"
        if once:
            found = self.sql(f"SELECT report, n, day FROM {rows} {order} LIMIT {limit} OFFSET {offset}")
        else:
            found = self._several(rows, order, offset + limit)[offset : offset + limit]
        letter = LETTERS[table]
        return [
            {"report": f"{r['report']:016x}", "id": f"{r['report']:016x}-{letter}{r['n']}", "day": r["day"]}
            for r in found
        ]

    def behind(
        self, table: str, filters: Mapping[str, Any], place: tuple[str | None, str, str] | None, limit: int
    ) -> list[Row]:
        """The next so many behind a place in the order of days: day (ISO), report and id of what stands there."""
        if place is None:
            return self.keys(table, filters, limit=limit)
        day, report, ident = place
        number = IDENT.fullmatch(ident)
        if not REPORT.fullmatch(report) or number is None:
            return []
        later = f"report > {int(report, 16)} OR (report = {int(report, 16)} AND n > {number[1]})"
        if day is None:
            return self.keys(table, filters, limit=limit, behind=f"day IS NULL AND ({later})")
        when = f"DATE '{dt.date.fromisoformat(day).isoformat()}'"
        found = self.keys(table, filters, limit=limit, behind=f"day >= {when} AND (day > {when} OR {later})")
        if len(found) < limit:
            found += self.keys(table, filters, limit=limit - len(found), behind="day IS NULL")
        return found

    def _several(self, rows: str, order: str, wanted: int) -> list[Row]:
        """The first rows, each once: an event's pairs stand side by side in the order."""
        look = wanted + wanted // 4 + BESIDE
        while True:
            found = self.sql(f"SELECT report, n, day FROM {rows} {order} LIMIT {look}")
            once = list({(r["report"], r["n"]): r for r in found}.values())
            if len(once) >= wanted or len(found) < look:
                return once
            look *= 4

    def _rows(self, table: str, filters: Mapping[str, Any]) -> tuple[str, bool]:
        """A table of the ledger with its condition, and whether every event or quotation is in it but once."""
        chosen = condition(self.sql, self.names, table, filters)
        if table == "quotes":
            return f"ledger_quotes WHERE {chosen}", True
        if all(filters.get(name) is None for name in ("source", "target", "actor")):
            return f"ledger_deals WHERE first_pair AND {chosen}", True
        return f"ledger_deals WHERE {chosen}", False

    def stories(self, filters: Mapping[str, Any], limit: int | None) -> list[Row]:
        """story, reports and sources, as queries/stories.sql has them, of the events that are asked for."""
        asked = sql("stories")
        if any(value is not None for value in filters.values()):
            rows, _ = self._rows("events", filters)
            asked = asked.replace("/* chosen */", f"SEMI JOIN (SELECT report, n FROM {rows}) USING (report, n)")
        return self.sql(asked, {"limit": limit})

    # Whole rows

    def fetch(self, name: str, keys: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The whole rows for keys (report, id), in their order, out of the places in the files where they are."""
        found = self._fetched(name, keys)
        return super().fetch(name, keys) if found is None else found

    def _fetched(self, name: str, keys: Sequence[Mapping[str, Any]]) -> list[Row] | None:
        table = TOLD[name]
        wanted: list[tuple[str, int]] = []
        for key in keys:
            ident = IDENT.fullmatch(key["id"]) if table != "articles" else None
            if not REPORT.fullmatch(key["report"]) or (ident is None and table != "articles"):
                return None
            wanted.append((key["report"], int(ident[1]) - 1 if ident else 0))
        pieces = self._pieces(table, wanted)
        whole = self._pieces("articles", [(report, 0) for report in sorted({k["report"] for k in keys})])
        if not pieces or not whole:
            return None
        of = {table: pieces, "articles": whole}
        asked = OF_REPORTS.sub(lambda found: f"FROM ({of[found[1]]})", self.text(name))
        ident_of = "report" if table == "articles" else "id"
        rows = {row[ident_of]: row for row in self.sql(asked)}
        ids = list(dict.fromkeys(k[ident_of] for k in keys))
        return [rows[i] for i in ids] if all(i in rows for i in ids) else None

    def _pieces(self, table: str, wanted: Sequence[tuple[str, int]]) -> str | None:
        """SQL of the rows at these places of a table: report, and how far from its first row."""
        places = self._ledger.places[table]
        held: dict[str, set[int]] = {}
        for report, further in wanted:
            found = places.of(int(report, 16))
            if found is None:
                return None
            held.setdefault(found[0], set()).add(found[1] + further)
        return " UNION ALL ".join(
            f"SELECT * FROM read_parquet({listed([file])}, file_row_number = true) "
            f"WHERE file_row_number IN ({', '.join(map(str, sorted(rows)))})"
            for file, rows in sorted(held.items())
        )

    # The others, each as the query of its name

    def _names(self, *, words: str) -> list[Row]:
        return self.sql(sql("names"), {"words": words})

    def _stats(self) -> list[Row]:
        return self.sql(sql("stats"))

    def _types(self) -> list[Row]:
        return self.sql(sql("types"))

    def _network(self, *, since: Any, until: Any, type: str | None, quad: Any, status: Any) -> list[Row]:
        by, kinds_, test = (
            ("worth", "ledger_worths", "true") if type is None else ("kind", "ledger_kinds", "k.type = upper($type)")
        )
        asked = sql("network").replace("/* by */", by).replace("/* kinds */", kinds_).replace("/* type */", test)
        values = {"quad": quad, "status": status} | ({} if type is None else {"type": type})
        return self.sql(asked.replace("/* chosen */", days(since, until)), values)

    def _messages(self, **values: Any) -> list[Row]:
        return self.sql(self.text("messages").replace("FROM deals", "FROM ledger_messages"), values)

    def _months(self) -> list[Row]:
        return self.sql(self.text("report_months").replace("FROM articles", "FROM ledger_reports"))

    def _newest(self, *, words: str | None, size: int, offset: int, **_: Any) -> list[Row] | None:
        if words is not None:
            return None
        found = self.sql(sql("web_reports"), {"size": size, "offset": offset})
        return self.fetch("web_reports_told", [{"report": row["report"], "id": row["report"]} for row in found])

    def _between(self, name: str, sides_: Mapping[str, Any], **values: Any) -> list[Row]:
        a, b = (sides(self.sql, sides_[f"{s}_codes"], sides_[f"{s}_names"]) for s in "ab")
        asked = (sql("between") + sql(name)).replace("/* chosen */", days(sides_["since"], sides_["until"]))
        asked = asked.replace("/* a_to_b */", f"{a.on('source_code', 'source')} AND {b.on('target_code', 'target')}")
        asked = asked.replace("/* b_to_a */", f"{b.on('source_code', 'source')} AND {a.on('target_code', 'target')}")
        return self.sql(asked, values)

    def _web_dyad(self, *, status: Any, type: Any, publisher: Any, **values: Any) -> list[Row] | None:
        return None if publisher is not None else self._between("web_dyad", values, status=status, type=type)

    def _dyad_counts(self, **values: Any) -> list[Row]:
        return self._between("dyad_counts", values)

    def _dyad_events(self, *, limit: int, **values: Any) -> list[Row]:
        return self._between("dyad_events", values, limit=limit)

    def _dyad_quotes(self, *, limit: int, **values: Any) -> list[Row]:
        asked = sql("dyad_quotes").replace("/* chosen */", days(values["since"], values["until"]))
        for s in "ab":
            who = sides(self.sql, values[f"{s}_codes"], values[f"{s}_names"])
            asked = asked.replace(f"/* {s}_speaks */", who.on("speaker_code", "speaker"))
            asked = asked.replace(f"/* {s}_named */", who.on("code", "party"))
        return self.sql(asked, {"limit": limit})

    def _others(self, *, codes: Sequence[str], names: Sequence[str], limit: int) -> list[Row]:
        who = sides(self.sql, codes, names)
        blank = sides(self.sql, [""], []).codes
        tests = {
            "acts": who.on("source_code", "source"), "acted_on": who.on("target_code", "target"),
            "own": who.on("code", "party"), "own_source": who.on("source_code", "source"),
            "own_target": who.on("target_code", "target"), "blank": str(blank[0]) if blank else "NULL",
        }  # fmt: skip
        asked = sql("web_actor_others")
        for mark, test in tests.items():
            asked = asked.replace(f"/* {mark} */", test)
        return self.sql(asked, {"limit": limit})
