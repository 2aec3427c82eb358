-- Who deals with whom: the events of each directed pair of codes, by quad class.
-- Goldstein's values add up as decimals: exactly, whatever the order of the rows.
WITH chosen AS (
    SELECT source_codes, target_codes, quad, goldstein
    FROM events
    WHERE
        status = $status
        AND ($type IS NULL OR type = upper($type))
        AND ($quad IS NULL OR contains(quad, lower($quad)))
        AND days_meet(date, date_start, date_end, $since::DATE, $until::DATE)
),

-- Most events have one on each side: to unnest their lists would cost more than all else.
pairs AS (
    SELECT source_codes[1] AS source, target_codes[1] AS target, quad, goldstein
    FROM chosen
    WHERE len(source_codes) = 1 AND len(target_codes) = 1
    UNION ALL
    SELECT source, unnest(targets), quad, goldstein
    FROM (
        SELECT unnest(list_distinct(source_codes)) AS source, list_distinct(target_codes) AS targets, quad, goldstein
        FROM chosen
        WHERE len(source_codes) <> 1 OR len(target_codes) <> 1
    )
)

SELECT
    source, target, count(*) AS events,
    count(*) FILTER (quad = 'verbal cooperation') AS verbal_cooperation,
    count(*) FILTER (quad = 'material cooperation') AS material_cooperation,
    count(*) FILTER (quad = 'verbal conflict') AS verbal_conflict,
    count(*) FILTER (quad = 'material conflict') AS material_conflict,
    count(goldstein) AS valued,
    sum(goldstein::DECIMAL(9, 3)) AS goldstein
FROM pairs
WHERE source <> '' AND target <> '' AND source <> target
GROUP BY source, target
ORDER BY source, target
