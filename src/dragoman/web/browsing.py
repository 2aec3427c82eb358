"""Tables of events, quotations, flags and failures: filtered, ordered and paged by their address, and downloaded."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import StreamingResponse

from dragoman.model import STATUSES
from dragoman.web.asked import SIZES, SORTS, Table, asked, everything, page
from dragoman.web.house import House
from dragoman.web.words import plain_row

KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}
# A cell that begins so is a formula to spreadsheets, and reports are written by anybody.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LISTED = 500


def routes(house: House) -> APIRouter:
    """/events, /quotes and their downloads, /flags, /failures."""
    router = APIRouter()

    def table(request: Request, name: Table) -> Response:
        question = asked(name, request.query_params)
        answer = page(house.shelf, question)
        return house.pages.page(
            request, f"{name}.html", answer=answer, question=question, sizes=SIZES, sorts=SORTS[name],
            statuses=STATUSES,
        )  # fmt: skip

    @router.get("/events")
    def events(request: Request) -> Response:
        return table(request, "events")

    @router.get("/quotes")
    def quotes(request: Request) -> Response:
        return table(request, "quotes")

    @router.get("/{name}.{kind}")
    def download(request: Request, name: str, kind: str) -> Response:
        if name not in ("events", "quotes") or kind not in KINDS:
            raise HTTPException(404, "No such page")
        chosen: Table = "events" if name == "events" else "quotes"
        question = asked(chosen, request.query_params)
        if "page" in request.query_params:
            parts: Iterator[list[dict[str, Any]]] = iter([page(house.shelf, question).rows])
        else:
            parts = everything(house.shelf, question)
        first = next(parts, [])  # what is wrong with the question is told before the download begins
        lines = _csv(first, parts) if kind == "csv" else _jsonl(first, parts)
        named = {"content-disposition": f'attachment; filename="{chosen}.{kind}"'}
        return StreamingResponse(lines, media_type=KINDS[kind], headers=named)

    @router.get("/flags")
    def flags(request: Request) -> Response:
        kind = request.query_params.get("kind", "").replace("\x00", "").strip() or None
        rows = house.shelf.ask("flags", kind=kind, report=None, limit=LISTED + 1)
        return house.pages.page(request, "flags.html", rows=rows[:LISTED], more=len(rows) > LISTED, kind=kind)

    @router.get("/failures")
    def failures(request: Request) -> Response:
        rows = house.shelf.ask("failures")
        return house.pages.page(request, "failures.html", rows=rows[:LISTED], total=len(rows))

    return router


def _jsonl(first: list[dict[str, Any]], rest: Iterator[list[dict[str, Any]]]) -> Iterator[str]:
    for row in itertools.chain.from_iterable(itertools.chain([first], rest)):
        yield json.dumps(plain_row(row), ensure_ascii=False) + "\n"


def _csv(first: list[dict[str, Any]], rest: Iterator[list[dict[str, Any]]]) -> Iterator[str]:
    for n, part in enumerate(itertools.chain([first], rest)):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        if n == 0 and part:
            writer.writerow(part[0])
        for row in part:
            writer.writerow([_cell(v) for v in plain_row(row).values()])
        yield out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = "|".join("" if v is None else str(v) for v in value)
    # Figures stay as they are; of words, an apostrophe in front is how spreadsheets are told that they are words.
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else str(value)
