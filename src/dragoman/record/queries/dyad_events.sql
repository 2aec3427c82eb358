-- The last events between two sides, the newest first: so many asserted ones, and so many of all the others.
WITH last AS (  -- keys only: the words of a million events need not be sorted
    SELECT report, id
    FROM between_two($a_codes, $a_names, $b_codes, $b_names, $since::DATE, $until::DATE)
    QUALIFY row_number() OVER (
        PARTITION BY status = 'asserted' ORDER BY coalesce(date_start, date_end) DESC NULLS LAST, report, n
    ) <= $limit
)

SELECT
    e.report, e.id, e.type, e.mode, e.contexts, e.goldstein, e.quad, e.status,
    e.source_codes, e.source_names, e.target_codes, e.target_names,
    e.date, e.occasion, e.evidence, e.evidence_start, e.evidence_end, e.said_in, e.confidence,
    a.source AS report_source, a.title AS report_title
FROM events AS e JOIN articles AS a USING (report) SEMI JOIN last ON last.report = e.report AND last.id = e.id
ORDER BY coalesce(e.date_start, e.date_end) DESC NULLS LAST, e.report, e.n
