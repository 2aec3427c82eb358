"""W3C Web Annotations (JSON-LD): events, quotations, actors and flags as marks on the words they stand on.

One annotation each, with a target for every place. Offsets count code points of the report's text, as the standard
has it; prefix and suffix let a reader find the words again on a page whose text differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from dragoman.record.export.selection import Lines, Selection

AROUND = 32  # characters before and after; the length that the annotation clients in use store
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dragoman": "urn:dragoman:term:"}]
HEAD = f'{{"@context": {json.dumps(CONTEXT)}, "id": "urn:dragoman:annotations", "type": "AnnotationPage", "items": [\n'
BETWEEN = ",\n"
TAIL = "\n]}\n"

# A text as JSON. DuckDB writes some control characters (\\u001B) otherwise than Python (\\u001b).
ESCAPED = ("\\", '"', *map(chr, range(1, 32)))
MACROS = f"""
CREATE MACRO json_text(words, odd) AS CASE WHEN odd THEN '"' || {{escaped}} || '"' ELSE to_json(words)::VARCHAR END;
CREATE MACRO more(name, value, odd) AS ', "dragoman:' || name || '": ' || json_text(value, odd);
-- The names of one side, else the words.
CREATE MACRO names_of(side, actors, text) AS coalesce(nullif(array_to_string(list_transform(side, lambda p:
    coalesce(list_filter(actors, lambda a: a.id = p.actor)[1].name, words(text, p))), ', '), ''), 'nobody named');
CREATE MACRO before(text, start) AS substring(text, greatest(0, start - {AROUND}) + 1, least(start, {AROUND}));
CREATE MACRO target_of(page, text, span, odd) AS concat(
    '{{{{"source": ', page,
    ', "selector": [{{{{"type": "TextPositionSelector", "start": ', span.start, ', "end": ', span."end",
    '}}}}, {{{{"type": "TextQuoteSelector", "exact": ', json_text(words(text, span), odd),
    ', "prefix": ', json_text(before(text, span.start), odd),
    ', "suffix": ', json_text(substring(text, span."end" + 1, {AROUND}), odd), '}}}}]}}}}');
"""


def lines(selection: Selection) -> Iterator[Lines]:
    """Annotations report by report, without the commas between those of two pieces."""
    escaped = "words"
    for character in ESCAPED:
        with_quotes = json.dumps(character, ensure_ascii=False)
        escaped = f"replace({escaped}, chr({ord(character)}), '{with_quotes[1:-1]}')"
    selection.run(MACROS.format(escaped=escaped))
    sql = Path(__file__).with_name("annotations.sql").read_text(encoding="utf-8")
    return selection.text(sql, "report, part, n", BETWEEN)
