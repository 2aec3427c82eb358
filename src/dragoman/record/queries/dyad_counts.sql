-- What two sides do to each other, counted by month, status, quad class and contexts: all in one pass over the events.
-- Goldstein's values add up as decimals: exactly, whatever the order of the rows.
SELECT
    month_of(date_start, date_end) AS month, status, quad, list_sort(list_distinct(contexts)) AS contexts,
    count(*) FILTER (a_to_b) AS a_to_b,
    count(goldstein) FILTER (a_to_b) AS a_to_b_valued,
    sum(goldstein::DECIMAL(9, 3)) FILTER (a_to_b) AS a_to_b_goldstein,
    count(*) FILTER (b_to_a) AS b_to_a,
    count(goldstein) FILTER (b_to_a) AS b_to_a_valued,
    sum(goldstein::DECIMAL(9, 3)) FILTER (b_to_a) AS b_to_a_goldstein
FROM between_two($a_codes, $a_names, $b_codes, $b_names, $since::DATE, $until::DATE)
GROUP BY ALL
ORDER BY month NULLS LAST, status, quad, contexts
