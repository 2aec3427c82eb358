-- Deeds that several reports tell: how many do, and how many independent sources there are. Which row of an event counts
-- is found out once for as long as the record is open. record/asking.py joins the events that are asked for.
CREATE TEMP TABLE IF NOT EXISTS told_now AS
SELECT event, story, report, copy_of FROM stories QUALIFY row_number() OVER (PARTITION BY event ORDER BY batch DESC) = 1;
SELECT story, count(DISTINCT report) AS reports, count(DISTINCT copy_of) AS sources
FROM told_now
GROUP BY story
HAVING count(DISTINCT report) > 1
ORDER BY sources DESC, reports DESC, story
LIMIT $limit
