"""Two sides, month by month, as a chart: what is drawn where. The template draws it as SVG, without a script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dragoman.errors import UsageError
from dragoman.record.who import Side, side
from dragoman.web.books import Book

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
WAYS = ("a_to_b", "b_to_a")
# Above the line and below it, each from the line outwards.
STACKS = (("material cooperation", "verbal cooperation"), ("material conflict", "verbal conflict"))

# Of the drawing, in its own units (about pixels).
LEFT, TOP, HALF, BOTTOM = 46, 18, 100, 40
WIDTH = 900  # what it fills at least
NARROW = 200  # and what the words beside the line take, however few the months
LONGEST = 1_200  # months that are drawn; a span of more is a misread year, or a whole history


@dataclass(frozen=True, slots=True)
class Bar:
    """One quad class of one month, one way. number: events; x, y, width, height: in the drawing's units."""

    month: str
    quad: str
    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Months of which the record has no report at all."""

    first: str
    last: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A word on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One way's drawing."""

    width: float
    height: float
    zero: float
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    years: tuple[Tick, ...]
    numbers: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What both do to each other: months in order without holes, rows of month, quad and both ways' numbers."""

    a: Side
    b: Side
    months: tuple[str, ...]
    reports: Mapping[str, int]
    rows: tuple[Mapping[str, Any], ...]
    totals: Mapping[str, Mapping[str, int]]  # way -> quad -> events, those in no one month too
    unplaced: Mapping[str, int]

    def of(self, way: str) -> int:
        return sum(self.totals[way].values())


def counts(
    book: Book,
    a: str,
    b: str,
    *,
    since: dt.date | None,
    until: dt.date | None,
    type: str | None,
    status: str | None,
    publisher: str | None,
) -> Counts:
    """The events between two sides that pass these filters. Raises UsageError when both are the same, RecordError."""
    one, two = (side(name, lambda words: [r["name"] for r in book.ask("names", words=words)]) for name in (a, b))
    if (one.codes, one.names) == (two.codes, two.names):
        raise UsageError(f"{a} and {b} are one and the same. Name two different sides")
    rows = book.ask(
        "web_dyad", a_codes=list(one.codes), a_names=list(one.names), b_codes=list(two.codes),
        b_names=list(two.names), since=since, until=until, type=type, status=status, publisher=publisher,
    )  # fmt: skip
    written = {r["month"]: r["reports"] for r in book.ask("report_months")}
    told = [r for r in rows if r["month"] is not None]
    months: tuple[str, ...] = ()
    if told:
        first = min([r["month"] for r in told] + ([f"{since:%Y-%m}"] if since else []))
        last = max([r["month"] for r in told] + ([f"{until:%Y-%m}"] if until else []))
        months = tuple(_months(first, last))[-LONGEST:]
    totals = {way: {q: sum(r[way] for r in rows if r["quad"] == q) for q in QUADS} for way in WAYS}
    unplaced = {way: sum(r[way] for r in rows if r["month"] is None) for way in WAYS}
    return Counts(one, two, months, written, tuple(told), totals, unplaced)


def _months(first: str, last: str) -> list[str]:
    year, month, out = int(first[:4]), int(first[5:]), []
    while (name := f"{year:04d}-{month:02d}") <= last:
        out.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return out


def chart(found: Counts, way: str) -> Chart:
    """One way: cooperation above the line, conflict below, deeds nearest to it. Both ways have the same scale."""
    step = max(WIDTH / max(1, len(found.months)), 3.0)
    step = min(step, 60.0)
    width = max(LEFT + step * len(found.months) + 8, NARROW)
    zero = float(TOP + HALF)
    cells = {(r["month"], r["quad"]): r for r in found.rows}
    told = {month for month, _ in cells}
    stacks = (
        sum(cells[month, quad][w] for quad in pair if (month, quad) in cells)
        for w in WAYS for month in told for pair in STACKS
    )  # fmt: skip
    most = max(1, *stacks, 1)
    bars = []
    for n, month in enumerate(found.months):
        x = LEFT + n * step + step * 0.1
        for pair, up in zip(STACKS, (True, False), strict=True):
            at = zero
            for quad in pair:
                number = cells[month, quad][way] if (month, quad) in cells else 0
                if number:
                    height = round(number / most * HALF, 2)
                    y = at - height if up else at
                    bars.append(Bar(month, quad, number, round(x, 2), round(y, 2), round(step * 0.8, 2), height))
                    at = at - height if up else at + height
    years = [
        Tick(round(LEFT + n * step, 2), m[:4] if m.endswith("-01") else m)
        for n, m in enumerate(found.months)
        if n == 0 or m.endswith("-01")
    ]
    numbers = [Tick(zero, "0"), *(Tick(zero - s * HALF, str(most)) for s in (1, -1))]
    height = TOP + 2 * HALF + BOTTOM
    return Chart(
        round(width, 2), height, zero, tuple(bars), tuple(_gaps(found, told, step)), tuple(_apart(years)),
        tuple(numbers),
    )  # fmt: skip


def _gaps(found: Counts, told: Set[str], step: float) -> list[Gap]:
    out, n = [], 0
    for empty, group in groupby(found.months, lambda m: not found.reports.get(m) and m not in told):
        run = list(group)
        if empty:
            out.append(Gap(run[0], run[-1], round(LEFT + n * step, 2), round(len(run) * step, 2)))
        n += len(run)
    return out


def _apart(ticks: Sequence[Tick], least: float = 44.0) -> list[Tick]:
    """Words that do not stand on each other."""
    out: list[Tick] = []
    for tick in ticks:
        if not out or tick.at - out[-1].at >= least:
            out.append(tick)
        elif len(out) == 1 and len(out[0].label) > 4:  # the odd first month gives way to a year
            out[0] = tick
    return out
