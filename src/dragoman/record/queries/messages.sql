-- Messages by occasion, year and the person at the other end: how many reports tell of them, and the first that does.
WITH sent AS (
    SELECT
        report, id, n, occasion, status, date, date_start, date_end, evidence,
        unnest(CASE WHEN $sender THEN list_zip(target_codes, target_names) ELSE list_zip(source_codes, source_names) END)
            AS other
    FROM events
    WHERE
        occasion IS NOT NULL
        AND ($occasion IS NULL OR occasion = lower($occasion))
        AND CASE
            WHEN $sender THEN has_one_of(source_codes, source_names, $codes, $names)
            ELSE has_one_of(target_codes, target_names, $codes, $names)
        END
),

people AS (
    SELECT report, name, coalesce(code, '') AS code, bool_or(former) AS former
    FROM (FROM actors WHERE former) SEMI JOIN sent USING (report)
    GROUP BY ALL
)

SELECT
    s.occasion, year_of(s.occasion, s.date_start, s.date_end) AS year, s.status,
    nullif(s.other[1], '') AS code, s.other[2] AS name,
    coalesce(bool_or(p.former), false) AS former,
    count(DISTINCT s.report) AS reports,
    first(s.date ORDER BY coalesce(s.date_start, s.date_end) NULLS LAST, s.report, s.n) AS date,
    first(s.report ORDER BY coalesce(s.date_start, s.date_end) NULLS LAST, s.report, s.n) AS report,
    first(s.id ORDER BY coalesce(s.date_start, s.date_end) NULLS LAST, s.report, s.n) AS id,
    first(s.evidence ORDER BY coalesce(s.date_start, s.date_end) NULLS LAST, s.report, s.n) AS evidence
FROM sent AS s
LEFT JOIN people AS p ON p.report = s.report AND p.name = s.other[2] AND p.code = s.other[1]
GROUP BY ALL
ORDER BY s.occasion, year NULLS LAST, s.status, code NULLS LAST, name
