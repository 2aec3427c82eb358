"""PLOVER's own records: one JSON object a line, one an event, all its actors in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.record.export.selection import Selection

# Who it is; where that is not known, only the words.
ENTITY = """
CREATE TEMP MACRO entity(party, actor, text) AS {
    'code': actor.code, 'sector': actor.sector, 'entity_text': words(text, party), 'identifier_id': actor.wikidata,
    'identifier_text': actor.name, 'office': actor.role
}
"""


def lines(selection: Selection) -> Iterator[list[str]]:
    """The chosen events in batches, ordered by report and event."""
    selection.run(ENTITY)
    sql = Path(__file__).with_name("plover.sql").read_text(encoding="utf-8")
    for batch in selection.by_report(f"SELECT line || chr(10) FROM ({sql}) ORDER BY report, n"):
        yield [row[0] for row in batch]
