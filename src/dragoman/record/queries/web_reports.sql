-- Reports, the newest first; those with these whole words in their title or source.
SELECT report, source, title, publisher, dated, dated_start, dated_end, n_events, n_quotes, n_flags, count(*) OVER () AS total
FROM articles
WHERE $words IS NULL OR contains(folded(concat_ws(' ', title, source, publisher)), folded($words))
ORDER BY coalesce(dated_end, dated_start) DESC NULLS LAST, report
LIMIT $size OFFSET $offset
