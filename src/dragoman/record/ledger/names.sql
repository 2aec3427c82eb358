-- As queries/names.sql.
SELECT DISTINCT name
FROM ledger_parties
WHERE NOT in_words_only AND name IS NOT NULL AND contains(folded_name, folded($words))
ORDER BY name
