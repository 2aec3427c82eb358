-- Pairs of events that may be one deed: of a fresh report and any other, with a kind of type, one who acts and one who is
-- acted on in common, and days not further apart than the window. Where nobody is named on a side, nobody must be.
-- Events are looked for by who, whom and the weeks that they lie in: of one pair of states there may be a hundred thousand.
-- link_window: so many days.
CREATE OR REPLACE TEMP TABLE fresh_keys AS
SELECT DISTINCT
    k.kind, k.mutual, coalesce(d.source_code, '') AS source, coalesce(d.target_code, '') AS target,
    d.report, d.event,
    coalesce(d.date_start, d.date_end, f.dated_start, f.dated_end) AS first,
    coalesce(d.date_end, d.date_start, f.dated_end, f.dated_start) AS last
FROM deals AS d JOIN fresh AS f USING (report, batch) JOIN kinds AS k USING (type)
WHERE coalesce(d.source_code, '') <> '' OR coalesce(d.target_code, '') <> '';

-- Both ways round where either side may stand first.
INSERT INTO fresh_keys
SELECT kind, mutual, target, source, report, event, first, last FROM fresh_keys WHERE mutual AND source <> target;

-- For every type that is compared with them; with the days that others must meet, and weeks of eight days, which are
-- those of the days since 1970 by eight. Those of whom only the season or the year is known lie in too many weeks.
CREATE OR REPLACE TEMP TABLE fresh_days AS
SELECT f.* EXCLUDE (kind, mutual, first, last), k.type, f.first - getvariable('link_window') AS since,
    f.last + getvariable('link_window') AS until, f.last - f.first <= 64 AS short
FROM fresh_keys AS f JOIN kinds AS k USING (kind)
WHERE f.first IS NOT NULL;

CREATE OR REPLACE TEMP TABLE fresh_weeks AS
SELECT *, unnest(range((since - DATE '1970-01-01') // 8, (until - DATE '1970-01-01') // 8 + 1)) AS week
FROM fresh_days
WHERE short;

-- Most events are of other deeds than the fresh ones: they are left out before anything else is asked of them. Of those
-- that lie within one day, in most records nearly all, the week must be one of theirs.
CREATE OR REPLACE TEMP TABLE fresh_looked_for AS
SELECT DISTINCT type, source, target, week FROM fresh_weeks
UNION ALL
SELECT DISTINCT type, source, target, -1000000 FROM fresh_days
UNION ALL
SELECT DISTINCT type, source, target, unnest(range((since - DATE '1970-01-01') // 8, (until - DATE '1970-01-01') // 8 + 1))
FROM fresh_days
WHERE NOT short;

CREATE OR REPLACE TEMP TABLE near AS
SELECT o.*
FROM (
    SELECT
        report, event, type, coalesce(source_code, '') AS source, coalesce(target_code, '') AS target,
        coalesce(date_start, date_end) AS first, coalesce(date_end, date_start) AS last,
        CASE WHEN date_start = date_end THEN (date_start - DATE '1970-01-01') // 8 ELSE -1000000 END AS week
    FROM deals
) AS o
SEMI JOIN fresh_looked_for USING (type, source, target, week);

-- Undated events have the days of their report.
CREATE OR REPLACE TEMP TABLE other_days AS
FROM near WHERE first IS NOT NULL
UNION ALL
SELECT * REPLACE (CASE WHEN first = last THEN (first - DATE '1970-01-01') // 8 ELSE -1000000 END AS week)
FROM (
    SELECT n.* REPLACE (coalesce(a.dated_start, a.dated_end) AS first, coalesce(a.dated_end, a.dated_start) AS last)
    FROM (SELECT report, dated_start, dated_end FROM articles) AS a
    JOIN (FROM near WHERE first IS NULL) AS n USING (report)
)
SEMI JOIN fresh_looked_for USING (type, source, target, week);

WITH other_weeks AS (
    FROM other_days WHERE week >= 0
    UNION ALL
    SELECT * REPLACE (unnest(range((first - DATE '1970-01-01') // 8, (last - DATE '1970-01-01') // 8 + 1)) AS week)
    FROM other_days
    WHERE week < 0 AND last - first <= 64
),

met AS (
    SELECT f.event AS one, o.event AS other, f.report AS one_report, o.report AS other_report
    FROM fresh_weeks AS f JOIN other_weeks AS o USING (type, source, target, week)
    WHERE f.report <> o.report AND o.first <= f.until AND o.last >= f.since
    UNION ALL
    SELECT f.event, o.event, f.report, o.report
    FROM fresh_days AS f JOIN other_days AS o USING (type, source, target)
    WHERE (NOT f.short OR o.last - o.first > 64)
        AND f.report <> o.report AND o.first <= f.until AND o.last >= f.since
)

SELECT DISTINCT
    least(one_report || '-' || one, other_report || '-' || other) AS a,
    greatest(one_report || '-' || one, other_report || '-' || other) AS b,
    least(one_report, other_report) AS a_report,
    greatest(one_report, other_report) AS b_report
FROM met
ORDER BY a, b
