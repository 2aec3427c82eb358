-- The pairs that any of these events is in, and what was ruled of them.
WITH wanted AS (SELECT unnest($events::VARCHAR[]) AS event),

compared AS (
    SELECT event, other, score FROM links SEMI JOIN wanted USING (event)
    UNION ALL
    SELECT l.event, l.other, l.score FROM links AS l SEMI JOIN wanted AS w ON w.event = l.other
),

judged AS (
    SELECT event, other, arg_max(same, batch) AS same, arg_max(same IS NULL, batch) AS taken_back
    FROM judgements
    GROUP BY event, other
)

SELECT c.event, c.other, max(c.score) AS score, NULL::BOOLEAN AS ruled
FROM compared AS c
GROUP BY c.event, c.other
UNION ALL
SELECT event, other, NULL, same
FROM judged
WHERE NOT taken_back AND (event IN (FROM wanted) OR other IN (FROM wanted))
ORDER BY ALL
