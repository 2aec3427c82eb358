-- Readings whose events were not yet compared with all others; so many at a time.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT a.report, a.batch, a.dated_start, a.dated_end
FROM articles AS a ANTI JOIN linked AS l ON l.report = a.report AND l.of_batch = a.batch
ORDER BY a.report
LIMIT $step;
SELECT report, batch FROM fresh ORDER BY report LIMIT $step
