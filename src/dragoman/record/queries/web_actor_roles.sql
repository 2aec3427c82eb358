-- As what reports name somebody: name, office and code, in how many reports, and the first and last of their days.
SELECT
    name, role, code, former, any_value(person) AS person, any_value(wikidata) AS wikidata,
    count(DISTINCT report) AS reports, sum(n_mentions)::BIGINT AS mentions,
    min(coalesce(a.dated_start, a.dated_end)) AS first_day, max(coalesce(a.dated_end, a.dated_start)) AS last_day
FROM actors JOIN articles AS a USING (report)
WHERE has_one_of([code], [name], $codes, $names)
GROUP BY name, role, code, former
ORDER BY reports DESC, name, role
LIMIT $limit
