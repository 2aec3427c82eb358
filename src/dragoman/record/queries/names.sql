-- Every name in events and quotations that has these whole words in it.
SELECT name
FROM (
    SELECT unnest(source_names) AS name FROM events
    UNION SELECT unnest(target_names) FROM events
    UNION SELECT speaker_name FROM quotes
    UNION SELECT unnest(addressee_names) FROM quotes
)
WHERE contains(folded(name), folded($words))
ORDER BY name
