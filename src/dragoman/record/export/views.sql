-- What every export asks. is_chosen_event, is_chosen_quote and is_chosen_report are made before this (selection.py), codes
-- and sectors are each format's names for ours (codes.py). Nothing here is temporary: several threads ask.

-- Every chosen report of a piece with what its reading says: one row a report, so that all below is made report by report.
-- first_report and last_report bound the piece (selection.py).
CREATE VIEW readings AS
SELECT
    report, source, url, title, publisher, language, text, version,
    coalesce(url, source) AS link,
    coalesce(published, CASE WHEN dated_start = dated_end THEN dated_start END) AS published,
    json_transform(reading, '{
        "segments": [{"kind": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}],
        "actors": [{"id": "VARCHAR", "name": "VARCHAR", "code": "VARCHAR", "sector": "VARCHAR", "role": "VARCHAR",
                    "person": "VARCHAR", "wikidata": "VARCHAR", "former": "BOOLEAN"}],
        "events": [{"id": "VARCHAR", "type": "VARCHAR", "mode": "VARCHAR", "contexts": ["VARCHAR"], "cameo": "VARCHAR",
                    "goldstein": "DOUBLE", "quad": "VARCHAR", "status": "VARCHAR",
                    "source": [{"actor": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}],
                    "target": [{"actor": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}],
                    "date": "VARCHAR", "place": "VARCHAR", "occasion": "VARCHAR",
                    "evidence": {"start": "INTEGER", "end": "INTEGER"}, "also": [{"start": "INTEGER", "end": "INTEGER"}],
                    "trigger": {"start": "INTEGER", "end": "INTEGER"}, "said_in": "VARCHAR", "confidence": "DOUBLE"}]
    }') AS r
FROM articles
WHERE report >= getvariable('first_report') AND report < getvariable('last_report') AND is_chosen_report(report);

-- The words of a span, in code points.
CREATE MACRO words(text, span) AS substring(text, span.start + 1, span."end" - span.start);

-- The actor of a party: what is known of him, or nothing but the words.
CREATE MACRO actor_of(actors, party) AS list_filter(actors, lambda a: a.id = party.actor)[1];

-- A date's first and last part: "2023-05" of "2023-05", ".." of "../2023-05-28".
CREATE MACRO part_from(day) AS split_part(day, '/', 1);
CREATE MACRO part_to(day) AS CASE WHEN contains(day, '/') THEN split_part(day, '/', 2) ELSE day END;

-- The day, month or year (10, 7 or 4 characters) that the whole date lies in; nothing when it reaches over it.
CREATE MACRO within(day, size) AS
    CASE WHEN length(part_from(day)) >= size AND left(part_from(day), size) = left(part_to(day), size)
        AND length(part_to(day)) >= size THEN left(day, size) END;

-- Events of chosen reports in the order of the text; n counts from 1.
CREATE VIEW told AS
SELECT * EXCLUDE (r), e.id AS id, e.evidence.start < lead AS is_lead, r.actors AS actors
FROM (
    SELECT *, r.events[n] AS e, coalesce(
        first_body.start + nullif(strpos(substring(text, first_body.start + 1, first_body."end" - first_body.start), chr(10)), 0),
        first_body."end") AS lead
    FROM (
        SELECT *, unnest(range(1, len(r.events) + 1)) AS n,
            list_filter(r.segments, lambda s: s.kind = 'body')[1] AS first_body
        FROM readings
    )
)
WHERE is_chosen_event(e.id, e.status);

-- A number for formats that want one: 63 bits of a hash of our id, the same on every machine and in every run.
CREATE MACRO number_of(ident) AS (md5_number_lower(ident) & 9223372036854775807)::BIGINT;

-- A side without the second and third naming of one actor.
CREATE MACRO once(side) AS list_filter(side, lambda p, k:
    p.actor IS NULL OR list_position(list_transform(side, lambda q: q.actor), p.actor) = k);

-- One row for each source and target of an event; a side that nobody is named on counts as one.
CREATE VIEW pairs AS
SELECT
    p.*, e.id || '.' || pair AS pair_id, number_of(e.id || '.' || pair) AS number,
    within(e.date, 10) AS day, within(e.date, 7) AS month, within(e.date, 4) AS year,
    coalesce(e.cameo, of_type.cameo) AS cameo, coalesce(of_mode.score, of_type.score) AS score, cameo_names.name AS cameo_name,
    coalesce(s.name, s_words) AS s_name, coalesce(t.name, t_words) AS t_name,
    sc.country AS s_country, sc.class AS s_class, sc.grp AS s_group, ss.cameo AS s_sector, ss.words AS s_sector_words,
    sc.polecat AS s_polecat, sc.cow AS s_cow, sc.state AS s_state,
    tc.country AS t_country, tc.class AS t_class, tc.grp AS t_group, ts.cameo AS t_sector, ts.words AS t_sector_words,
    tc.polecat AS t_polecat, tc.cow AS t_cow, tc.state AS t_state,
    cameo_actor(sc.country, sc.class, sc.grp, ss.cameo) AS s_cameo,
    cameo_actor(tc.country, tc.class, tc.grp, ts.cameo) AS t_cameo
FROM (
    SELECT *, actor_of(actors, s_party) AS s, actor_of(actors, t_party) AS t,
        words(text, s_party) AS s_words, words(text, t_party) AS t_words
    FROM (
        SELECT * EXCLUDE (sources, targets), sources[i] AS s_party, targets[j] AS t_party,
            (i - 1) * greatest(len(targets), 1) + j AS pair
        FROM (
            SELECT *, unnest(range(1, greatest(len(targets), 1) + 1)) AS j
            FROM (
                SELECT *, unnest(range(1, greatest(len(sources), 1) + 1)) AS i
                FROM (SELECT *, once(e.source) AS sources, once(e.target) AS targets FROM told)
            )
        )
    )
) AS p
LEFT JOIN kinds AS of_type ON of_type.type = e.type AND of_type.mode = ''
LEFT JOIN kinds AS of_mode ON of_mode.type = e.type AND of_mode.mode = e.mode
LEFT JOIN cameo_names ON cameo_names.code = coalesce(e.cameo, of_type.cameo)
LEFT JOIN codes AS sc ON sc.code = s.code
LEFT JOIN codes AS tc ON tc.code = t.code
LEFT JOIN sectors AS ss ON ss.sector = s.sector
LEFT JOIN sectors AS ts ON ts.sector = t.sector;

-- A cell of a file whose cells are parted by tabs and whose rows by line ends: it can hold neither, nor quotation marks
-- that a reader would take for its own.
CREATE MACRO tab_cell(value) AS
    replace(regexp_replace(coalesce(value::VARCHAR, ''), '[\x00-\x1F\x7F\x{85}\x{2028}\x{2029}]+', ' ', 'g'), '"', '''');

-- A cell of comma-separated values: in quotation marks where it must be.
CREATE MACRO comma_cell(value) AS
    CASE WHEN regexp_matches(coalesce(value::VARCHAR, ''), '[",\r\n]')
        THEN '"' || replace(value::VARCHAR, '"', '""') || '"' ELSE coalesce(value::VARCHAR, '') END;
