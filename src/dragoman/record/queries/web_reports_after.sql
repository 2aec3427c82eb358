-- Reports in order of their ids, behind one of them.
SELECT report, source, title, publisher, dated, dated_start, dated_end, n_events, n_quotes, n_flags
FROM articles
WHERE $after IS NULL OR report > $after
ORDER BY report
LIMIT $size
