-- What the asserted events between two sides are about: each context, how often each way.
SELECT context, count(*) FILTER (a_to_b) AS a_to_b, count(*) FILTER (b_to_a) AS b_to_a
FROM (
    SELECT unnest(list_distinct(contexts)) AS context, a_to_b, b_to_a
    FROM between_two($a_codes, $a_names, $b_codes, $b_names, $since::DATE, $until::DATE)
    WHERE status = 'asserted'
)
GROUP BY context
ORDER BY count(*) DESC, context
