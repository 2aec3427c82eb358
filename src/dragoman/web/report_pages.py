"""The page of one report, and the short addresses of its rows."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import RedirectResponse

from dragoman.errors import UsageError
from dragoman.record.asking import longest
from dragoman.web.asked import whole
from dragoman.web.cards import report_page
from dragoman.web.house import House

REPORT = re.compile(r"[0-9a-f]{4,16}")
ROW = re.compile(r"[aefq]\d{1,6}")
SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
LISTED = 50


def routes(house: House) -> APIRouter:
    """/, /report/ID, /report/ID/e3, /ID-e3."""
    router = APIRouter()

    @router.get("/")
    def home(request: Request) -> Response:
        words = request.query_params.get("words", "").strip() or None
        page = whole(request.query_params, "page", 1, 1_000_000)
        if words and "\x00" in words:
            raise UsageError("A character of number 0 is in the question")
        stats = house.shelf.remembered("stats", lambda book: book.stats())
        asked = {"words": words, "longest": longest(words)}
        rows = house.shelf.remembered(
            ("reports", words, page),
            lambda book: book.ask("web_reports", **asked, size=LISTED, offset=(page - 1) * LISTED),
        )
        total = stats["reports"]
        if words is not None:
            total = house.shelf.remembered(
                ("reports", words), lambda book: book.ask("web_reports_counted", **asked)[0]["reports"]
            )
        return house.pages.page(request, "home.html", rows=rows, stats=stats, page=page, total=total, size=LISTED)

    @router.get("/report/{ident}")
    def report(request: Request, ident: str) -> Response:
        obj, text = reading(house, ident)
        chosen = request.query_params.get("open")
        if chosen is not None and not ROW.fullmatch(chosen):
            raise UsageError("open is a row of the report: e1, q2, f1 or a3")
        at = _span(request.query_params.get("at"), len(text))
        page = report_page(obj, text, house.rules, chosen=chosen, at=at)
        return house.pages.page(request, "report.html", page=page)

    @router.get("/report/{ident}/{row}")
    def row(ident: str, row: str) -> Response:
        if not REPORT.fullmatch(ident) or not ROW.fullmatch(row):
            raise HTTPException(404, "No such row")
        return RedirectResponse(f"/report/{ident}?open={row}#{row}", 303)

    return router


def reading(house: House, ident: str) -> tuple[dict[str, Any], str]:
    """The reading of a report, and its text. ident: the beginning of its id; never a path. Raises HTTPException 404."""
    if not REPORT.fullmatch(ident):
        raise HTTPException(404, "No report has such an id: it is 4 to 16 of the digits 0-9 and a-f")
    with house.shelf.book() as book:
        found = [ident] if len(ident) == 16 else [r["report"] for r in book.ask("articles", name=ident)]
        rows = book.ask("reading", report=found[0]) if len(found) == 1 else []
    if not rows:
        raise HTTPException(404, f"{len(found)} reports have an id that begins so" if found[1:] else "No such report")
    return json.loads(rows[0]["reading"]), rows[0]["text"]


def _span(text: str | None, length: int) -> tuple[int, int] | None:
    if text is None:
        return None
    parts = SPAN.fullmatch(text)
    if parts is None or not int(parts[1]) < int(parts[2]) <= length:
        raise UsageError(f"at is two places in the report's {length:,} characters: 120-150")
    return int(parts[1]), int(parts[2])
