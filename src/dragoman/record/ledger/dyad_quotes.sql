-- As queries/dyad_quotes.sql.
WITH said AS (
    (SELECT 'a to b' AS way, bool_or(m.spoken_to) AS spoken_to, q.report, q.n, q.said
    FROM ledger_quotes AS q JOIN (FROM ledger_named WHERE /* b_named */) AS m ON m.quote = q.quote
    WHERE (/* a_speaks */) AND /* chosen */
    GROUP BY q.quote, q.report, q.n, q.said
    ORDER BY q.said DESC NULLS LAST, q.report, q.n
    LIMIT $limit)
    UNION ALL
    (SELECT 'b to a' AS way, bool_or(m.spoken_to) AS spoken_to, q.report, q.n, q.said
    FROM ledger_quotes AS q JOIN (FROM ledger_named WHERE /* a_named */) AS m ON m.quote = q.quote
    WHERE (/* b_speaks */) AND /* chosen */
    GROUP BY q.quote, q.report, q.n, q.said
    ORDER BY q.said DESC NULLS LAST, q.report, q.n
    LIMIT $limit)
)

SELECT
    way, CASE WHEN spoken_to THEN 'to' ELSE 'of' END AS spoken, printf('%016x', report) AS report,
    printf('%016x-q%d', report, n) AS id
FROM said
ORDER BY way, said DESC NULLS LAST, said.report, n
