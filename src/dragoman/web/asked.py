"""What an address asks of events or quotations -> one page of rows, how many there are, where the next page begins."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dragoman.errors import UsageError
from dragoman.model import Interval
from dragoman.record import asking
from dragoman.record.ledger.quick import Quick
from dragoman.record.query import Questions
from dragoman.web.books import Book, Shelf

Table = Literal["events", "quotes"]
SIZE = 50
SIZES = (25, 50, 100, 200)
# What a download may hold; more is a matter for `dragoman export`, which streams.
MOST = 100_000
STEP = 1_000  # rows fetched at once for a download
DAY = "coalesce({t}.date_start, {t}.date_end)"
SORTS: Mapping[str, Mapping[str, str]] = {
    "events": {
        "day": DAY.format(t="e"), "type": "e.type", "status": "e.status", "source": "e.source_names[1]",
        "target": "e.target_names[1]", "goldstein": "e.goldstein", "confidence": "e.confidence",
    },
    "quotes": {
        "day": DAY.format(t="q"), "speaker": "q.speaker_name", "addressee": "q.addressee_names[1]", "kind": "q.kind",
        "confidence": "q.confidence",
    },
}  # fmt: skip
DATES = ("since", "until")


@dataclass(frozen=True, slots=True)
class Asked:
    """One address's question. words: as the address has them; filters: as the record takes them."""

    table: Table
    words: dict[str, str]
    filters: dict[str, Any] = field(default_factory=dict)
    sort: str = "day"
    down: bool = False
    page: int = 1
    size: int = SIZE

    def address(self, **changes: Any) -> dict[str, Any]:
        """The parts of this question's address, with changes; what is as always is left out."""
        order = f"-{self.sort}" if self.down else self.sort
        own = {**self.words, "sort": order, "page": self.page, "size": self.size} | changes
        usual = {"sort": "day", "page": 1, "size": SIZE}
        return {k: v for k, v in own.items() if v not in (None, "") and v != usual.get(k)}


@dataclass(frozen=True, slots=True)
class Answer:
    """One page. total: all rows that are asked for."""

    asked: Asked
    rows: list[dict[str, Any]]
    total: int

    @property
    def first(self) -> int:
        return (self.asked.page - 1) * self.asked.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.asked.size))


def names(table: Table) -> tuple[str, ...]:
    """The filters that an address may have."""
    own = asking.EVENT_FILTERS if table == "events" else asking.QUOTE_FILTERS
    more = ("quad", "month") if table == "events" else ()
    return (*asking.SIDES, *(n for n in own if n != "limit"), *more)


def asked(table: Table, values: Mapping[str, str]) -> Asked:
    """The question of an address. Raises UsageError in words for whoever typed it."""
    words = {n: values[n].strip() for n in names(table) if values.get(n, "").strip()}
    order = values.get("sort", "") or "day"
    down, sort = order.startswith("-"), order.removeprefix("-")
    if sort not in SORTS[table]:
        raise UsageError(f"{sort!r} is no order; it is one of {', '.join(SORTS[table])}")
    return Asked(
        table, words, filters_of(words), sort, down,
        page=whole(values, "page", 1, 1_000_000), size=whole(values, "size", SIZE, 1_000),
    )  # fmt: skip


def filters_of(words: Mapping[str, str]) -> dict[str, Any]:
    """Words of an address as the record takes them: days as days. Raises UsageError."""
    out: dict[str, Any] = dict(words)
    for name in (*DATES, "month"):
        if name in out:
            out[name] = _days(words[name], name)
    if any("\x00" in v for v in words.values()):
        raise UsageError("A character of number 0 is in the question")
    return out


def day(text: str | None, side: str) -> dt.date | None:
    """The first ("since") or last ("until") of the days of ``2023-05``; None of nothing. Raises UsageError."""
    found = _days(text.strip(), side) if text and text.strip() else None
    assert found is None or isinstance(found, dt.date)
    return found


def _days(text: str, name: str) -> dt.date | str | None:
    try:
        found = Interval.parse(text)
    except (ValueError, OverflowError):
        raise UsageError(f"{text!r} is no date; write 2023-05-28, 2023-05 or 2023") from None
    if name == "month":
        if found.start is None or found != Interval.month(found.start.year, found.start.month):
            raise UsageError(f"{text!r} is no month; write 2023-05")
        return str(found)
    return found.start if name == "since" else found.end


def whole(values: Mapping[str, str], name: str, usual: int, most: int) -> int:
    """A number of an address between 1 and ``most``. Raises UsageError."""
    text = values.get(name, "").strip()
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:12]) <= most:
        raise UsageError(f"{name} is a number from 1 to {most:,}")
    return int(text)


def page(shelf: Shelf, question: Asked) -> Answer:
    """The rows of one page, and how many there are in all. Raises RecordError, BusyError.

    They are counted once for all pages and orders of a question: to count costs more than to show fifty.
    """
    asks = (question.table, tuple(sorted(question.words.items())))
    total = shelf.remembered(asks, lambda book: book.answer(lambda questions: _total(questions, question)))
    if (question.page - 1) * question.size >= total:
        return Answer(question, [], total)
    how = (question.sort, question.down, question.page, question.size)
    rows = shelf.remembered((*asks, *how), lambda book: book.answer(lambda questions: _rows(questions, question)))
    return Answer(question, rows, total)


def first_rows(book: Book, question: Asked) -> list[dict[str, Any]]:
    """The first page's rows alone; how many there are in all is not counted."""
    return book.answer(lambda questions: _rows(questions, question))


def _quick(questions: Questions, question: Asked) -> Quick | None:
    """Who answers out of the ledger, when it knows what is asked for."""
    return questions if isinstance(questions, Quick) and questions.knows(question.table, question.filters) else None


def _total(questions: Questions, question: Asked) -> int:
    if (quick := _quick(questions, question)) is not None:
        return quick.count(question.table, question.filters)
    if not question.words:
        return int(questions.sql(f"SELECT count(*) AS n FROM {question.table}")[0]["n"])
    sql, values = _statement(questions, question)
    return int(questions.sql(f"SELECT count(*) AS n FROM ({sql})", values)[0]["n"])


def _rows(questions: Questions, question: Asked) -> list[dict[str, Any]]:
    keys = _keys(questions, question, question.size, (question.page - 1) * question.size)
    return _told(questions, question.table, keys)


def _keys(questions: Questions, question: Asked, limit: int, offset: int) -> list[dict[str, Any]]:
    """report and id of the rows of a page, in their order."""
    quick = _quick(questions, question)
    if quick is not None and question.sort == "day":
        return quick.keys(question.table, question.filters, down=question.down, limit=limit, offset=offset)
    sql, values = _statement(questions, question)
    return questions.sql(f"{sql} {_order(question)} LIMIT {limit} OFFSET {offset}", values)


def _told(questions: Questions, table: Table, keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of keys, in their order."""
    rows = {(r["report"], r["id"]): r for r in questions.fetch(f"{table}_told", keys)}
    return [rows[k["report"], k["id"]] for k in keys]


def _statement(questions: Questions, question: Asked) -> tuple[str, dict[str, Any]]:
    """The SELECT of all keys that are asked for, without an order."""
    sql, values = asking.statement(questions, question.table, question.filters)
    sql = sql[: sql.rindex("ORDER BY")]
    values.pop("limit")
    for name, condition in (
        ("quad", "contains(e.quad, lower($quad))"),
        ("month", "month_of(e.date_start, e.date_end) = $month"),
    ):
        if name in question.filters:
            sql += f" AND {condition}"
            values[name] = question.filters[name]
    return sql, values


def _order(question: Asked) -> str:
    t = question.table[0]
    down = " DESC" if question.down else ""
    return f"ORDER BY {SORTS[question.table][question.sort]}{down} NULLS LAST, {t}.report, {t}.n"


def everything(shelf: Shelf, question: Asked) -> Iterator[list[dict[str, Any]]]:
    """All rows in their order, a thousand at a time. Raises UsageError when they are too many for a download."""
    with shelf.book() as book:
        keys = book.answer(lambda questions: _keys(questions, question, MOST + 1, 0))
    if len(keys) > MOST:
        raise UsageError(f"More than {MOST:,} rows. `dragoman export` writes as many as you like")
    for n in range(0, len(keys), STEP):
        some = keys[n : n + STEP]
        with shelf.book() as book:
            yield book.answer(lambda questions, some=some: _known(questions, question.table, some))  # type: ignore[misc]


def _known(questions: Questions, table: Table, keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = {(r["report"], r["id"]): r for r in questions.fetch(f"{table}_told", keys)}
    return [rows[k["report"], k["id"]] for k in keys if (k["report"], k["id"]) in rows]


@dataclass(frozen=True, slots=True)
class After:
    """A place in the order of days, behind which a page begins: it stays where it is while rows are added."""

    day: str | None
    report: str
    id: str

    def __str__(self) -> str:
        raw = json.dumps([self.day, self.report, self.id]).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> After:
        """Raises UsageError on what no page handed out."""
        try:
            day_, report, ident = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            if day_ is not None:
                dt.date.fromisoformat(day_)
            if not isinstance(report, str) or not isinstance(ident, str) or "\x00" in report + ident:
                raise ValueError
            return cls(day_, report, ident)
        except (ValueError, TypeError, RecursionError):
            raise UsageError("after is what the page before gave as next") from None


def behind(
    book: Book, table: Table, filters: Mapping[str, Any], after: After | None, size: int
) -> list[dict[str, Any]]:
    """The next rows in order of days. Raises RecordError."""

    def answered(questions: Questions) -> list[dict[str, Any]]:
        quick = _quick(questions, Asked(table, {}, dict(filters)))
        if quick is not None:
            behind_it = None if after is None else (after.day, after.report, after.id)
            return _told(questions, table, quick.behind(table, filters, behind_it, size))
        sql, values = _statement(questions, Asked(table, {}, dict(filters)))
        t = table[0]
        when = DAY.format(t=t)
        if after is not None:
            place = f"(SELECT n FROM {table} WHERE report = $after_report AND id = $after_id)"
            later = f"({t}.report > $after_report OR ({t}.report = $after_report AND {t}.n > {place}))"
            values |= {"after_report": after.report, "after_id": after.id}
            if after.day is None:
                sql += f" AND {when} IS NULL AND {later}"
            else:
                sql += f" AND ({when} IS NULL OR {when} > $after_day::DATE OR ({when} = $after_day::DATE AND {later}))"
                values["after_day"] = after.day
        keys = questions.sql(f"{sql} ORDER BY {when} NULLS LAST, {t}.report, {t}.n LIMIT {size}", values)
        return _told(questions, table, keys)

    return book.answer(answered)


def place_of(row: Mapping[str, Any]) -> After:
    """The place of a row, for the page behind it."""
    when = row["date_start"] or row["date_end"]
    return After(when.isoformat() if when else None, row["report"], row["id"])
