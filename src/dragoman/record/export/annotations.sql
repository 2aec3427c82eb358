-- W3C Web Annotations: one object each for the chosen events, quotations, actors and flags of a piece's reports, with a
-- target for every place. part and n: their order within a report.
WITH annotated AS (
    SELECT
        report, text, coalesce(url, source) AS link,
        json_text(coalesce(nullif(url, ''), 'urn:dragoman:report:' || report), false) AS page,
        -- Whether there may be characters that are to be written as Python does, which takes longer.
        contains(reading, '\u00') OR regexp_matches(text, '[\x0B\x0E\x0F\x1A-\x1F]') AS odd,
        json_transform(reading, '{
            "actors": [{"id": "VARCHAR", "name": "VARCHAR", "code": "VARCHAR", "sector": "VARCHAR", "role": "VARCHAR",
                        "wikidata": "VARCHAR", "mentions": [{"start": "INTEGER", "end": "INTEGER"}]}],
            "events": [{"id": "VARCHAR", "type": "VARCHAR", "mode": "VARCHAR", "cameo": "VARCHAR", "goldstein": "DOUBLE",
                        "status": "VARCHAR", "date": "VARCHAR", "occasion": "VARCHAR", "said_in": "VARCHAR",
                        "confidence": "DOUBLE", "source": [{"actor": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}],
                        "target": [{"actor": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}],
                        "evidence": {"start": "INTEGER", "end": "INTEGER"}, "also": [{"start": "INTEGER", "end": "INTEGER"}]}],
            "quotes": [{"id": "VARCHAR", "kind": "VARCHAR", "date": "VARCHAR", "confidence": "DOUBLE",
                        "content": [{"start": "INTEGER", "end": "INTEGER"}],
                        "speaker": {"actor": "VARCHAR", "start": "INTEGER", "end": "INTEGER"},
                        "addressees": [{"actor": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}]}],
            "flags": [{"kind": "VARCHAR", "message": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}]
        }') AS r
    FROM articles
    WHERE report >= getvariable('first_report') AND report < getvariable('last_report') AND is_chosen_report(report)
),

events_of AS (SELECT * EXCLUDE (r), r.actors AS actors, unnest(r.events) AS e, generate_subscripts(r.events, 1) AS n FROM annotated),

quotes_of AS (SELECT * EXCLUDE (r), r.actors AS actors, unnest(r.quotes) AS q, generate_subscripts(r.quotes, 1) AS n FROM annotated),

actors_of AS (SELECT * EXCLUDE (r), unnest(r.actors) AS a, generate_subscripts(r.actors, 1) AS n FROM annotated),

flags_of AS (SELECT * EXCLUDE (r), unnest(r.flags) AS f, generate_subscripts(r.flags, 1) AS n FROM annotated),

marks AS (
    SELECT
        report, text, link, page, odd, 1 AS part, n, e.id AS ident, 'classifying' AS purpose, concat_ws(' ', e.type, e.mode) AS value,
        concat(names_of(e.source, actors, text), ' -> ', names_of(e.target, actors, text)) AS about,
        list_concat([e.evidence], e.also) AS spans,
        concat(more('status', e.status, odd), more('date', e.date, odd), more('cameo', e.cameo, odd),
            ', "dragoman:goldstein": ' || e.goldstein, more('said_in', e.said_in, odd), more('occasion', e.occasion, odd),
            ', "dragoman:confidence": ' || e.confidence) AS more
    FROM events_of
    WHERE is_chosen_event(e.id, e.status)
    UNION ALL
    SELECT
        report, text, link, page, odd, 2, n, q.id, 'classifying', concat(q.kind, ' quotation'),
        concat(names_of(CASE WHEN q.speaker IS NULL THEN [] ELSE [q.speaker] END, actors, text),
            CASE WHEN len(q.addressees) > 0 THEN concat(' -> ', names_of(q.addressees, actors, text)) END),
        q.content,
        concat(more('date', q.date, odd), ', "dragoman:confidence": ' || q.confidence)
    FROM quotes_of
    WHERE len(q.content) > 0 AND is_chosen_quote(q.id)
    UNION ALL
    SELECT
        report, text, link, page, odd, 3, n, concat(report, '-', a.id), 'identifying', a.name, NULL, a.mentions,
        concat(more('code', a.code, odd), more('sector', a.sector, odd), more('role', a.role, odd),
            more('wikidata', a.wikidata, odd))
    FROM actors_of
    WHERE len(a.mentions) > 0
    UNION ALL
    SELECT
        report, text, link, page, odd, 4, n, concat(report, '-f', n), 'questioning', f.kind, f.message,
        [{'start': f.start, 'end': f."end"}], ''
    FROM flags_of
)

SELECT
    report, part, n,
    concat(
        '{"id": "urn:dragoman:', ident, '", "type": "Annotation", "motivation": "', purpose,
        '", "body": [{"type": "TextualBody", "purpose": "', purpose, '", "value": ', json_text(value, odd), '}',
        ', {"type": "TextualBody", "purpose": "describing", "value": ' || json_text(about, odd) || '}',
        '], "target": [', array_to_string(list_transform(spans, lambda p: target_of(page, text, p, odd)), ', '),
        '], "dragoman:report": "', report, '", "dragoman:source": ', json_text(link, odd), more, '}'
    ) AS line
FROM marks
