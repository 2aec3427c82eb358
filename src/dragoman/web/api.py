"""The same answers for programs, below /api: read-only, described at /api/openapi.json.

Lists come in pages. A page names the address of the next one, which begins behind the last row that was given: rows
that are added meanwhile neither double nor hide any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import JSONResponse

from dragoman.contract import line
from dragoman.errors import UsageError
from dragoman.model import STATUSES
from dragoman.web import asked, report_pages, shapes, story_pages
from dragoman.web.cards import report_page
from dragoman.web.house import House
from dragoman.web.words import plain_row

Words = Annotated[str | None, Query(max_length=300)]
Day = Annotated[
    str | None, Query(pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$", description="2023-05-28, 2023-05 or 2023")
]
Limit = Annotated[int, Query(ge=1, le=1000, description="rows on a page")]
After = Annotated[str | None, Query(max_length=300, description="where the page before ended: taken from its next")]


class Answer(JSONResponse):
    """JSON as `dragoman read --json` writes it: any text can be sent, lone surrogates too."""

    def render(self, content: Any) -> bytes:
        return line(content).encode("utf-8", "replace")


def routes(house: House) -> APIRouter:
    """/api/..."""
    router = APIRouter(prefix="/api", default_response_class=Answer)
    _lists(router, house)
    _reports(router, house)
    _sides(router, house)
    return router


def _lists(router: APIRouter, house: House) -> None:
    def paged(
        request: Request, table: asked.Table, given: Mapping[str, str | None], limit: int, after: str | None
    ) -> Answer:
        words = {k: v for k, v in given.items() if v}
        filters = asked.filters_of(words)
        place = None if after is None else asked.After.parse(after)
        with house.shelf.book() as book:
            rows = asked.behind(book, table, filters, place, limit + 1)
        return _page(request, rows, limit, lambda row: str(asked.place_of(row)))

    @router.get("/events", responses=shapes.answers(shapes.paged(shapes.EVENT)))
    def events(
        request: Request, source: Words = None, target: Words = None, actor: Words = None, type: Words = None,
        status: Words = None, quad: Words = None, context: Words = None, occasion: Words = None, place: Words = None,
        publisher: Words = None, words: Words = None, since: Day = None, until: Day = None, month: Day = None,
        report: Words = None, limit: Limit = 100, after: After = None,
    ) -> Answer:  # fmt: skip
        """Events in order of their days. source, target, actor: a code, a state or organisation, or words of a name."""
        given = {
            "source": source, "target": target, "actor": actor, "type": type, "status": status, "quad": quad,
            "context": context, "occasion": occasion, "place": place, "publisher": publisher, "words": words,
            "since": since, "until": until, "month": month, "report": report,
        }  # fmt: skip
        return paged(request, "events", given, limit, after)

    @router.get("/quotes", responses=shapes.answers(shapes.paged(shapes.QUOTE)))
    def quotes(
        request: Request, source: Words = None, target: Words = None, actor: Words = None, type: Words = None,
        publisher: Words = None, words: Words = None, since: Day = None, until: Day = None, report: Words = None,
        limit: Limit = 100, after: After = None,
    ) -> Answer:  # fmt: skip
        """Quotations in order of their days: source is who speaks, target who is spoken to, type the kind."""
        given = {
            "source": source, "target": target, "actor": actor, "type": type, "publisher": publisher, "words": words,
            "since": since, "until": until, "report": report,
        }  # fmt: skip
        return paged(request, "quotes", given, limit, after)

    @router.get("/flags", responses=shapes.answers(shapes.paged(shapes.FLAG)))
    def flags(request: Request, kind: Words = None, limit: Limit = 100, after: After = None) -> Answer:
        """What reports say that the tables contradict, in order of reports."""
        rows = house.shelf.ask("web_flags_after", kind=_clean(kind), after=_two(after), size=limit + 1)
        return _page(request, rows, limit, lambda row: f"{row['report']}.{row['id'].rpartition('-')[2]}")

    @router.get("/failures", responses=shapes.answers({"type": "array", "items": shapes.FAILURE}))
    def failures() -> Answer:
        """What could not be read, and why."""
        return Answer(house.shelf.ask("failures"))

    @router.get("/stats", responses=shapes.answers(shapes.OBJECT))
    def stats() -> Answer:
        """What the record holds, counted."""
        with house.shelf.book() as book:
            return Answer(plain_row(book.stats()))


def _reports(router: APIRouter, house: House) -> None:
    @router.get("/reports", responses=shapes.answers(shapes.paged(shapes.REPORT)))
    def reports(request: Request, limit: Limit = 100, after: After = None) -> Answer:
        """Reports in order of their ids."""
        rows = house.shelf.ask("web_reports_after", after=_clean(after), size=limit + 1)
        return _page(request, rows, limit, lambda row: row["report"])

    @router.get("/reports/{ident}", responses=shapes.answers(shapes.READING))
    def report(ident: str) -> Answer:
        """The whole reading of one report. ident: the beginning of its id, 4 digits or more."""
        obj, text = report_pages.reading(house, ident)
        return Answer(obj | {"text": text})

    @router.get("/reports/{ident}/{row}/why", responses=shapes.answers({"type": "array", "items": shapes.OBJECT}))
    def why(ident: str, row: str) -> Answer:
        """Why a row is there: what was seen, by which rule, and where that stands. row: e1, q2, f1, a3 or dated."""
        obj, text = report_pages.reading(house, ident)
        page = report_page(obj, text, house.rules)
        if row == "dated":
            return Answer([asdict(w) for w in page.basis])
        trails = {
            **{card.ident: card.why for card in (*page.events, *page.quotes)},
            **{doubt.ident: doubt.why for doubt in page.flags},
            **{person.ident: person.why for person in page.actors},
        }
        if row not in trails:
            raise HTTPException(404, "The report has no such row")
        return Answer([asdict(w) for w in trails[row]])


def _sides(router: APIRouter, house: House) -> None:
    @router.get("/dyad", responses=shapes.answers(shapes.OBJECT))
    def dyad(
        a: Annotated[str, Query(min_length=1, max_length=300)], b: Annotated[str, Query(min_length=1, max_length=300)],
        since: Day = None, until: Day = None,
    ) -> Answer:  # fmt: skip
        """What two sides do and say to each other, month by month."""
        with house.shelf.book() as book:
            found = book.dyad(_must(a), _must(b), since=asked.day(since, "since"), until=asked.day(until, "until"))
        return Answer(plain_value(asdict(found)))

    @router.get("/stories", responses=shapes.answers({"type": "array", "items": shapes.OBJECT}))
    def stories(
        source: Words = None, target: Words = None, actor: Words = None, type: Words = None, words: Words = None,
        since: Day = None, until: Day = None, limit: Limit = 100,
    ) -> Answer:  # fmt: skip
        """Deeds that several reports tell, those with the most independent sources first."""
        given = {
            "source": source, "target": target, "actor": actor, "type": type, "words": words, "since": since,
            "until": until,
        }  # fmt: skip
        with house.shelf.book() as book:
            rows = book.stories(limit=limit, **asked.filters_of({k: v for k, v in given.items() if v}))
        return Answer([plain_row(r) for r in rows])

    @router.get("/stories/{event}", responses=shapes.answers(shapes.OBJECT))
    def story(event: str) -> Answer:
        """The deed that an event (REPORT-e1) is of: its reports, how many are independent, what they disagree in."""
        return Answer(plain_value(asdict(story_pages.the_story(house, event))))

    @router.get("/messages", responses=shapes.answers(shapes.OBJECT))
    def messages(
        who: Annotated[str, Query(min_length=1, max_length=300)], occasion: Words = None, role: Words = None,
        compare: Annotated[list[int] | None, Query(max_length=50)] = None,
    ) -> Answer:  # fmt: skip
        """Whom somebody greeted, congratulated and condoled with; role=recipient: who did so to whom is asked."""
        with house.shelf.book() as book:
            found = book.messages(_must(who), occasion=_clean(occasion), compare=compare or (), role=role or "sender")
        return Answer(plain_value(asdict(found)))

    @router.get("/network", responses=shapes.answers(shapes.OBJECT))
    def network(
        since: Day = None, until: Day = None, type: Words = None, quad: Words = None, status: Words = None
    ) -> Answer:
        """Who deals with whom, by code."""
        if status and status not in STATUSES:
            raise UsageError(f"status is one of {', '.join(STATUSES)}")
        with house.shelf.book() as book:
            found = book.network(
                since=asked.day(since, "since"), until=asked.day(until, "until"), type=_clean(type), quad=_clean(quad),
                status=status or "asserted",
            )  # fmt: skip
        return Answer(plain_value(asdict(found)))


def _page(request: Request, rows: list[dict[str, Any]], limit: int, place: Any) -> Answer:
    more = len(rows) > limit
    shown = rows[:limit]
    following = None
    if more:
        pairs = [(k, v) for k, v in request.query_params.multi_items() if k != "after"]
        following = f"{request.url.path}?{urlencode([*pairs, ('after', place(shown[-1]))])}"
    return Answer({"rows": [plain_row(r) for r in shown], "next": following})


def _clean(text: str | None) -> str | None:
    """Raises UsageError on what the database takes for the end of a text."""
    if text is not None and "\x00" in text:
        raise UsageError("A character of number 0 is in the question")
    return text or None


def _must(text: str) -> str:
    found = _clean(text.strip())
    if found is None:
        raise UsageError("A name is only blanks")
    return found


def _two(after: str | None) -> str | None:
    """REPORT.f1 as the query sorts by it."""
    if after is None:
        return None
    report, dot, ident = _must(after).partition(".")
    if not dot:
        raise UsageError("after is what the page before gave as next")
    return f"{report} {ident}"


def plain_value(value: Any) -> Any:
    """As JSON has it: days as text, decimals as numbers, keys as text."""
    if isinstance(value, Mapping):
        return {str(k): plain_value(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(v) for v in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
