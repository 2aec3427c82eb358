-- As queries/stories.sql, of the events that are asked for.
SELECT story, count(DISTINCT report) AS reports, count(DISTINCT copy_of) AS sources
FROM ledger_told /* chosen */
GROUP BY story
HAVING count(DISTINCT report) > 1
ORDER BY sources DESC, reports DESC, story
LIMIT $limit
