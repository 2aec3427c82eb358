-- The publishers with the most reports.
SELECT publisher, count(*) AS reports
FROM articles
WHERE publisher IS NOT NULL
GROUP BY publisher
ORDER BY reports DESC, publisher
LIMIT 10
