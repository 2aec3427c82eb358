-- The last quotations of each side that go to the other, or speak of it: its name stands between their first and last word.
-- Looked for among the last 5,000 of each side: who names whom costs more than all else.
WITH spoken AS (
    SELECT q.report, q.id, q.n, q.speaker_code, q.speaker_name, q.addressee_codes, q.addressee_names,
        q.content_start, q.content_end, q.date_start, q.date_end
    FROM quotes AS q
    WHERE
        (has_one_of([q.speaker_code], [q.speaker_name], $a_codes, $a_names)
            OR has_one_of([q.speaker_code], [q.speaker_name], $b_codes, $b_names))
        AND days_meet(q.date, q.date_start, q.date_end, $since::DATE, $until::DATE)
),

dated AS (
    SELECT s.*, coalesce(s.date_start, s.date_end, a.dated_start, a.dated_end) AS day
    FROM spoken AS s JOIN (SELECT report, dated_start, dated_end FROM articles) AS a USING (report)
),

said AS (
    SELECT *
    FROM (
        SELECT *, 'a to b' AS way FROM dated WHERE has_one_of([speaker_code], [speaker_name], $a_codes, $a_names)
        UNION ALL
        SELECT *, 'b to a' AS way FROM dated WHERE has_one_of([speaker_code], [speaker_name], $b_codes, $b_names)
    )
    QUALIFY row_number() OVER (PARTITION BY way ORDER BY day DESC NULLS LAST, report, n) <= 5000
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
        *,
        CASE way
            WHEN 'a to b' THEN has_one_of(addressee_codes, addressee_names, $b_codes, $b_names)
            ELSE has_one_of(addressee_codes, addressee_names, $a_codes, $a_names)
        END AS spoken_to
    FROM said
),

last AS (
    SELECT c.way, CASE WHEN c.spoken_to THEN 'to' ELSE 'of' END AS spoken, c.report, c.id, c.day
    FROM chosen AS c
    WHERE c.spoken_to OR EXISTS (FROM spoken_of AS o WHERE o.report = c.report AND o.id = c.id AND o.way = c.way)
    QUALIFY row_number() OVER (PARTITION BY c.way ORDER BY c.day DESC NULLS LAST, c.report, c.n) <= $limit
)

SELECT
    l.way, l.spoken, q.report, q.id, q.kind, q.speaker_code, q.speaker_name, q.addressee_codes, q.addressee_names,
    q.content, q.content_start, q.content_end, q.date, a.dated AS report_dated, a.source AS report_source
FROM last AS l
JOIN quotes AS q ON q.report = l.report AND q.id = l.id
JOIN (SELECT report, dated, source FROM articles) AS a ON a.report = l.report
ORDER BY l.way, l.day DESC NULLS LAST, q.report, q.n
