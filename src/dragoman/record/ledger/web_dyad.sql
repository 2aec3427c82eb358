-- As queries/web_dyad.sql.
SELECT
    ledger_month(d.first, d.last) AS month, k.quad,
    count(*) FILTER (d.a_to_b) AS a_to_b, count(*) FILTER (NOT d.a_to_b) AS b_to_a
FROM between_them AS d JOIN ledger_kinds AS k ON k.id = d.kind
WHERE ($status IS NULL OR k.status = lower($status)) AND ($type IS NULL OR k.type = upper($type))
GROUP BY ALL
ORDER BY month NULLS LAST, k.quad
