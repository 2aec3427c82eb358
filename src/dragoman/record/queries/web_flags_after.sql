-- Flags in order of their reports, behind one of them ("REPORT f1").
SELECT
    f.report, f.id, f.kind, f.words, f.start, f.stop, f.says, f.tables, f.message,
    a.source AS report_source, a.title AS report_title, a.dated AS report_dated
FROM flags AS f JOIN articles AS a USING (report)
WHERE
    ($kind IS NULL OR f.kind = lower($kind))
    AND ($after IS NULL OR f.report || ' ' || regexp_extract(f.id, '[^-]*$') > $after)
ORDER BY f.report || ' ' || regexp_extract(f.id, '[^-]*$')
LIMIT $size
