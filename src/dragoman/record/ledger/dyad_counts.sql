-- As queries/dyad_counts.sql.
SELECT
    ledger_month(d.first, d.last) AS month, k.status, k.quad, list_sort(list_distinct(k.contexts)) AS contexts,
    count(*) FILTER (d.a_to_b) AS a_to_b,
    count(k.goldstein) FILTER (d.a_to_b) AS a_to_b_valued,
    sum(k.goldstein::DECIMAL(9, 3)) FILTER (d.a_to_b) AS a_to_b_goldstein,
    count(*) FILTER (NOT d.a_to_b) AS b_to_a,
    count(k.goldstein) FILTER (NOT d.a_to_b) AS b_to_a_valued,
    sum(k.goldstein::DECIMAL(9, 3)) FILTER (NOT d.a_to_b) AS b_to_a_goldstein
FROM between_them AS d JOIN ledger_kinds AS k ON k.id = d.kind
GROUP BY ALL
ORDER BY month NULLS LAST, k.status, k.quad, contexts
