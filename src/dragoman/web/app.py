"""The application: pages, the interface for programs, and what is said when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.staticfiles import StaticFiles

from dragoman.errors import RecordError, UsageError
from dragoman.reader import Reader
from dragoman.version import program_version
from dragoman.web import add_page, api, browsing, report_pages, sides_pages, story_pages
from dragoman.web.adding import Adding, FullError
from dragoman.web.books import BusyError, Shelf
from dragoman.web.guard import LOOPBACK, Guard
from dragoman.web.house import House, Remembered
from dragoman.web.templating import STATIC, Pages


def make_app(
    folder: Path,
    *,
    hosts: tuple[str, ...] = LOOPBACK,
    token: str | None = None,
    make_reader: Callable[[], Reader] | None = Reader,
) -> Guard:
    """The pages of the record in ``folder``, behind their guard.

    hosts, token: see :class:`dragoman.web.guard.Guard`. make_reader: what reads reports that are added; None: nothing
    may be added. Raises RecordError where ``folder`` is no record.
    """
    adding = None if make_reader is None else Adding(folder, make_reader)
    house = House(Shelf(folder), Pages(can_add=adding is not None), Remembered(), adding)
    app = FastAPI(
        title="dragoman", version=program_version(), docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        description="Questions to a record of news reports: who did or said what to whom. Read-only.",
    )  # fmt: skip
    app.state.house = house
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for routes in (report_pages, browsing, sides_pages, story_pages):
        app.include_router(routes.routes(house), include_in_schema=False)
    if adding is not None:
        app.include_router(add_page.routes(house, adding), include_in_schema=False)
    app.include_router(api.routes(house))
    _errors(app, house)
    return Guard(app, hosts, token)


def _errors(app: FastAPI, house: House) -> None:
    def told(request: Request, status: int, detail: str) -> Response:
        title = HTTPStatus(status).phrase
        if request.url.path.startswith("/api"):
            problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
            return JSONResponse(problem, status, media_type="application/problem+json")
        return house.pages.page(request, "trouble.html", answer_status=status, title=title, detail=detail)

    @app.exception_handler(UsageError)
    def usage(request: Request, error: UsageError) -> Response:
        return told(request, 400, str(error))

    @app.exception_handler(RecordError)
    def record(request: Request, error: RecordError) -> Response:
        return told(request, 503, str(error))

    @app.exception_handler(BusyError)
    @app.exception_handler(FullError)
    def busy(request: Request, error: Exception) -> Response:
        return told(request, 503, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        return told(request, 422, "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors()))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        answer = told(request, error.status_code, str(error.detail))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def defect(request: Request, error: Exception) -> Response:
        return told(request, 500, f"A defect of dragoman: {type(error).__name__}. The terminal says where")
