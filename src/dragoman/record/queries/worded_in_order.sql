-- The events ('e') or quotations ('q') that have this word (folded), in order of their days.
SELECT report, report || '-' || owner AS id
FROM words
WHERE word = $word AND owner[1] = $mark
ORDER BY day NULLS LAST, report, n
LIMIT $limit
