-- The reports that an id's beginning, a source, or the last part of a source names.
SELECT report, source, title, dated, published, n_events, n_quotes, n_flags, version
FROM articles
WHERE
    (regexp_full_match($name, '[0-9a-f]{4,16}') AND starts_with(report, $name))
    OR source = $name
    OR ends_with(source, '/' || $name)
ORDER BY report
