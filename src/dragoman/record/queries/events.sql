-- Which events: by who, whom, what, where and when; in order of their days. events_told.sql has their rows.
-- A row of deals is one source and one target: an event with several such pairs may pass several times, and counts once.
WITH passed AS NOT MATERIALIZED (
    SELECT
        d.report, d.report || '-' || d.event AS id, d.n, d.pair, d.pairs, d.type, d.status, d.quad, d.goldstein, d.confidence,
        d.date_start, d.date_end, [d.source_name] AS source_names, [d.target_name] AS target_names
    FROM deals AS d
    WHERE
        ($source_codes IS NULL OR is_one_of(d.source_code, d.source_name, $source_codes, $source_names))
        AND ($target_codes IS NULL OR is_one_of(d.target_code, d.target_name, $target_codes, $target_names))
        AND ($actor_codes IS NULL
            OR is_one_of(d.source_code, d.source_name, $actor_codes, $actor_names)
            OR is_one_of(d.target_code, d.target_name, $actor_codes, $actor_names))
        AND ($type IS NULL OR d.type = upper($type))
        AND ($status IS NULL OR d.status = lower($status))
        AND ($context IS NULL OR list_contains(d.contexts, lower($context)))
        AND ($occasion IS NULL OR d.occasion = lower($occasion))
        AND ($place IS NULL OR (d.place IS NOT NULL AND has_words(d.place, $place, $place_word)))
        AND ($report IS NULL OR d.report = $report)
        AND days_meet(d.date, d.date_start, d.date_end, $since::DATE, $until::DATE)
)

SELECT e.report, e.id
FROM (
    FROM passed WHERE pairs = 1
    UNION ALL
    (SELECT DISTINCT ON (report, n) * FROM passed WHERE pairs > 1 ORDER BY report, n, pair)
) AS e
WHERE true
ORDER BY coalesce(e.date_start, e.date_end) NULLS LAST, e.report, e.n
LIMIT $limit
