-- As queries/network.sql: first counted by what the events are, then told apart.
WITH chosen AS NOT MATERIALIZED (
    SELECT report, n, several, source_code, target_code, /* by */ AS what FROM ledger_deals WHERE /* chosen */
),

counted AS (
    SELECT source_code, target_code, what, count(*) AS events
    FROM (
        SELECT source_code, target_code, what FROM chosen WHERE NOT several
        UNION ALL
        SELECT source_code, target_code, what FROM (SELECT DISTINCT report, n, source_code, target_code, what FROM chosen WHERE several)
    )
    GROUP BY source_code, target_code, what
)

SELECT
    s.code AS source, t.code AS target, sum(events)::BIGINT AS events,
    coalesce(sum(events) FILTER (k.quad = 'verbal cooperation'), 0)::BIGINT AS verbal_cooperation,
    coalesce(sum(events) FILTER (k.quad = 'material cooperation'), 0)::BIGINT AS material_cooperation,
    coalesce(sum(events) FILTER (k.quad = 'verbal conflict'), 0)::BIGINT AS verbal_conflict,
    coalesce(sum(events) FILTER (k.quad = 'material conflict'), 0)::BIGINT AS material_conflict,
    coalesce(sum(events) FILTER (k.goldstein IS NOT NULL), 0)::BIGINT AS valued,
    sum(events * k.goldstein::DECIMAL(9, 3)) AS goldstein
FROM counted
JOIN /* kinds */ AS k ON k.id = counted.what
JOIN ledger_codes AS s ON s.id = counted.source_code
JOIN ledger_codes AS t ON t.id = counted.target_code
WHERE
    s.code <> '' AND t.code <> '' AND s.code <> t.code AND k.status = $status AND ($quad IS NULL OR contains(k.quad, lower($quad)))
    AND /* type */
GROUP BY ALL
ORDER BY source, target
