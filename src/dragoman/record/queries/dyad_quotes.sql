-- The last quotations of each side that go to the other, or speak of it: its name stands between their first and last word.
WITH said AS (
    SELECT q.*, side AS way
    FROM quotes AS q, unnest(['a to b', 'b to a']) AS sides(side)
    WHERE
        CASE side
            WHEN 'a to b' THEN has_one_of([q.speaker_code], [q.speaker_name], $a_codes, $a_names)
            ELSE has_one_of([q.speaker_code], [q.speaker_name], $b_codes, $b_names)
        END
        AND days_meet(q.date, q.date_start, q.date_end, $since::DATE, $until::DATE)
),

spoken_of AS (
    SELECT DISTINCT s.report, s.id, s.way
    FROM said AS s
    JOIN mentions AS m ON m.report = s.report AND m.start >= s.content_start AND m.stop <= s.content_end
    JOIN actors AS t ON t.report = m.report AND t.id = m.actor
    WHERE
        CASE s.way
            WHEN 'a to b' THEN has_one_of([t.code], [t.name], $b_codes, $b_names)
            ELSE has_one_of([t.code], [t.name], $a_codes, $a_names)
        END
),

chosen AS (
    SELECT
        s.*,
        CASE s.way
            WHEN 'a to b' THEN has_one_of(s.addressee_codes, s.addressee_names, $b_codes, $b_names)
            ELSE has_one_of(s.addressee_codes, s.addressee_names, $a_codes, $a_names)
        END AS spoken_to
    FROM said AS s
)

SELECT
    c.way, CASE WHEN c.spoken_to THEN 'to' ELSE 'of' END AS spoken,
    c.report, c.id, c.kind, c.speaker_code, c.speaker_name, c.addressee_codes, c.addressee_names,
    c.content, c.content_start, c.content_end, c.date, a.dated AS report_dated, a.source AS report_source
FROM chosen AS c JOIN articles AS a USING (report)
WHERE c.spoken_to OR EXISTS (FROM spoken_of AS o WHERE o.report = c.report AND o.id = c.id AND o.way = c.way)
QUALIFY row_number() OVER (
    PARTITION BY c.way
    ORDER BY coalesce(c.date_start, c.date_end, a.dated_start, a.dated_end) DESC NULLS LAST, c.report, c.n
) <= $limit
ORDER BY
    c.way, coalesce(c.date_start, c.date_end, a.dated_start, a.dated_end) DESC NULLS LAST, c.report, c.n
