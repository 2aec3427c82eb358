"""An assistant asks the record by the Model Context Protocol."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from dragoman.record import Record
from dragoman.web.assistant import make_assistant
from web_pile import report_of


def asked(folder: Path, tool: str, **given: Any) -> Any:
    """The answer of one tool."""

    async def ask() -> Any:
        async with Client(make_assistant(folder)) as client:
            return await client.call_tool(tool, given)

    return asyncio.run(ask())


def said(folder: Path, tool: str, **given: Any) -> Any:
    """The object that a tool answers."""
    return json.loads(asked(folder, tool, **given).content[0].text)


def test_every_tool_only_reads(folder: Path) -> None:
    async def tools() -> Any:
        async with Client(make_assistant(folder)) as client:
            return (await client.list_tools()).tools

    found = asyncio.run(tools())
    assert {t.name for t in found} >= {
        "events",
        "quotes",
        "dyad",
        "messages",
        "stories",
        "story",
        "report",
        "why",
        "stats",
    }
    assert all(t.annotations.read_only_hint and t.description for t in found)


def test_answers_are_those_of_the_record(folder: Path) -> None:
    record = Record(folder)
    got = said(folder, "events", source="NOR", quad="conflict")
    assert [r["id"] for r in got["rows"]] == [r["id"] for r in record.events(source="NOR") if "conflict" in r["quad"]]
    assert said(folder, "dyad", a="NOR", b="DNK")["a_to_b"]["events"] == record.dyad("NOR", "DNK").a_to_b.events
    got = said(folder, "quotes", speaker="Ada", limit=2)
    assert (len(got["rows"]), got["more"]) == (2, True)


def test_a_report_and_why(folder: Path) -> None:
    ident = report_of(folder, "we trust")
    assert said(folder, "report", id=ident)["text"] == Record(folder).report(ident).text
    steps = asked(folder, "why", report=ident, row="e1").structured_content["result"]
    assert steps[0]["rule"] == "code:segment.segment"


@pytest.mark.parametrize(
    ("tool", "given", "says"),
    [
        ("events", {"since": "soon"}, "is no date"),
        ("report", {"id": "../../etc/passwd"}, "no report"),
        ("why", {"report": "ffffffff", "row": "e1"}, "no report"),
        ("dyad", {"a": "NOR", "b": "Norway"}, "one and the same"),
    ],
)
def test_what_is_wrong_is_said(folder: Path, tool: str, given: dict[str, str], says: str) -> None:
    answer = asked(folder, tool, **given)
    assert answer.is_error
    assert says in answer.content[0].text
