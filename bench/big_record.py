# ruff: noqa: E501, SIM905 -- most of this file is SQL
"""A large made-up record, written straight to the tables: the same seed gives the same rows.

    python bench/big_record.py FOLDER [--reports 2000000] [--seed 7] [--first 0]

Every report has five sentences, an event each, and a quotation: dealings between 64 states whose frequency falls off as
in real news, told by 12,800 people, in words of a made-up vocabulary of which few are frequent and most are rare, over
twenty years. DuckDB makes the rows; tests/record/test_big_record.py checks that they are those of the readings they come with. Reports
count as compared with each other (linking two million is a matter of an hour), and a tenth stand in stories of two. Beyond
``EXACT`` reports the sketches are noise of the right size: making them takes longer than all else together.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import duckdb

from dragoman.record import Record
from dragoman.record.likeness import packed, packed_sentences, sketch
from dragoman.record.schema import CHILDREN, ORDER, TABLES
from dragoman.record.store import Store
from dragoman.record.words import COMMON

CODES = (
    "USA RUS CHN UKR GBR DEU FRA TUR ISR IRN IND JPN POL SAU EGY BRA ITA ESP KOR PRK SYR PAK CAN AUS MEX ARG ZAF NGA KEN "
    "ETH UNO EUR NATO KAZ UZB GEO ARM AZE BLR MDA SRB HUN ROU BGR GRC CYP LBN JOR IRQ QAT ARE IDN MYS VNM PHL THA MMR AFG "
    "VEN COL NLD SWE NOR FIN"
)
PEOPLE = 200  # of each code
VOCABULARY = 20_000
SYLLABLES = "ba be bi bo da de di do ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro".split()
DAYS = 7_300  # from 2005-01-01 on
CHUNK = 100_000
EXACT = 20_000

HELPERS = """
CREATE MACRO pick(i, salt) AS (hash(i, salt, getvariable('seed')) % 1000003) / 1000003.0;
CREATE MACRO syllable(n) AS getvariable('syllables')[n % 32 + 1];
CREATE MACRO word(n) AS syllable(n) || syllable(n // 32) || syllable(n * 7 + 3) || syllable(n // 1024 + 5);
CREATE MACRO rare(i, salt) AS word(floor(getvariable('vocabulary') * pow(pick(i, salt), 4))::BIGINT);
CREATE MACRO code_of(i, salt) AS getvariable('codes')[floor(64 * pow(pick(i, salt), 2.5))::BIGINT + 1];
CREATE MACRO person(code, slot) AS
    concat(upper(left(syllable((hash(code, slot) % 32)::BIGINT), 1)), 'aro ', code, ' ', word((slot * 37) % 20000));
"""

MADE = """
CREATE OR REPLACE TABLE made AS
SELECT *, floor(pick(i * 16 + k, 30) * getvariable('people'))::BIGINT AS a_slot,
    floor(pick(i * 16 + k, 31) * getvariable('people'))::BIGINT AS b_slot,
    (DATE '2005-01-01' + floor(pick(i, 40) * getvariable('days'))::INTEGER) AS day,
    floor(pick(i * 16 + k, 41) * 10)::INTEGER + 1 AS type_n
FROM (
    SELECT i, k, code_of(i * 16 + k, 1) AS a, code_of(i * 16 + k, 2) AS b,
        rare(i * 16 + k, 3) AS w1, rare(i * 16 + k, 4) AS w2, rare(i * 16 + k, 5) AS w3, rare(i * 16 + k, 6) AS w4,
        rare(i * 16 + k, 7) AS w5
    FROM range($first::BIGINT, $last::BIGINT) AS r(i), range(1, 6) AS e(k)
);
CREATE OR REPLACE TABLE told AS
SELECT *, coalesce(sum(length(sentence) + 1) OVER (PARTITION BY i ORDER BY k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::INTEGER
        AS pos
FROM (
    SELECT *, concat('The leader of ', a, ' dealt with the leader of ', b, ' over ', w1, ' ', w2, ' and ', w3, ' ', w4, ' near ', w5,
        ', matter ', i * 5 + k, '.') AS sentence
    FROM made
);
CREATE OR REPLACE TABLE texts AS
SELECT *, left(sha256(text), 16) AS report
FROM (SELECT i, any_value(day) AS day, string_agg(sentence, ' ' ORDER BY k) AS text FROM told GROUP BY i);
CREATE OR REPLACE TABLE whole AS
SELECT t.*, x.report, x.text,
    pos + 14 AS a_start, pos + 14 + length(a) AS a_end, pos + 14 + length(a) + 1 AS trigger_start,
    pos + 40 + length(a) AS b_start, pos + 40 + length(a) + length(b) AS b_end, pos + length(sentence) AS evidence_end,
    concat(a, '/', lpad(a_slot::VARCHAR, 3, '0')) AS a_key, concat(b, '/', lpad(b_slot::VARCHAR, 3, '0')) AS b_key,
    ['CONSULT', 'SUPPORT', 'AGREE', 'COOPERATE', 'AID', 'ACCUSE', 'REJECT', 'THREATEN', 'SANCTION', 'ASSAULT'][type_n] AS type,
    ['verbal cooperation', 'verbal cooperation', 'verbal cooperation', 'material cooperation', 'material cooperation',
     'verbal conflict', 'verbal conflict', 'verbal conflict', 'material conflict', 'material conflict'][type_n] AS quad,
    [1.0, 3.4, 4.8, 6.4, 7.0, -2.0, -4.0, -4.4, -5.6, -9.0][type_n]::DOUBLE AS goldstein,
    ['asserted', 'asserted', 'asserted', 'asserted', 'asserted', 'asserted', 'asserted', 'asserted', 'planned', 'denied',
     'hypothetical'][floor(pick(i * 16 + k, 42) * 11)::INTEGER + 1] AS status,
    [['diplomatic', 'economic', 'military'][floor(pick(i * 16 + k, 43) * 3)::INTEGER + 1]] AS contexts,
    CASE WHEN pick(i * 16 + k, 44) < 0.8 THEN t.day::VARCHAR END AS date,
    CASE WHEN type_n = 2 THEN
        CASE WHEN pick(i * 16 + k, 45) < 0.1 THEN 'new-year' WHEN pick(i * 16 + k, 45) < 0.2 THEN 'condolence' END END AS occasion,
    CASE WHEN pick(i * 16 + k, 46) < 0.3 THEN concat(upper(left(w5, 1)), substring(w5, 2), ', ', b) END AS place
FROM told AS t JOIN texts AS x USING (i);
CREATE OR REPLACE TABLE cast_ AS
SELECT report, key, split_part(key, '/', 1) AS code, person(split_part(key, '/', 1), split_part(key, '/', 2)::BIGINT) AS name,
    concat('a', row_number() OVER (PARTITION BY report ORDER BY key)) AS id,
    list_sort(list({'start': start, 'stop': stop})) AS places
FROM (
    SELECT report, a_key AS key, a_start AS start, a_end AS stop FROM whole
    UNION ALL SELECT report, b_key, b_start, b_end FROM whole
)
GROUP BY report, key;
CREATE OR REPLACE TABLE parts AS
SELECT w.*, s.id AS a_id, s.name AS a_name, t.id AS b_id, t.name AS b_name
FROM whole AS w JOIN cast_ AS s ON s.report = w.report AND s.key = w.a_key
JOIN cast_ AS t ON t.report = w.report AND t.key = w.b_key;
CREATE OR REPLACE MACRO why() AS {'rule': 'code:bench', 'saw': 'made up'};
CREATE OR REPLACE TABLE readings AS
SELECT x.report, x.text, x.i, x.day, to_json({
    'id': x.report, 'source': concat('made-up/', x.i, '.txt'), 'title': concat('Report ', x.i), 'language': 'en',
    'publisher': concat('Paper ', x.i % 97), 'url': NULL, 'author': NULL, 'published': x.day::VARCHAR,
    'dated': {'window': x.day::VARCHAR, 'basis': []},
    'segments': [{'start': 0, 'end': length(x.text), 'kind': 'body', 'because': why()}],
    'actors': c.actors, 'unresolved': [], 'quotes': [e.quote], 'events': e.events, 'flags': [], 'version': 'made up'
})::VARCHAR AS reading
FROM texts AS x
JOIN (
    SELECT report, list({
        'id': id, 'name': name, 'code': code, 'sector': 'GOV', 'role': 'leader', 'person': name, 'wikidata': NULL,
        'former': false, 'mentions': list_transform(places, lambda p: {'start': p.start, 'end': p.stop, 'how': 'role', 'because': why()}),
        'trail': []} ORDER BY key) AS actors
    FROM cast_ GROUP BY report
) AS c USING (report)
JOIN (
    SELECT report, list({
        'id': concat(report, '-e', k), 'type': type, 'mode': NULL, 'contexts': contexts, 'cameo': NULL, 'goldstein': goldstein,
        'quad': quad, 'status': status, 'source': [{'actor': a_id, 'start': a_start, 'end': a_end}],
        'target': [{'actor': b_id, 'start': b_start, 'end': b_end}], 'date': date, 'place': place, 'occasion': occasion,
        'evidence': {'start': pos, 'end': evidence_end}, 'also': [], 'trigger': {'start': trigger_start, 'end': trigger_start + 5},
        'said_in': NULL, 'confidence': 0.8, 'trail': [why()]} ORDER BY k) AS events,
    first({
        'id': concat(report, '-q1'), 'kind': 'direct', 'content': [{'start': pos, 'end': evidence_end}], 'cue': NULL,
        'speaker': {'actor': a_id, 'start': a_start, 'end': a_end},
        'addressees': CASE WHEN i % 2 = 1 THEN [{'actor': b_id, 'start': b_start, 'end': b_end}] ELSE [] END,
        'channel': NULL, 'date': day::VARCHAR, 'confidence': 0.7, 'trail': [why()]} ORDER BY k) AS quote
    FROM parts GROUP BY report
) AS e USING (report);
"""

ROWS = {
    "events": """SELECT report, concat(report, '-e', k) AS id, k::INTEGER AS n, type, NULL::VARCHAR AS mode, contexts,
        NULL::VARCHAR AS cameo, goldstein, quad, status, [a] AS source_codes, [a_name] AS source_names, [b] AS target_codes,
        [b_name] AS target_names, date, date::DATE AS date_start, date::DATE AS date_end, place, occasion, sentence AS evidence,
        pos AS evidence_start, evidence_end::INTEGER AS evidence_end, 'dealt' AS trigger, trigger_start::INTEGER AS trigger_start,
        (trigger_start + 5)::INTEGER AS trigger_end, NULL::VARCHAR AS said_in, 0.8::DOUBLE AS confidence FROM parts""",
    "quotes": """SELECT report, concat(report, '-q1') AS id, 1::INTEGER AS n, 'direct' AS kind, a AS speaker_code,
        a_name AS speaker_name, CASE WHEN i % 2 = 1 THEN [b] ELSE []::VARCHAR[] END AS addressee_codes,
        CASE WHEN i % 2 = 1 THEN [b_name] ELSE []::VARCHAR[] END AS addressee_names, sentence AS content,
        pos AS content_start, evidence_end::INTEGER AS content_end, NULL::VARCHAR AS cue, NULL::VARCHAR AS channel,
        day::VARCHAR AS date, day AS date_start, day AS date_end, 0.7::DOUBLE AS confidence, day,
        CASE WHEN a_key = b_key THEN [a] WHEN (a, a_name) < (b, b_name) THEN [a, b] ELSE [b, a] END AS named_codes,
        CASE WHEN a_key = b_key THEN [a_name] WHEN (a, a_name) < (b, b_name) THEN [a_name, b_name] ELSE [b_name, a_name] END
            AS named_names
        FROM parts WHERE k = 1""",
    "actors": """SELECT report, id, name, code, 'GOV' AS sector, 'leader' AS role, name AS person, false AS former,
        NULL::VARCHAR AS wikidata, len(places)::INTEGER AS n_mentions FROM cast_""",
    "mentions": """SELECT report, id AS actor, code AS words, p.start::INTEGER AS start, p.stop::INTEGER AS stop, 'role' AS how
        FROM (SELECT report, id, code, unnest(places) AS p FROM cast_)""",
    "flags": """SELECT NULL::VARCHAR AS report, NULL::VARCHAR AS id, NULL::VARCHAR AS kind, NULL::VARCHAR AS words,
        NULL::INTEGER AS start, NULL::INTEGER AS stop, NULL::VARCHAR AS says, NULL::VARCHAR AS tables, NULL::VARCHAR AS message
        WHERE false""",
    "reasons": """SELECT report, owner, 1::INTEGER AS step, 'code:bench' AS rule, 'made up' AS saw, NULL::INTEGER AS start,
        NULL::INTEGER AS stop, NULL::DOUBLE AS figure
        FROM (SELECT report, concat(report, '-e', k) AS owner FROM parts UNION ALL
              SELECT report, concat(report, '-q1') FROM parts WHERE k = 1)""",
    "deals": """SELECT report, concat('e', k) AS event, k::INTEGER AS n, 1::INTEGER AS pair, 1::INTEGER AS pairs,
        a AS source_code, a_name AS source_name, false AS source_former, b AS target_code, b_name AS target_name,
        false AS target_former, type, contexts, goldstein, quad, status, date, date::DATE AS date_start,
        date::DATE AS date_end, place, occasion, CASE WHEN occasion IS NOT NULL THEN sentence END AS evidence,
        0.8::DOUBLE AS confidence FROM parts""",
    "words": """SELECT report, word, owner, n, day FROM (
        SELECT report, owner, n, day, unnest(list_distinct(string_split(trim(
            lower(regexp_replace(sentence, '[^A-Za-z0-9]+', ' ', 'g'))), ' '))) AS word
        FROM (
            SELECT report, concat('e', k) AS owner, k::INTEGER AS n, date::DATE AS day, sentence FROM parts
            UNION ALL SELECT report, 'q1', 1, day, sentence FROM parts WHERE k = 1
        )) WHERE NOT list_contains($common, word)""",
    "sketches": """SELECT report, words, shingles, stems, sentences FROM sketched""",
    "stories": """SELECT report, $batch AS of_batch, id AS event, story, report AS copy_of FROM (
        SELECT report, concat(report, '-e1') AS id, min(concat(report, '-e1')) OVER (PARTITION BY i // 2) AS story
        FROM texts WHERE i % 20 < 2)""",
    "links": """SELECT a.report, $batch AS of_batch, concat(a.report, '-e1') AS event, b.report AS other_report,
        $batch AS other_batch, concat(b.report, '-e1') AS other, 0.9::DOUBLE AS score, 'made up' AS reason
        FROM texts AS a JOIN texts AS b ON a.i // 2 = b.i // 2 AND a.report < b.report WHERE a.i % 20 < 2""",
    "linked": "SELECT report, $batch AS of_batch FROM texts",
    "articles": """SELECT report, concat('made-up/', i, '.txt') AS source, concat('Report ', i) AS title, 'en' AS language,
        concat('Paper ', i % 97) AS publisher, NULL::VARCHAR AS url, NULL::VARCHAR AS author, day AS published,
        day::VARCHAR AS dated, day AS dated_start, day AS dated_end, 5::INTEGER AS n_events, 1::INTEGER AS n_quotes,
        0::INTEGER AS n_flags, text, reading, 'made up' AS version FROM readings""",
}
NOISE = """
CREATE OR REPLACE TABLE sketched AS
SELECT report, 100::INTEGER AS words, concat({hashes}) AS shingles, concat({more}) AS stems,
    concat_ws(' ', '24:' || left(md5(text || 'p'), 28), '24:' || left(md5(text || 'q'), 28), '24:' || left(md5(text || 'r'), 28),
        '24:' || left(md5(text || 's'), 28), '24:' || left(md5(text || 't'), 28)) AS sentences
FROM texts
""".format(
    hashes=", ".join(f"md5(text || {n})" for n in range(16)), more=", ".join(f"md5(text || {n})" for n in range(16, 28))
)


def make(folder: Path, reports: int, *, seed: int = 7, first: int = 0, chunk: int = CHUNK) -> None:
    """Write reports number ``first`` and on into the record in ``folder``, which is made if it is not there."""
    Record(folder, create=True)
    store = Store(folder)
    with tempfile.TemporaryDirectory() as scratch:
        made = duckdb.connect(":memory:")
        made.execute(f"SET temp_directory = '{scratch}'")
        made.execute("SET memory_limit = '4GB'")
        made.execute("SET preserve_insertion_order = false")
        for name, value in (
            ("seed", seed), ("syllables", SYLLABLES), ("vocabulary", VOCABULARY), ("codes", CODES.split()),
            ("people", PEOPLE), ("days", DAYS),
        ):  # fmt: skip
            made.execute(f"SET VARIABLE {name} = $value", {"value": value})
        made.execute(HELPERS)
        for begin in range(first, first + reports, chunk):
            _chunk(made, store, begin, min(begin + chunk, first + reports), exact=reports <= EXACT)
        made.close()


def _chunk(made: duckdb.DuckDBPyConnection, store: Store, begin: int, end: int, *, exact: bool) -> None:
    *statements, last = duckdb.extract_statements(MADE)
    for statement in (*statements, last):
        wanted = {"first": begin, "last": end} if "$first" in statement.query else None
        made.execute(statement, wanted)
    if exact:
        made.execute(
            "CREATE OR REPLACE TABLE sketched (report VARCHAR, words INTEGER, shingles VARCHAR, stems VARCHAR, sentences VARCHAR)"
        )
        rows = []
        for report, text in made.execute("SELECT report, text FROM texts").fetchall():
            s = sketch(text)
            rows.append((report, s.words, packed(s.shingles), packed(s.stems), packed_sentences(s.sentences)))
        made.executemany("INSERT INTO sketched VALUES (?, ?, ?, ?, ?)", rows)
    else:
        made.execute(NOISE)
    batch = f"{store.commits():010d}-made-{begin:010d}"
    for table in (*CHILDREN, "links", "stories", "linked", "articles"):
        sql = f"SELECT *, '{batch}' AS batch FROM ({ROWS[table]}) ORDER BY {ORDER[table]}"
        sql = sql.replace("$batch", f"'{batch}'").replace("$common", str(sorted(COMMON)))
        columns = ", ".join(f'"{c.name}"' for c in TABLES[table])
        store.append_stream(table, made.sql(f"SELECT {columns} FROM ({sql})"))


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("folder", type=Path)
    a.add_argument("--reports", type=int, default=2_000_000)
    a.add_argument("--seed", type=int, default=7)
    a.add_argument("--first", type=int, default=0, help="the number of the first report: others than those before")
    o = a.parse_args()
    began = time.perf_counter()
    make(o.folder, o.reports, seed=o.seed, first=o.first)
    print(f"{o.reports:,} reports in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
