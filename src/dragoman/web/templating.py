"""Pages out of templates/. Every value is escaped; nothing in a template may say otherwise (a test looks)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dragoman.web.words import FILTERS, FUNCTIONS

HERE = Path(__file__).parent
STATIC = HERE / "static"


class Pages:
    """Renders templates. can_add: whether reports can be added here."""

    def __init__(self, *, can_add: bool) -> None:
        self._made = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, auto_reload=False,
        )  # fmt: skip
        self._made.filters.update(FILTERS)
        self._made.globals.update(FUNCTIONS, can_add=can_add)

    def page(self, request: Request, template: str, /, *, answer_status: int = 200, **values: Any) -> HTMLResponse:
        """The page of one template."""
        here = request.url.path
        words = self._made.get_template(template).render(path=here, asked=dict(request.query_params), **values)
        return HTMLResponse(words, answer_status)
