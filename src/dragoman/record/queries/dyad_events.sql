-- Which are the last events between two sides, the newest first: so many asserted ones, and so many of all the others.
SELECT report, id
FROM between_two($a_codes, $a_names, $b_codes, $b_names, $since::DATE, $until::DATE)
QUALIFY row_number() OVER (
    PARTITION BY status = 'asserted' ORDER BY coalesce(date_start, date_end) DESC NULLS LAST, report, n
) <= $limit
ORDER BY coalesce(date_start, date_end) DESC NULLS LAST, report, n
