-- With whom somebody deals: asserted events by the other side's code (its name where it has none), both ways, by cooperation and conflict.
WITH mine AS (
    SELECT
        quad,
        has_one_of(source_codes, source_names, $codes, $names) AS acts,
        list_zip(source_codes, source_names) AS sources, list_zip(target_codes, target_names) AS targets
    FROM events
    WHERE
        status = 'asserted'
        AND (has_one_of(source_codes, source_names, $codes, $names)
            OR has_one_of(target_codes, target_names, $codes, $names))
),

both_ways AS (
    SELECT quad, true AS acts, unnest(targets) AS other FROM mine WHERE acts
    UNION ALL SELECT quad, false AS acts, unnest(sources) AS other FROM mine WHERE NOT acts
)

SELECT
    coalesce(nullif(other[1], ''), other[2]) AS other,
    count(*) FILTER (acts) AS done, count(*) FILTER (NOT acts) AS received,
    count(*) FILTER (quad LIKE '%cooperation') AS cooperation, count(*) FILTER (quad LIKE '%conflict') AS conflict
FROM both_ways
WHERE
    coalesce(nullif(other[1], ''), other[2]) IS NOT NULL
    AND NOT list_contains($codes::VARCHAR[], other[1]) AND NOT list_contains($names::VARCHAR[], other[2])
GROUP BY ALL
ORDER BY count(*) DESC, other
LIMIT $limit
