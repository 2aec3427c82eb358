-- Every name in events and quotations that has these whole words in it. The names are told apart once for as long as the
-- record is open: folding ten million of them would cost more than any question.
CREATE TEMP TABLE IF NOT EXISTS known_names AS
SELECT name, folded(name) AS folded_name
FROM (
    SELECT DISTINCT source_name AS name FROM deals
    UNION SELECT DISTINCT target_name FROM deals
    UNION SELECT DISTINCT unnest(addressee_names) FROM quotes
    UNION SELECT DISTINCT speaker_name FROM quotes
)
WHERE name IS NOT NULL;
SELECT name FROM known_names WHERE contains(folded_name, folded($words)) ORDER BY name
