-- GDELT 2.0, table of mentions: one row for each place where the report tells of the pair's event.
SELECT
    report, n, pair, place_number,
    number AS "GLOBALEVENTID",
    replace(day, '-', '') || '000000' AS "EventTimeDate",
    strftime(published, '%Y%m%d000000') AS "MentionTimeDate",
    CASE WHEN url IS NULL THEN 2 ELSE 1 END AS "MentionType",
    coalesce(publisher, regexp_extract(url, '^\w+://([^/:]+)', 1)) AS "MentionSourceName",
    link AS "MentionIdentifier",
    coalesce(CASE WHEN place_number = 1 THEN s_party.start END, -1) AS "Actor1CharOffset",
    coalesce(CASE WHEN place_number = 1 THEN t_party.start END, -1) AS "Actor2CharOffset",
    CASE WHEN place_number = 1 THEN e."trigger".start ELSE e.also[place_number - 1].start END AS "ActionCharOffset",
    1 AS "InRawText",
    round(e.confidence * 100)::INTEGER AS "Confidence",
    length(text) AS "MentionDocLen",
    concat('report=', report, ';event=', e.id, ';pair=', pair, ';status=', e.status, ';date=', e.date) AS "Extras"
FROM (SELECT *, unnest(range(1, coalesce(len(e.also), 0) + 2)) AS place_number FROM pairs)
