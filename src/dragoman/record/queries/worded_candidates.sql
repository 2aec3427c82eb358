-- The events ('e') or quotations ('q') that have all of these words (folded, none of them a common one).
SELECT report, n
FROM (SELECT report, n, word FROM words WHERE list_contains($words::VARCHAR[], word) AND owner[1] = $mark)
GROUP BY report, n
HAVING count(*) = len($words::VARCHAR[])
