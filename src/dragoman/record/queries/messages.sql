-- Messages by occasion, year and the person at the other end: how many reports tell of them, and the first that does.
WITH sent AS (
    SELECT
        report, report || '-' || event AS id, n, occasion, status, date, date_start, date_end, evidence,
        CASE WHEN $sender THEN target_code ELSE source_code END AS code,
        CASE WHEN $sender THEN target_name ELSE source_name END AS name,
        CASE WHEN $sender THEN target_former ELSE source_former END AS former
    FROM deals
    WHERE
        occasion IS NOT NULL
        AND ($occasion IS NULL OR occasion = lower($occasion))
        AND (NOT $sender OR is_one_of(source_code, source_name, $codes, $names))
        AND ($sender OR is_one_of(target_code, target_name, $codes, $names))
)

SELECT
    occasion, year_of(occasion, date_start, date_end) AS year, status, nullif(code, '') AS code, name,
    bool_or(former) AS former,
    count(DISTINCT report) AS reports,
    first(date ORDER BY coalesce(date_start, date_end) NULLS LAST, report, n) AS date,
    first(report ORDER BY coalesce(date_start, date_end) NULLS LAST, report, n) AS report,
    first(id ORDER BY coalesce(date_start, date_end) NULLS LAST, report, n) AS id,
    first(evidence ORDER BY coalesce(date_start, date_end) NULLS LAST, report, n) AS evidence
FROM sent
WHERE name IS NOT NULL
GROUP BY ALL
ORDER BY occasion, year NULLS LAST, status, code NULLS LAST, name
