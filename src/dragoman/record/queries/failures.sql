-- What could not be read, and whether the same source was read since.
SELECT
    f.id, f.source, f.kind, f.message,
    EXISTS (SELECT 1 FROM articles AS a WHERE a.source = f.source) AS read_since
FROM failures AS f
ORDER BY f.source, f.kind, f.message
