-- The reports of a publisher, and those that have a word (folded) in evidences and quotations.
SELECT report
FROM articles
WHERE
    ($publisher IS NULL OR (publisher IS NOT NULL AND contains(folded(publisher), folded($publisher)))
        OR (publisher IS NULL AND contains(folded(coalesce(url, source)), folded($publisher))))
    AND ($word IS NULL OR report IN (SELECT report FROM words WHERE word = $word))
