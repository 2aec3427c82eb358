-- As what reports name somebody: name, office and code, and in how many reports: an actor of a report is one row.
SELECT name, role, code, former, any_value(person) AS person, any_value(wikidata) AS wikidata, count(*) AS reports
FROM actors
WHERE is_one_of(code, name, $codes, $names)
GROUP BY name, role, code, former
ORDER BY reports DESC, name, role, code, former
LIMIT $limit
