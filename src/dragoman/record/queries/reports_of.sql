-- The reports of a publisher; one without a publisher has its address in the place of one.
SELECT report FROM articles WHERE publisher IS NOT NULL AND has_words(publisher, $publisher, $word)
UNION ALL
SELECT report FROM articles WHERE publisher IS NULL AND has_words(coalesce(url, source), $publisher, $word)
