-- The last events between two sides, the newest first: asserted ones, or all the others.
SELECT
    e.report, e.id, e.type, e.mode, e.contexts, e.goldstein, e.quad, e.status,
    e.source_codes, e.source_names, e.target_codes, e.target_names,
    e.date, e.occasion, e.evidence, e.evidence_start, e.evidence_end, e.said_in, e.confidence,
    a.source AS report_source, a.title AS report_title
FROM between_two($a_codes, $a_names, $b_codes, $b_names, $since::DATE, $until::DATE) AS e
JOIN articles AS a USING (report)
WHERE (e.status = 'asserted') = $asserted
ORDER BY coalesce(e.date_start, e.date_end) DESC NULLS LAST, e.report, e.n
LIMIT $limit
