-- Rows that no question sees: of batches whose reports never came (a killed run), and of readings that newer ones replaced.
WITH children AS (
    SELECT 'events' AS of_table, report, batch FROM events_rows
    UNION ALL SELECT 'quotes', report, batch FROM quotes_rows
    UNION ALL SELECT 'actors', report, batch FROM actors_rows
    UNION ALL SELECT 'mentions', report, batch FROM mentions_rows
    UNION ALL SELECT 'flags', report, batch FROM flags_rows
    UNION ALL SELECT 'reasons', report, batch FROM reasons_rows
    UNION ALL SELECT 'articles', report, batch FROM articles_rows
)

SELECT
    of_table,
    count(*) FILTER (NOT EXISTS (FROM articles_rows AS a WHERE a.report = c.report AND a.batch = c.batch)) AS unfinished,
    count(*) FILTER (
        EXISTS (FROM articles_rows AS a WHERE a.report = c.report AND a.batch = c.batch)
        AND NOT EXISTS (FROM counted AS n WHERE n.report = c.report AND n.batch = c.batch)
    ) AS replaced
FROM children AS c
GROUP BY of_table
ORDER BY of_table
