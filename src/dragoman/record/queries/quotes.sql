-- Which quotations: by who said what to whom, and when; in order of their days. quotes_told.sql has their rows.
SELECT q.report, q.id
FROM quotes AS q
WHERE
    ($source_codes IS NULL OR is_one_of(q.speaker_code, q.speaker_name, $source_codes, $source_names))
    AND ($target_codes IS NULL OR has_one_of(q.addressee_codes, q.addressee_names, $target_codes, $target_names))
    AND ($actor_codes IS NULL
        OR is_one_of(q.speaker_code, q.speaker_name, $actor_codes, $actor_names)
        OR has_one_of(q.addressee_codes, q.addressee_names, $actor_codes, $actor_names))
    AND ($type IS NULL OR q.kind = lower($type))
    AND ($report IS NULL OR q.report = $report)
    AND days_meet(q.date, q.date_start, q.date_end, $since::DATE, $until::DATE)
ORDER BY coalesce(q.date_start, q.date_end) NULLS LAST, q.report, q.n
LIMIT $limit
