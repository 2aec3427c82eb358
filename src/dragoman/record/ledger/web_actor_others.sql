-- As queries/web_actor_others.sql: first counted by the other side and what the events are, then told apart.
WITH counted AS (
    SELECT
        target_code AS code, CASE WHEN target_code IS NULL OR target_code = /* blank */ THEN target END AS party, kind, true AS acts,
        count(*) AS events
    FROM ledger_deals
    WHERE NOT several AND /* acts */ AND NOT (/* own_target */)
    GROUP BY ALL
    UNION ALL
    SELECT
        source_code, CASE WHEN source_code IS NULL OR source_code = /* blank */ THEN source END, kind, false, count(*)
    FROM ledger_deals
    WHERE NOT several AND /* acted_on */ AND NOT (/* own_source */)
    GROUP BY ALL
    UNION ALL
    -- Whoever is on both sides of an event acts in it.
    SELECT code, CASE WHEN code IS NULL OR code = /* blank */ THEN party END, kind, acted, count(*)
    FROM (
        SELECT DISTINCT
            report, n, kind, acted, CASE WHEN acted THEN target_code ELSE source_code END AS code,
            CASE WHEN acted THEN target ELSE source END AS party
        FROM (
            SELECT *, bool_or(acts) OVER (PARTITION BY report, n) AS acted
            FROM (
                SELECT *, coalesce(/* acts */, false) AS acts
                FROM ledger_deals
                WHERE several AND ((/* acts */) OR (/* acted_on */))
            )
        )
        WHERE acts = acted
    )
    WHERE NOT (/* own */)
    GROUP BY ALL
)

SELECT
    coalesce(nullif(c.code, ''), p.name) AS other,
    coalesce(sum(events) FILTER (acts), 0)::BIGINT AS done, coalesce(sum(events) FILTER (NOT acts), 0)::BIGINT AS received,
    coalesce(sum(events) FILTER (k.quad LIKE '%cooperation'), 0)::BIGINT AS cooperation,
    coalesce(sum(events) FILTER (k.quad LIKE '%conflict'), 0)::BIGINT AS conflict
FROM counted
JOIN ledger_kinds AS k ON k.id = counted.kind
LEFT JOIN ledger_codes AS c ON c.id = counted.code
LEFT JOIN ledger_parties AS p ON p.id = counted.party
WHERE k.status = 'asserted' AND coalesce(nullif(c.code, ''), p.name) IS NOT NULL
GROUP BY ALL
ORDER BY sum(events) DESC, other
LIMIT $limit
