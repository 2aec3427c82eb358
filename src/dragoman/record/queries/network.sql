-- Who deals with whom: the events of each directed pair of codes, by quad class.
-- Goldstein's values add up as decimals: exactly, whatever the order of the rows.
WITH chosen AS NOT MATERIALIZED (
    SELECT report, n, pairs, source_code AS source, target_code AS target, quad, goldstein
    FROM deals
    WHERE
        status = $status
        AND ($type IS NULL OR type = upper($type))
        AND ($quad IS NULL OR contains(quad, lower($quad)))
        AND days_meet(date, date_start, date_end, $since::DATE, $until::DATE)
)

SELECT
    source, target, count(*) AS events,
    count(*) FILTER (quad = 'verbal cooperation') AS verbal_cooperation,
    count(*) FILTER (quad = 'material cooperation') AS material_cooperation,
    count(*) FILTER (quad = 'verbal conflict') AS verbal_conflict,
    count(*) FILTER (quad = 'material conflict') AS material_conflict,
    count(goldstein) AS valued,
    sum(goldstein::DECIMAL(9, 3)) AS goldstein
FROM (
    SELECT source, target, quad, goldstein FROM chosen WHERE pairs = 1
    UNION ALL
    -- Two of one code on a side are one pair of codes.
    SELECT source, target, quad, goldstein FROM (SELECT DISTINCT report, n, source, target, quad, goldstein FROM chosen WHERE pairs > 1)
)
WHERE source <> '' AND target <> '' AND source <> target
GROUP BY source, target
ORDER BY source, target
