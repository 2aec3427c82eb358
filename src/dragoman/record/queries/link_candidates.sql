-- Pairs of events that may be one deed: of a fresh report and any other, with a kind of type, one who acts and one who is
-- acted on in common, and days not further apart than the window. Where nobody is named on a side, nobody must be.
-- Events are looked for by who, whom and the weeks that they lie in: of one pair of states there may be a hundred thousand.
CREATE OR REPLACE TEMP TABLE fresh_keys AS
SELECT DISTINCT
    k.kind, k.mutual, coalesce(d.source_code, '') AS source, coalesce(d.target_code, '') AS target,
    d.report, d.report || '-' || d.event AS id,
    coalesce(d.date_start, d.date_end, f.dated_start, f.dated_end) AS first,
    coalesce(d.date_end, d.date_start, f.dated_end, f.dated_start) AS last
FROM deals AS d JOIN fresh AS f USING (report, batch) JOIN kinds AS k USING (type)
WHERE coalesce(d.source_code, '') <> '' OR coalesce(d.target_code, '') <> '';

-- Both ways round where either side may stand first.
INSERT INTO fresh_keys
SELECT kind, mutual, target, source, report, id, first, last FROM fresh_keys WHERE mutual AND source <> target;

-- Undated events have the days of their report.
CREATE OR REPLACE TEMP TABLE other_keys AS
WITH others AS (
    SELECT
        d.report, d.event, d.type, coalesce(d.source_code, '') AS source, coalesce(d.target_code, '') AS target,
        d.date_start, d.date_end
    FROM deals AS d
    WHERE
        (d.date_end IS NULL AND d.date_start IS NULL)
        OR (coalesce(d.date_end, d.date_start) >= (SELECT min(first) - $window::INTEGER FROM fresh_keys)
            AND coalesce(d.date_start, d.date_end) <= (SELECT max(last) + $window::INTEGER FROM fresh_keys))
),

-- Most events are of other deeds than the fresh ones: they are left out before anything else is asked of them.
near AS (
    SELECT o.report, o.event, k.kind, o.source, o.target, o.date_start, o.date_end
    FROM others AS o JOIN kinds AS k USING (type)
    SEMI JOIN fresh_keys AS f ON f.kind = k.kind AND f.source = o.source AND f.target = o.target
)

SELECT report, report || '-' || event AS id, kind, source, target,
    coalesce(date_start, date_end) AS first, coalesce(date_end, date_start) AS last
FROM near
WHERE date_start IS NOT NULL OR date_end IS NOT NULL
UNION ALL
SELECT n.report, n.report || '-' || n.event, n.kind, n.source, n.target,
    coalesce(a.dated_start, a.dated_end), coalesce(a.dated_end, a.dated_start)
FROM near AS n JOIN (SELECT report, dated_start, dated_end FROM articles) AS a USING (report)
WHERE n.date_start IS NULL AND n.date_end IS NULL AND (a.dated_start IS NOT NULL OR a.dated_end IS NOT NULL);

WITH fresh_days AS (
    SELECT *, first - $window::INTEGER AS since, last + $window::INTEGER AS until FROM fresh_keys WHERE first IS NOT NULL
),

fresh_weeks AS (
    SELECT *, unnest(range((since - DATE '1970-01-01') // 8, (until - DATE '1970-01-01') // 8 + 1)) AS week
    FROM fresh_days
    WHERE last - first <= 64
),

other_weeks AS (
    SELECT *, unnest(range((first - DATE '1970-01-01') // 8, (last - DATE '1970-01-01') // 8 + 1)) AS week
    FROM other_keys
    WHERE last - first <= 64
),

met AS (
    SELECT f.id AS one, o.id AS other, f.report AS one_report, o.report AS other_report
    FROM fresh_weeks AS f JOIN other_weeks AS o USING (kind, source, target, week)
    WHERE f.report <> o.report AND o.first <= f.until AND o.last >= f.since
    UNION ALL
    -- Those of whom only the season or the year is known lie in too many weeks.
    SELECT f.id, o.id, f.report, o.report
    FROM fresh_days AS f JOIN other_keys AS o USING (kind, source, target)
    WHERE (f.last - f.first > 64 OR o.last - o.first > 64)
        AND f.report <> o.report AND o.first <= f.until AND o.last >= f.since
)

SELECT DISTINCT
    least(one, other) AS a, greatest(one, other) AS b,
    CASE WHEN one < other THEN one_report ELSE other_report END AS a_report,
    CASE WHEN one < other THEN other_report ELSE one_report END AS b_report
FROM met
ORDER BY a, b
