-- The reports of a publisher, or that have all of these words (folded, each once) in evidences and quotations.
SELECT report
FROM articles
WHERE
    ($publisher IS NULL OR (publisher IS NOT NULL AND contains(folded(publisher), folded($publisher)))
        OR (publisher IS NULL AND contains(folded(coalesce(url, source)), folded($publisher))))
    AND ($words IS NULL OR report IN (
        SELECT report FROM words WHERE word IN (SELECT unnest($words::VARCHAR[]))
        GROUP BY report HAVING count(*) = len($words::VARCHAR[])))
