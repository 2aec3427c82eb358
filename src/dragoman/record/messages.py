"""Messages: who was greeted, congratulated and condoled with, year by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.errors import UsageError
from dragoman.record.rows import Row
from dragoman.record.who import Side, side

ROLES = ("sender", "recipient")


@dataclass(frozen=True, slots=True)
class Compared:
    """One person, or one code where ``name`` is None, over the years compared.

    change: "new" (in the last of the years alone), "gone" (in an earlier one, not in the last), "stays"; None where the
    record has no such message at all in the last year, or in all earlier ones, so that nothing can be told.
    """

    occasion: str
    code: str | None
    name: str | None
    counts: dict[int, int]  # year -> how many reports tell of it; of a code: how many of its people; 0: none
    former: tuple[int, ...]  # the years in which reports call the person a former office-holder
    change: str | None
    code_change: str | None  # the change of the person's code: "stays" where only the person changed


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages that ``who`` sent, or received."""

    who: Side
    role: str  # one of ROLES: what ``who`` is
    years: tuple[int, ...]  # the years compared; empty: none
    sent: tuple[
        Row, ...
    ]  # asserted: occasion, year (None: not known), code, name, former, reports, and the first words
    apart: tuple[Row, ...]  # planned, denied, hypothetical; the same columns
    people: tuple[Compared, ...]
    codes: tuple[Compared, ...]


def messages(
    ask: Callable[..., list[Row]], who: str, occasion: str | None, compare: Sequence[int], role: str
) -> Messages:
    """See :meth:`dragoman.Record.messages`."""
    if role not in ROLES:
        raise UsageError(f"{role!r} is no role; it is sender or recipient")
    years = tuple(sorted(set(compare)))
    if len(years) == 1:
        raise UsageError(f"--compare takes two years or more; {years[0]} stands alone")
    one = side(who, lambda words: [r["name"] for r in ask("names", words=words)])
    rows = ask("messages", codes=list(one.codes), names=list(one.names), occasion=occasion, sender=role == "sender")
    sent = [r for r in rows if r["status"] == "asserted"]
    if years:
        sent = [r for r in sent if r["year"] in years]
        rows = [r for r in rows if r["year"] in years]
    codes = _compared(sent, years, lambda r: (r["code"], None), {})
    by_code = {(c.occasion, c.code): c.change for c in codes}
    people = _compared(sent, years, lambda r: (r["code"], r["name"]), by_code)
    return Messages(
        one, role, years, tuple(sent), tuple(r for r in rows if r["status"] != "asserted"),
        people, tuple(c for c in codes if c.code is not None),
    )  # fmt: skip


def _compared(
    sent: Iterable[Row],
    years: tuple[int, ...],
    key: Callable[[Row], tuple[str | None, str | None]],
    by_code: dict[tuple[str, str | None], str | None],
) -> tuple[Compared, ...]:
    if not years:
        return ()
    told: dict[str, set[int]] = {}
    grouped: dict[tuple[str, tuple[str | None, str | None]], list[Row]] = {}
    for r in sent:
        told.setdefault(r["occasion"], set()).add(r["year"])
        grouped.setdefault((r["occasion"], key(r)), []).append(r)
    out = []
    for (occasion, (code, name)), rows in grouped.items():
        counts = {
            year: sum(r["reports"] if name is not None else 1 for r in rows if r["year"] == year) for year in years
        }
        former = tuple(sorted({r["year"] for r in rows if r["former"]})) if name is not None else ()
        change = _change(counts, told[occasion], years)
        code_change = by_code.get((occasion, code)) if name is not None and code is not None else None
        out.append(Compared(occasion, code, name, counts, former, change, code_change))
    return tuple(sorted(out, key=lambda c: (c.occasion, c.code is None, c.code or "", c.name or "")))


def _change(counts: dict[int, int], told: set[int], years: tuple[int, ...]) -> str | None:
    *earlier, last = years
    if last not in told or not told.intersection(earlier):
        return None
    before = any(counts[year] for year in earlier)
    if not counts[last]:
        return "gone"
    return "stays" if before else "new"
