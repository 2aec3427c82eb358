-- The events between two sides that pass the filters of a page, by month (NULL: in no one month) and quad class.
SELECT
    month_of(d.date_start, d.date_end) AS month, d.quad,
    count(*) FILTER (d.a_to_b) AS a_to_b, count(*) FILTER (d.b_to_a) AS b_to_a
FROM between_two($a_codes, $a_names, $b_codes, $b_names, $since::DATE, $until::DATE) AS d
WHERE
    ($status IS NULL OR d.status = lower($status))
    AND ($type IS NULL OR d.type = upper($type))
    AND ($publisher IS NULL OR d.report IN (
        SELECT report FROM articles
        WHERE contains(folded(coalesce(publisher, url, source)), folded($publisher))))
GROUP BY ALL
ORDER BY month NULLS LAST, d.quad
