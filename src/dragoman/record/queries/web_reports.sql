-- Reports, the newest first; those with these whole words in their title, source or publisher.
SELECT report, source, title, publisher, dated, dated_start, dated_end, n_events, n_quotes, n_flags
FROM articles
WHERE $words IS NULL OR has_words(concat_ws(' ', title, source, publisher), $words, $longest)
ORDER BY coalesce(dated_end, dated_start) DESC NULLS LAST, report
LIMIT $size OFFSET $offset
