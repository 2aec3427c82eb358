-- Events by who, whom, what and when.
SELECT
    e.report, e.id, e.type, e.mode, e.contexts, e.cameo, e.goldstein, e.quad, e.status,
    e.source_codes, e.source_names, e.target_codes, e.target_names,
    e.date, e.date_start, e.date_end, e.place, e.occasion,
    e.evidence, e.evidence_start, e.evidence_end, e.trigger, e.trigger_start, e.trigger_end,
    e.said_in, e.confidence, a.source AS report_source, a.title AS report_title, a.dated AS report_dated
FROM events AS e JOIN articles AS a USING (report)
WHERE
    ($source IS NULL OR is_side(e.source_codes, e.source_names, $source, $source_code))
    AND ($target IS NULL OR is_side(e.target_codes, e.target_names, $target, $target_code))
    AND ($actor IS NULL
        OR is_side(e.source_codes, e.source_names, $actor, $actor_code)
        OR is_side(e.target_codes, e.target_names, $actor, $actor_code))
    AND ($type IS NULL OR e.type = upper($type))
    AND ($status IS NULL OR e.status = lower($status))
    AND ($report IS NULL OR e.report = $report)
    AND days_meet(e.date, e.date_start, e.date_end, $since::DATE, $until::DATE)
ORDER BY coalesce(e.date_start, e.date_end) NULLS LAST, e.report, e.n
LIMIT $limit
