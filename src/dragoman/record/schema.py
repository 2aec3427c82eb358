"""The tables of a record: the data model.

Every table is flat: one row a thing, lists only of codes and names. ``report`` is the id of the report a row belongs
to, ``batch`` the commit it came with (see :mod:`dragoman.record.record` for what that is good for).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from arro3.core import DataType, Field, Schema

# kind -> the type in DuckDB's words. Days are Arrow date32, texts a list of strings.
SQL_TYPES: Mapping[str, str] = {
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
    "whole": "INTEGER",
    "number": "DOUBLE",
    "day": "DATE",
    "yes/no": "BOOLEAN",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, one of the kinds of :data:`SQL_TYPES`, what it holds."""

    name: str
    kind: str
    holds: str


def _columns(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    own = (("report", "text", "id of the report"),)
    last = (("batch", "text", "the commit that the row came with"),)
    return tuple(Column(*row) for row in (*own, *rows, *last))


ARTICLES = _columns(
    ("source", "text", "path or address it was read from"),
    ("title", "text", "as found"),
    ("language", "text", "as found"),
    ("publisher", "text", "as found"),
    ("url", "text", "as found"),
    ("author", "text", "as found"),
    ("published", "day", "day of publication, where it is known"),
    ("dated", "text", "when it was written, EDTF"),
    ("dated_start", "day", "first day of that window; empty: open"),
    ("dated_end", "day", "last day of that window; empty: open"),
    ("n_events", "whole", "how many events"),
    ("n_quotes", "whole", "how many quotations"),
    ("n_flags", "whole", "how many flags"),
    ("text", "text", "the text, as it was read; all offsets count its code points"),
    ("reading", "text", "the whole reading as the JSON object that `dragoman read --json` prints"),
    ("version", "text", "program, knowledge and model that read it"),
)

EVENTS = _columns(
    ("id", "text", "id within the report"),
    ("n", "whole", "place in the order of the text, from 1"),
    ("type", "text", "one of the 16 of PLOVER"),
    ("mode", "text", "PLOVER mode"),
    ("contexts", "texts", "PLOVER contexts"),
    ("cameo", "text", "CAMEO code"),
    ("goldstein", "number", "Goldstein value"),
    ("quad", "text", "verbal or material, cooperation or conflict"),
    ("status", "text", "asserted, planned, denied or hypothetical"),
    ("source_codes", "texts", "codes of who acts; empty string where no actor is known"),
    ("source_names", "texts", "their names, else the words"),
    ("target_codes", "texts", "codes of who is acted on"),
    ("target_names", "texts", "their names, else the words"),
    ("date", "text", "when, EDTF"),
    ("date_start", "day", "first day it may have been; empty: open"),
    ("date_end", "day", "last day it may have been; empty: open"),
    ("place", "text", "where"),
    ("occasion", "text", "new-year, national-day, election ..."),
    ("evidence", "text", "the words"),
    ("evidence_start", "whole", "where they begin in the text"),
    ("evidence_end", "whole", "where they end"),
    ("trigger", "text", "the word that made the type"),
    ("trigger_start", "whole", "where it begins"),
    ("trigger_end", "whole", "where it ends"),
    ("said_in", "text", "id of the quotation whose speaker vouches for it"),
    ("confidence", "number", "0 to 1"),
)

QUOTES = _columns(
    ("id", "text", "id within the report"),
    ("n", "whole", "place in the order of the text, from 1"),
    ("kind", "text", "direct, mixed or indirect"),
    ("speaker_code", "text", "code of who speaks"),
    ("speaker_name", "text", "name, else the words"),
    ("addressee_codes", "texts", "codes of who is spoken to; empty string where no actor is known"),
    ("addressee_names", "texts", "their names, else the words"),
    ("content", "text", "the words; pieces on both sides of a cue joined by ' … '"),
    ("content_start", "whole", "where they begin in the text"),
    ("content_end", "whole", "where they end"),
    ("cue", "text", "the words that introduce them"),
    ("channel", "text", "by which way they came"),
    ("date", "text", "when, EDTF"),
    ("date_start", "day", "first day it may have been; empty: open"),
    ("date_end", "day", "last day it may have been; empty: open"),
    ("confidence", "number", "0 to 1"),
    ("day", "day", "its first day, else its last, else those of the report: by which a side's last words are found"),
    ("named_codes", "texts", "codes of who is named from its first to its last word; empty string where none is known"),
    ("named_names", "texts", "their names"),
)

ACTORS = _columns(
    ("id", "text", "id within the report"),
    ("name", "text", "name"),
    ("code", "text", "code of the state, organisation or group"),
    ("sector", "text", "PLOVER sector: GOV, MIL ..."),
    ("role", "text", "office held on that day"),
    ("person", "text", "the individual, when it is one"),
    ("former", "yes/no", "the office is over"),
    ("wikidata", "text", "Wikidata item"),
    ("n_mentions", "whole", "how often it is named"),
)

MENTIONS = _columns(
    ("actor", "text", "id of the actor within the report; empty: left open"),
    ("words", "text", "the words"),
    ("start", "whole", "where they begin in the text"),
    ("stop", "whole", "where they end"),
    ("how", "text", "name, role, pronoun ..."),
)

FLAGS = _columns(
    ("id", "text", "id within the report"),
    ("kind", "text", "office, date or copy"),
    ("words", "text", "the words"),
    ("start", "whole", "where they begin in the text"),
    ("stop", "whole", "where they end"),
    ("says", "text", "what the report says"),
    ("tables", "text", "what the tables say"),
    ("message", "text", "both, in a sentence"),
)

REASONS = _columns(
    ("owner", "text", "id of the event, quotation, flag or actor; 'dated' for the report's own day"),
    ("step", "whole", "place in the trail, from 1"),
    ("rule", "text", "address of the rule"),
    ("saw", "text", "what the rule saw"),
    ("start", "whole", "where, if at a place"),
    ("stop", "whole", "up to where"),
    ("figure", "number", "the rule's figure, if it has one"),
)

# What most questions ask of an event, in rows that can be sorted by who acts and who is acted on: the lists of events
# cannot, so that a question for one pair of states would read ten million of them.
DEALS = _columns(
    ("event", "text", "what follows the report and a dash in the event's id"),
    ("n", "whole", "the event's place in the order of the text, from 1"),
    ("pair", "whole", "which pair of the event's, from 1, sources first"),
    ("pairs", "whole", "how many pairs the event has"),
    ("source_code", "text", "code of one who acts; empty string where no actor is known, empty where nobody is named"),
    ("source_name", "text", "the name, else the words"),
    ("source_former", "yes/no", "whether the report calls that office over"),
    ("target_code", "text", "code of one who is acted on, likewise"),
    ("target_name", "text", "the name, else the words"),
    ("target_former", "yes/no", "whether the report calls that office over"),
    ("type", "text", "as in events"),
    ("contexts", "texts", "as in events"),
    ("goldstein", "number", "as in events"),
    ("quad", "text", "as in events"),
    ("status", "text", "as in events"),
    ("date", "text", "as in events"),
    ("date_start", "day", "as in events"),
    ("date_end", "day", "as in events"),
    ("place", "text", "as in events"),
    ("occasion", "text", "as in events"),
    ("evidence", "text", "as in events, of events with an occasion; else empty"),
    ("confidence", "number", "as in events"),
)

WORDS = _columns(
    ("word", "text", "a word of an evidence or a quotation, folded, but for the commonest; none stands twice for one"),
    ("owner", "text", "whose word: what follows the report and a dash in the id of the event or quotation"),
    ("n", "whole", "the owner's place in the order of the text, from 1"),
    ("day", "day", "the owner's first day, else its last"),
)

SKETCHES = _columns(
    ("words", "whole", "how many words the headline and body have"),
    ("shingles", "text", "the lowest hashes of their runs of three words, 8 hex digits each"),
    ("stems", "text", "the same of the stems of its words"),
    (
        "sentences",
        "text",
        "of each sentence how many words it has, and hashes of its names and numbers, 4 hex digits each",
    ),
)

LINKS = _columns(
    ("of_batch", "text", "the batch of the reading that the event is of"),
    ("event", "text", "id of an event"),
    ("other_report", "text", "id of the other's report"),
    ("other_batch", "text", "the batch of the reading that the other is of"),
    ("other", "text", "id of the other event, the greater of both"),
    ("score", "number", "how likely they are one deed, 0 to 1"),
    ("reason", "text", "what spoke for it and against it"),
)

STORIES = _columns(
    ("of_batch", "text", "the batch of the reading that the event is of"),
    ("event", "text", "id of an event"),
    ("story", "text", "id of the story event: the least of its events; the newest row of an event counts"),
    ("copy_of", "text", "the least report of the story that this report is a copy of, else itself"),
)

LINKED = _columns(("of_batch", "text", "the batch of the reading whose events were compared with all others"))

JUDGEMENTS = _columns(
    ("event", "text", "id of an event"),
    ("other_report", "text", "id of the other's report"),
    ("other", "text", "id of the other event, the greater of both"),
    ("same", "yes/no", "whether somebody judged them one deed; empty: the judgement was taken back; the newest counts"),
)

FAILURES = (
    Column("id", "text", "hash of source, kind and message"),
    Column("source", "text", "what could not be read"),
    Column("kind", "text", "missing, empty, binary ..."),
    Column("message", "text", "why, and what to do"),
    Column("batch", "text", "the commit that the row came with"),
)

# In the order of writing: a report's other rows come before its row in articles, which makes them count.
CHILDREN: Mapping[str, tuple[Column, ...]] = {
    "events": EVENTS,
    "quotes": QUOTES,
    "actors": ACTORS,
    "mentions": MENTIONS,
    "flags": FLAGS,
    "reasons": REASONS,
    "deals": DEALS,
    "words": WORDS,
    "sketches": SKETCHES,
}
# What linking adds: batches of its own, that no row in articles names.
LINKING: Mapping[str, tuple[Column, ...]] = {
    "links": LINKS,
    "stories": STORIES,
    "linked": LINKED,
    "judgements": JUDGEMENTS,
}
TABLES: Mapping[str, tuple[Column, ...]] = {**CHILDREN, **LINKING, "failures": FAILURES, "articles": ARTICLES}

# The order of a table's rows within a file. Sorted by report, a question for some reports skips most of a file; sorted
# by word or event, one for those does.
ORDER: Mapping[str, str] = {
    "articles": "report", "events": "report, n", "quotes": "report, n", "actors": "report, length(id), id",
    "mentions": "report, start, stop", "flags": "report, start", "reasons": "report, owner, step",
    "deals": "source_code, target_code, coalesce(date_start, date_end), report, n, pair",
    "words": "word, owner[1], day, report, n", "sketches": "report", "links": "event, other", "stories": "event",
    "linked": "report", "judgements": "event, other", "failures": "source, id",
}  # fmt: skip


def arrow_type(kind: str) -> DataType:
    """The Arrow type of a kind of column."""
    return {
        "text": DataType.utf8,
        "texts": lambda: DataType.list(Field("element", DataType.utf8(), nullable=True)),
        "whole": DataType.int32,
        "number": DataType.float64,
        "day": DataType.date32,
        "yes/no": DataType.bool,
    }[kind]()


def arrow_schema(table: str) -> Schema:
    """The Arrow schema of a table."""
    return Schema([Field(c.name, arrow_type(c.kind), nullable=True) for c in TABLES[table]])


def create_statement(table: str, name: str) -> str:
    """SQL that makes an empty table ``name`` with the columns of ``table``."""
    columns = ", ".join(f'"{c.name}" {SQL_TYPES[c.kind]}' for c in TABLES[table])
    return f'CREATE TABLE "{name}" ({columns})'
