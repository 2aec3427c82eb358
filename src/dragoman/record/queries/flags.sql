-- What reports say that the tables contradict.
SELECT
    f.report, f.id, f.kind, f.words, f.start, f.stop, f.says, f.tables, f.message,
    a.source AS report_source, a.title AS report_title, a.dated AS report_dated
FROM flags AS f JOIN articles AS a USING (report)
WHERE ($kind IS NULL OR f.kind = lower($kind)) AND ($report IS NULL OR f.report = $report)
ORDER BY f.report, f.start, f.id
LIMIT $limit
