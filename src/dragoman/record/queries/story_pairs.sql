-- Why: the pairs of a story's events that were compared, and what was ruled.
SELECT l.event AS a, l.other AS b, max(l.score) AS score, any_value(l.reason) AS reason
FROM links AS l
WHERE l.event IN (SELECT unnest($events::VARCHAR[])) AND l.other IN (SELECT unnest($events::VARCHAR[]))
GROUP BY l.event, l.other
ORDER BY a, b
