-- Pairs of events that may be one deed: of a fresh report and any other, with a kind of type, one who acts and one who is
-- acted on in common, and days not further apart than the window. Where nobody is named on a side, nobody must be.
CREATE OR REPLACE TEMP TABLE fresh_keys AS
SELECT DISTINCT
    k.kind, k.mutual, s.code AS source, t.code AS target, e.report, e.id,
    coalesce(e.date_start, e.date_end, f.dated_start, f.dated_end) AS first,
    coalesce(e.date_end, e.date_start, f.dated_end, f.dated_start) AS last
FROM events AS e JOIN fresh AS f USING (report) JOIN kinds AS k USING (type),
    unnest(CASE WHEN len(e.source_codes) = 0 THEN [''] ELSE e.source_codes END) AS s(code),
    unnest(CASE WHEN len(e.target_codes) = 0 THEN [''] ELSE e.target_codes END) AS t(code)
WHERE s.code <> '' OR t.code <> '';

-- Both ways round where either side may stand first.
INSERT INTO fresh_keys
SELECT kind, mutual, target, source, report, id, first, last FROM fresh_keys WHERE mutual AND source <> target;

WITH others AS (
    SELECT e.report, e.id, k.kind, e.source_codes, e.target_codes, e.date_start, e.date_end
    FROM events AS e JOIN kinds AS k USING (type)
    WHERE
        (e.date_end IS NULL AND e.date_start IS NULL)
        OR (coalesce(e.date_end, e.date_start) >= (SELECT min(first) - $window::INTEGER FROM fresh_keys)
            AND coalesce(e.date_start, e.date_end) <= (SELECT max(last) + $window::INTEGER FROM fresh_keys))
),

-- Who acts is looked for first: most events have one there, and few have one that is looked for.
sources AS (
    SELECT report, id, kind, target_codes, date_start, date_end,
        unnest(CASE WHEN len(source_codes) = 0 THEN [''] ELSE source_codes END) AS source
    FROM others
),

sides AS (
    SELECT report, id, kind, source, date_start, date_end,
        unnest(CASE WHEN len(target_codes) = 0 THEN [''] ELSE target_codes END) AS target
    FROM sources SEMI JOIN fresh_keys USING (kind, source)
),

dated AS (
    SELECT f.id AS one, o.id AS other, f.report AS one_report, o.report AS other_report
    FROM fresh_keys AS f JOIN sides AS o USING (kind, source, target)
    WHERE f.report <> o.report
        AND coalesce(o.date_start, o.date_end) - $window::INTEGER <= f.last
        AND f.first - $window::INTEGER <= coalesce(o.date_end, o.date_start)
),

undated AS (
    SELECT f.id AS one, o.id AS other, f.report AS one_report, o.report AS other_report
    FROM sides AS o
    JOIN (SELECT report, dated_start, dated_end FROM articles) AS a ON a.report = o.report
    JOIN fresh_keys AS f USING (kind, source, target)
    WHERE f.report <> o.report AND o.date_start IS NULL AND o.date_end IS NULL
        AND coalesce(a.dated_start, a.dated_end) - $window::INTEGER <= f.last
        AND f.first - $window::INTEGER <= coalesce(a.dated_end, a.dated_start)
)

SELECT DISTINCT
    least(one, other) AS a, greatest(one, other) AS b,
    CASE WHEN one < other THEN one_report ELSE other_report END AS a_report,
    CASE WHEN one < other THEN other_report ELSE one_report END AS b_report
FROM (FROM dated UNION ALL FROM undated)
ORDER BY a, b
