"""Two sides: what each does and says to the other, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dragoman.errors import UsageError
from dragoman.record.rows import Row
from dragoman.record.who import Side, side

Ask = Callable[..., list[Row]]
Fetch = Callable[[str, Sequence[Mapping[str, Any]]], list[Row]]

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
LAST_EVENTS = 10
LAST_QUOTES = 5
SAID = (
    "report", "id", "kind", "speaker_code", "speaker_name", "addressee_codes", "addressee_names", "content",
    "content_start", "content_end", "date", "report_dated", "report_source",
)  # fmt: skip
WAYS = ("a_to_b", "b_to_a")


@dataclass(frozen=True, slots=True)
class Flow:
    """Events one way, asserted ones only: how many, of which quad class, and their Goldstein values."""

    events: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    goldstein_sum: float | None  # None where no event has a value
    goldstein_mean: float | None

    @property
    def cooperation(self) -> int:
        return self.verbal_cooperation + self.material_cooperation

    @property
    def conflict(self) -> int:
        return self.verbal_conflict + self.material_conflict


@dataclass(frozen=True, slots=True)
class Month:
    """One month. Both flows are None where the record has neither a report of that month nor an event in it: a gap."""

    month: str  # 2022-03
    reports: int  # written in that month, about whatever
    a_to_b: Flow | None
    b_to_a: Flow | None


@dataclass(frozen=True, slots=True)
class Balance:
    """How even it is: above 0, a does more to b, or is kinder to b, than b to a."""

    events: float | None  # (a_to_b - b_to_a) / (a_to_b + b_to_a), from -1 to 1
    goldstein: float | None  # mean of a_to_b less mean of b_to_a


@dataclass(frozen=True, slots=True)
class Dyad:
    """What the record tells of two sides. All that is counted was asserted; the rest stands apart."""

    a: Side
    b: Side
    since: dt.date | None
    until: dt.date | None
    months: tuple[Month, ...]  # every month from the first to the last, without holes
    a_to_b: Flow
    b_to_a: Flow
    balance: Balance
    unplaced: dict[str, int]  # events, by way, whose days do not lie in one month: counted in the flows, in no month
    statuses: dict[str, dict[str, int]]  # status -> way -> events
    topics: tuple[Row, ...]  # context, a_to_b, b_to_a
    events: tuple[Row, ...]  # the last asserted ones, the newest first
    others: tuple[Row, ...]  # the last planned, denied and hypothetical ones
    said_a_to_b: tuple[Row, ...]  # a's last words to b (spoken: "to") or of b ("of")
    said_b_to_a: tuple[Row, ...]


def dyad(ask: Ask, fetch: Fetch, a: str, b: str, since: dt.date | None, until: dt.date | None) -> Dyad:
    """See :meth:`dragoman.Record.dyad`."""
    one, two = (side(name, lambda words: [r["name"] for r in ask("names", words=words)]) for name in (a, b))
    if (one.codes, one.names) == (two.codes, two.names):
        raise UsageError(f"{a} and {b} are one and the same. Name two different sides")
    chosen: dict[str, Any] = {
        "a_codes": list(one.codes), "a_names": list(one.names), "b_codes": list(two.codes), "b_names": list(two.names),
        "since": since, "until": until,
    }  # fmt: skip
    counted = ask("dyad_counts", **chosen)
    asserted = [r for r in counted if r["status"] == "asserted"]
    flows = {way: flow(way, asserted) for way in WAYS}
    said = last_said(ask, fetch, chosen, LAST_QUOTES)
    last = fetch("events_told", ask("dyad_events", **chosen, limit=LAST_EVENTS))
    return Dyad(
        one, two, since, until,
        months=_months(asserted, ask("report_months"), since, until),
        a_to_b=flows["a_to_b"],
        b_to_a=flows["b_to_a"],
        balance=_balance(flows["a_to_b"], flows["b_to_a"]),
        unplaced={way: sum(r[way] for r in asserted if r["month"] is None) for way in WAYS},
        statuses={
            status: {way: sum(r[way] for r in counted if r["status"] == status) for way in WAYS}
            for status in sorted({r["status"] for r in counted})
        },
        topics=_topics(asserted),
        events=tuple(r for r in last if r["status"] == "asserted"),
        others=tuple(r for r in last if r["status"] != "asserted"),
        said_a_to_b=tuple(r for r in said if r["way"] == "a to b"),
        said_b_to_a=tuple(r for r in said if r["way"] == "b to a"),
    )  # fmt: skip


def flow(way: str, rows: Iterable[Mapping[str, Any]]) -> Flow:
    """The sum of counted rows, one way."""
    rows = list(rows)
    of = {quad: sum(r[way] for r in rows if r["quad"] == quad) for quad in QUADS}
    valued = sum(r[f"{way}_valued"] for r in rows)
    total = sum((r[f"{way}_goldstein"] or Decimal() for r in rows), Decimal())
    events = sum(r[way] for r in rows)
    return Flow(
        events, of["verbal cooperation"], of["material cooperation"], of["verbal conflict"], of["material conflict"],
        *goldstein(valued, total),
    )  # fmt: skip


def goldstein(valued: int, total: Decimal) -> tuple[float | None, float | None]:
    """Sum and mean (3 decimals), or None and None where nothing has a value."""
    return (float(total), round(float(total) / valued, 3)) if valued else (None, None)


def last_said(ask: Ask, fetch: Fetch, chosen: Mapping[str, Any], limit: int) -> list[Row]:
    """The last quotations of each side to the other or of it, and which way each goes; one may go both ways.

    chosen: a_codes, a_names, b_codes, b_names, since and until.
    """
    keys = ask("dyad_quotes", **chosen, limit=limit)
    told = {row["id"]: row for row in fetch("quotes_told", keys)}
    return [{k: key[k] for k in ("way", "spoken")} | {k: told[key["id"]][k] for k in SAID} for key in keys]


def _balance(there: Flow, back: Flow) -> Balance:
    both = there.events + back.events
    share = round((there.events - back.events) / both, 3) if both else None
    if there.goldstein_mean is None or back.goldstein_mean is None:
        return Balance(share, None)
    return Balance(share, round(there.goldstein_mean - back.goldstein_mean, 3))


def _topics(asserted: list[Row]) -> tuple[Row, ...]:
    """How often each context comes up each way, the most frequent first."""
    topics: dict[str, Row] = {}
    for r in asserted:
        for context in r["contexts"] or ():
            row = topics.setdefault(context, {"context": context, **dict.fromkeys(WAYS, 0)})
            for way in WAYS:
                row[way] += r[way]
    return tuple(sorted(topics.values(), key=lambda t: (-t["a_to_b"] - t["b_to_a"], t["context"])))


def _months(asserted: list[Row], reports: list[Row], since: dt.date | None, until: dt.date | None) -> tuple[Month, ...]:
    """From the first month that was asked for, or has an event, to the last."""
    by_month: dict[str, list[Row]] = {}
    for r in asserted:
        if r["month"] is not None:
            by_month.setdefault(r["month"], []).append(r)
    written = {r["month"]: r["reports"] for r in reports}
    if not by_month:
        return ()
    first = f"{since:%Y-%m}" if since else min(by_month)
    last = f"{until:%Y-%m}" if until else max(by_month)
    out = []
    for month in _from_to(min(first, *by_month), max(last, *by_month)):
        rows, n = by_month.get(month, []), written.get(month, 0)
        told = n > 0 or bool(rows)
        out.append(Month(month, n, *(flow(way, rows) if told else None for way in WAYS)))
    return tuple(out)


def _from_to(first: str, last: str) -> Iterable[str]:
    year, month = int(first[:4]), int(first[5:])
    while (name := f"{year:04d}-{month:02d}") <= last:
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
