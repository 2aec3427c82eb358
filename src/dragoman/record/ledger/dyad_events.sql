-- As queries/dyad_events.sql.
SELECT printf('%016x', report) AS report, printf('%016x-e%d', report, n) AS id
FROM (
    SELECT DISTINCT d.report, d.n, d.day, k.status = 'asserted' AS asserted
    FROM between_them AS d JOIN ledger_kinds AS k ON k.id = d.kind
) AS e
QUALIFY row_number() OVER (PARTITION BY asserted ORDER BY day DESC NULLS LAST, e.report, n) <= $limit
ORDER BY day DESC NULLS LAST, e.report, n
