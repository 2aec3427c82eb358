"""PLOVER's own records: one JSON object a line, one an event, all its actors in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.record.export.selection import Lines, Selection

# Who it is; where that is not known, only the words.
ENTITY = """
CREATE MACRO entity(party, actor, text) AS {
    'code': actor.code, 'sector': actor.sector, 'entity_text': words(text, party), 'identifier_id': actor.wikidata,
    'identifier_text': actor.name, 'office': actor.role
}
"""


def lines(selection: Selection) -> Iterator[Lines]:
    """The chosen events, ordered by report and event."""
    selection.run(ENTITY)
    sql = Path(__file__).with_name("plover.sql").read_text(encoding="utf-8")
    return selection.text(f"SELECT report, n, line || chr(10) AS line FROM ({sql})", "report, n")
