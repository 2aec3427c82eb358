-- Which are the last quotations of each side that go to the other, or speak of it: its name stands between their first
-- and last word. quotes_told.sql has their rows.
WITH said AS (
    SELECT
        report, id, n, day,
        is_one_of(speaker_code, speaker_name, $a_codes, $a_names) AS by_a,
        is_one_of(speaker_code, speaker_name, $b_codes, $b_names) AS by_b,
        has_one_of(addressee_codes, addressee_names, $a_codes, $a_names) AS to_a,
        has_one_of(addressee_codes, addressee_names, $b_codes, $b_names) AS to_b,
        has_one_of(named_codes, named_names, $a_codes, $a_names) AS of_a,
        has_one_of(named_codes, named_names, $b_codes, $b_names) AS of_b
    FROM quotes
    WHERE
        (is_one_of(speaker_code, speaker_name, $a_codes, $a_names)
            OR is_one_of(speaker_code, speaker_name, $b_codes, $b_names))
        AND days_meet(date, date_start, date_end, $since::DATE, $until::DATE)
)

SELECT way, CASE WHEN spoken_to THEN 'to' ELSE 'of' END AS spoken, report, id
FROM (
    SELECT 'a to b' AS way, to_b AS spoken_to, report, id, n, day FROM said WHERE by_a AND (to_b OR of_b)
    UNION ALL
    SELECT 'b to a', to_a, report, id, n, day FROM said WHERE by_b AND (to_a OR of_a)
)
QUALIFY row_number() OVER (PARTITION BY way ORDER BY day DESC NULLS LAST, report, n) <= $limit
ORDER BY way, day DESC NULLS LAST, report, n
