-- Quotations by who said what to whom, and when.
SELECT
    q.report, q.id, q.kind, q.speaker_code, q.speaker_name, q.addressee_codes, q.addressee_names,
    q.content, q.content_start, q.content_end, q.cue, q.channel,
    q.date, q.date_start, q.date_end, q.confidence,
    a.source AS report_source, a.title AS report_title, a.dated AS report_dated
FROM quotes AS q JOIN articles AS a USING (report)
WHERE
    ($source IS NULL OR is_side([q.speaker_code], [q.speaker_name], $source, $source_code))
    AND ($target IS NULL OR is_side(q.addressee_codes, q.addressee_names, $target, $target_code))
    AND ($actor IS NULL
        OR is_side([q.speaker_code], [q.speaker_name], $actor, $actor_code)
        OR is_side(q.addressee_codes, q.addressee_names, $actor, $actor_code))
    AND ($type IS NULL OR q.kind = lower($type))
    AND ($words IS NULL OR contains(folded(q.content), folded($words)))
    AND ($report IS NULL OR q.report = $report)
    AND days_meet(q.date, q.date_start, q.date_end, $since::DATE, $until::DATE)
ORDER BY coalesce(q.date_start, q.date_end) NULLS LAST, q.report, q.n
LIMIT $limit
