-- With whom somebody deals: asserted events by the other side's code (its name where it has none), both ways, by cooperation and conflict.
WITH mine AS NOT MATERIALIZED (
    SELECT
        report, n, pairs, quad, source_code, source_name, target_code, target_name,
        coalesce(is_one_of(source_code, source_name, $codes, $names), false) AS acts
    FROM deals
    WHERE
        status = 'asserted'
        AND (is_one_of(source_code, source_name, $codes, $names) OR is_one_of(target_code, target_name, $codes, $names))
),

-- Whoever is on both sides of an event acts in it.
several AS (
    SELECT *, bool_or(acts) OVER (PARTITION BY report, n) AS acted FROM mine WHERE pairs > 1
),

both_ways AS (
    SELECT
        quad, acts, CASE WHEN acts THEN target_code ELSE source_code END AS code,
        CASE WHEN acts THEN target_name ELSE source_name END AS name
    FROM mine
    WHERE pairs = 1
    UNION ALL
    SELECT quad, acted, code, name
    FROM (
        SELECT DISTINCT
            report, n, quad, acted, CASE WHEN acted THEN target_code ELSE source_code END AS code,
            CASE WHEN acted THEN target_name ELSE source_name END AS name
        FROM several
        WHERE acts = acted
    )
)

SELECT
    coalesce(nullif(code, ''), name) AS other,
    count(*) FILTER (acts) AS done, count(*) FILTER (NOT acts) AS received,
    count(*) FILTER (quad LIKE '%cooperation') AS cooperation, count(*) FILTER (quad LIKE '%conflict') AS conflict
FROM both_ways
WHERE
    coalesce(nullif(code, ''), name) IS NOT NULL
    AND NOT list_contains($codes::VARCHAR[], code) AND NOT list_contains($names::VARCHAR[], name)
GROUP BY ALL
ORDER BY count(*) DESC, other
LIMIT $limit
