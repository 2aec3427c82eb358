"""Deeds that several reports tell: a list of them, and each with its reports side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from dragoman.errors import RecordError
from dragoman.record.linking.story import Story
from dragoman.web.asked import asked
from dragoman.web.house import House

LISTED = 50
EVENT = re.compile(r"[0-9a-f]{4,16}-e\d{1,6}")
# What a disagreement is about -> the column of the page that shows it.
COLUMNS = {"whether": ("type",), "day": ("day",), "source": ("source",), "target": ("target",), "place": ("place",),
           "who": ("source", "target")}  # fmt: skip


def routes(house: House) -> APIRouter:
    """/stories, /story/EVENT."""
    router = APIRouter()

    @router.get("/stories")
    def stories(request: Request) -> Response:
        question = asked("events", request.query_params)
        chosen = {k: v for k, v in question.filters.items() if k not in ("quad", "month")}
        with house.shelf.book() as book:
            rows = book.stories(limit=LISTED + 1, **chosen)
        return house.pages.page(request, "stories.html", rows=rows[:LISTED], more=len(rows) > LISTED, question=question)

    @router.get("/story/{event}")
    def story(request: Request, event: str) -> Response:
        found = the_story(house, event)
        return house.pages.page(request, "story.html", story=found, marked=marked(found), reports=_reports(found))

    return router


def the_story(house: House, event: str) -> Story:
    """The story of an event, REPORT-e1; never of a path. Raises HTTPException 404."""
    if not EVENT.fullmatch(event):
        raise HTTPException(404, "An event is the beginning of a report's id, -e, and a number: 05249f54-e1")
    with house.shelf.book() as book:
        try:
            return book.story(event)
        except RecordError as e:
            raise HTTPException(404, "No such event") from e


def marked(found: Story) -> Mapping[str, dict[str, str]]:
    """Event -> column -> what it says there, where it says otherwise than most of the others."""
    out: dict[str, dict[str, str]] = {}
    for one in found.disagreements:
        columns = COLUMNS.get(one.about, ("number",))
        for version in one.versions[1:]:
            for event in version.events:
                for column in columns:
                    thing = one.about.partition(": ")[2]
                    out.setdefault(event, {})[column] = f"{version.says} {thing}".strip()
    return out


def _reports(found: Story) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The story's reports in their order, each with its events of the deed."""
    by_report: dict[str, list[dict[str, Any]]] = {}
    for row in found.told:
        by_report.setdefault(row["report"], []).append(row)
    return [(rows[0], rows) for rows in by_report.values()]
