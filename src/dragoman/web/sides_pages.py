"""Pages about sides: two of them, one of them, all of them; and who was greeted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams

from dragoman.errors import UsageError
from dragoman.knowledge.actors import Country, Group, Office, Organization, look_up
from dragoman.model import STATUSES
from dragoman.record.dyad import LAST_QUOTES, last_said
from dragoman.record.network import QUAD_WORDS, Network
from dragoman.record.rows import Row
from dragoman.record.who import Side, side
from dragoman.web import dyads
from dragoman.web.asked import Asked, Table, day, filters_of, first_rows, whole
from dragoman.web.books import Book
from dragoman.web.graph import drawing, tone_of
from dragoman.web.house import House
from dragoman.web.words import query

TOP = 16  # codes in the matrix of a page
LISTED = 20
LAST = 10
SHADES = 5
# In records of more reports, the names that they give an actor are counted only when asked for: it is the dearest
# question of the page (in 600,000 reports 0.44 of 1.4 s of CPU time).
LARGE = 200_000
OFFICES = 60  # the newest of a state's
# Messages on a page, and at least of a year and occasion: a page with all 11,000 of a great power takes 0.3 s of CPU
# time to write.
MESSAGES, FEW = 1_000, 20


def routes(house: House) -> APIRouter:
    """/dyad, /actor, /messages, /network."""
    router = APIRouter()

    @router.get("/dyad")
    def dyad(request: Request) -> Response:
        got = request.query_params
        a, b = words(got, "a"), words(got, "b")
        values: dict[str, Any] = {"a": a, "b": b, "statuses": STATUSES}
        if a and b:
            values |= _dyad(house, got, a, b)
        return house.pages.page(request, "dyad.html", **({"found": None} | values))

    @router.get("/actor")
    def actor(request: Request) -> Response:
        name = words(request.query_params, "name")
        values = {} if name is None else _actor(house, name, named="named" in request.query_params)
        return house.pages.page(request, "actor.html", name=name, found=bool(values), **values)

    @router.get("/messages")
    def messages(request: Request) -> Response:
        got = request.query_params
        who = words(got, "who")
        role = words(got, "role") or "sender"
        years = sorted({int(y) for y in re.findall(r"\b[12]\d{3}\b", got.get("years", ""))})
        found = None
        if who:
            with house.shelf.book() as book:
                found = book.messages(who, occasion=words(got, "occasion"), compare=years, role=role)
        groups = [] if found is None else _by_occasion(found.sent)
        most = max(FEW, MESSAGES // max(1, sum(len(years) for _, years in groups)))
        return house.pages.page(request, "messages.html", who=who, role=role, result=found, groups=groups, most=most)

    @router.get("/network")
    def network(request: Request) -> Response:
        got = request.query_params
        status = words(got, "status") or "asserted"
        chosen: dict[str, Any] = {
            "since": day(got.get("since"), "since"), "until": day(got.get("until"), "until"),
            "type": words(got, "type"), "quad": words(got, "quad"), "status": status,
        }  # fmt: skip
        found = house.shelf.remembered(("network", *chosen.values()), lambda book: book.network(**chosen))
        top = whole(got, "top", TOP, 60)
        picture = house.shelf.remembered(("drawing", top, *chosen.values()), lambda _: drawing(found, top))
        return house.pages.page(
            request, "network.html", matrix=matrix(found, top), found=found, top=top, quads=QUAD_WORDS,
            statuses=STATUSES, status=status, drawing=picture, names=house.names,
        )  # fmt: skip

    return router


def words(got: QueryParams, name: str) -> str | None:
    """A part of the address, or None where it is blank. Raises UsageError on a character of number 0."""
    text = got.get(name, "").strip()
    if "\x00" in text:
        raise UsageError("A character of number 0 is in the question")
    return text or None


def _dyad(house: House, got: QueryParams, a: str, b: str) -> dict[str, Any]:
    status = words(got, "status") or "asserted"
    if status not in STATUSES:
        raise UsageError(f"{status!r} is no status; it is one of {', '.join(STATUSES)}")
    chosen = {n: v for n in ("type", "publisher", "since", "until") if (v := words(got, n))} | {"status": status}
    since, until = day(got.get("since"), "since"), day(got.get("until"), "until")

    def asked_of(book: Book) -> tuple[dyads.Counts, list[Row], list[list[Row]]]:
        found = dyads.counts(
            book, a, b, since=since, until=until, type=chosen.get("type"), status=status,
            publisher=chosen.get("publisher"),
        )  # fmt: skip
        sides = {
            "a_codes": list(found.a.codes), "a_names": list(found.a.names), "b_codes": list(found.b.codes),
            "b_names": list(found.b.names), "since": since, "until": until,
        }  # fmt: skip
        said = last_said(book.ask, book.fetch, sides, LAST_QUOTES)
        return found, said, [_last(book, "events", {"source": x, "target": y} | chosen) for x, y in ((a, b), (b, a))]

    found, said, last = house.shelf.remembered(("dyad", a, b, *sorted(chosen.items())), asked_of)
    ways = []
    for way, left, right, rows in (("a_to_b", found.a, found.b, last[0]), ("b_to_a", found.b, found.a, last[1])):
        asked = {"source": left.asked, "target": right.asked} | chosen
        ways.append({
            "label": f"{left.label} → {right.label}", "source": left, "target": right, "total": found.of(way),
            "totals": found.totals[way], "unplaced": found.unplaced[way], "chart": dyads.chart(found, way),
            "address": query(asked), "events": rows, "quotes": [r for r in said if r["way"] == way.replace("_", " ")],
        })  # fmt: skip
    years = _years(found)
    return {"found": found, "ways": ways, "years": years, "chosen": chosen}


def _years(found: dyads.Counts) -> list[dict[str, Any]]:
    """A row a year: events each way by quad class."""
    out: dict[str, dict[str, Any]] = {}
    for r in found.rows:
        year = out.setdefault(r["month"][:4], _none(r["month"][:4]))
        for way in dyads.WAYS:
            year[way][r["quad"]] += r[way]
    return [out[y] for y in sorted(out, reverse=True)]


def _none(year: str) -> dict[str, Any]:
    return {"year": year, **{way: dict.fromkeys(dyads.QUADS, 0) for way in dyads.WAYS}}


def _by_occasion(rows: Iterable[Row]) -> list[tuple[str, list[tuple[int | None, list[Row]]]]]:
    """occasion -> year (None: not known) -> messages, in the order that they come in."""
    return [
        (occasion, [(year, list(told)) for year, told in groupby(of, lambda r: r["year"])])
        for occasion, of in groupby(rows, lambda r: r["occasion"])
    ]


def _actor(house: House, name: str, *, named: bool) -> dict[str, Any]:
    named = named or house.shelf.remembered("stats", lambda book: book.stats())["reports"] <= LARGE

    def asked_of(book: Book) -> tuple[Side, dict[str, list[Row] | None]]:
        who = _side(book, name)
        chosen = {"codes": list(who.codes), "names": list(who.names)}
        return who, {
            "others": book.ask("web_actor_others", **chosen, limit=LISTED),
            "roles": book.ask("web_actor_roles", **chosen, limit=LISTED) if named else None,
            "events": _last(book, "events", {"actor": name}),
            "quotes": _last(book, "quotes", {"source": name}),
        }

    who, found = house.shelf.remembered(("actor", name, named), asked_of)
    known = look_up(house.actors, name)
    if len(who.codes) == 1 and not who.names:
        rows = [o for p in house.actors.persons.values() for o in p.offices if o.code == who.codes[0]]
        known = (*known, *(o for o in rows if o not in known))
    return {
        "who": who, **found,
        "bodies": [k for k in known if isinstance(k, Country | Organization | Group)],
        "offices": _newest(k for k in known if isinstance(k, Office)),
    }  # fmt: skip


def _last(book: Book, table: Table, asked: dict[str, str]) -> list[Row]:
    """The last events or quotations, the newest first."""
    return first_rows(book, Asked(table, asked, filters_of(asked), "day", True, 1, LAST))


def _side(book: Book, name: str) -> Side:
    return side(name, lambda words_: [r["name"] for r in book.ask("names", words=words_)])


def _newest(rows: Iterable[Office]) -> list[Office]:
    """The newest offices first."""
    return sorted(rows, key=lambda o: str(o.held.start or ""), reverse=True)[:OFFICES]


def matrix(found: Network, top: int) -> dict[str, Any]:
    """The codes with the most events, and the cells between them: number, share of cooperation, and a shade from 1."""
    codes = [n.code for n in found.nodes[:top]]
    cells = {(e.source, e.target): e for e in found.edges}
    most = max((e.events for e in found.edges), default=1)
    rows = []
    for source in codes:
        row: list[dict[str, Any] | None] = []
        for target in codes:
            edge = cells.get((source, target))
            if edge is None:
                row.append(None)
                continue
            good = edge.verbal_cooperation + edge.material_cooperation
            # The square root: a tenth of the most still shows.
            shade = max(1, min(SHADES, round((edge.events / most) ** 0.5 * SHADES)))
            row.append({
                "target": target, "edge": edge, "good": good, "bad": edge.events - good,
                "look": f"{tone_of(edge)}{shade}",
            })  # fmt: skip
        rows.append((source, row))
    strongest = sorted(found.edges, key=lambda e: (-e.events, e.source, e.target))[:LISTED]
    return {"codes": codes, "rows": rows, "strongest": strongest}
