-- Which events: by who, whom, what, where and when; in order of their days. events_told.sql has their rows.
SELECT e.report, e.id
FROM events AS e
WHERE
    is_asked(e.source_codes, e.source_names, $source_codes, $source_names)
    AND is_asked(e.target_codes, e.target_names, $target_codes, $target_names)
    AND ($actor_codes IS NULL
        OR has_one_of(e.source_codes, e.source_names, $actor_codes, $actor_names)
        OR has_one_of(e.target_codes, e.target_names, $actor_codes, $actor_names))
    AND ($type IS NULL OR e.type = upper($type))
    AND ($status IS NULL OR e.status = lower($status))
    AND ($context IS NULL OR list_contains(e.contexts, lower($context)))
    AND ($occasion IS NULL OR e.occasion = lower($occasion))
    AND ($place IS NULL OR (e.place IS NOT NULL AND contains(folded(e.place), folded($place))))
    AND ($words IS NULL
        OR (contains(lower(strip_accents(e.evidence)), $longest) AND contains(folded(e.evidence), folded($words))))
    AND ($report IS NULL OR e.report = $report)
    AND days_meet(e.date, e.date_start, e.date_end, $since::DATE, $until::DATE)
ORDER BY coalesce(e.date_start, e.date_end) NULLS LAST, e.report, e.n
LIMIT $limit
