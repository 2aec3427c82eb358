-- Every name in events and quotations that has these whole words in it. Told apart first: folding costs more than that.
WITH names AS MATERIALIZED (
    SELECT DISTINCT name
    FROM (
        SELECT DISTINCT unnest(list_concat(source_names, target_names)) AS name FROM events
        UNION ALL SELECT DISTINCT unnest(list_append(addressee_names, speaker_name)) FROM quotes
    )
)

SELECT name FROM names WHERE contains(folded(name), folded($words)) ORDER BY name
