-- Phoenix: one row a pair.
SELECT
    report, n, pair,
    pair_id AS "EventID",
    replace(day, '-', '') AS "Date", year AS "Year", substring(month, 6, 2) AS "Month", substring(day, 9, 2) AS "Day",
    s_cameo AS "SourceActorFull", coalesce(s_country, s_class) AS "SourceActorEntity",
    s_sector AS "SourceActorRole", s_group AS "SourceActorAttribute",
    t_cameo AS "TargetActorFull", coalesce(t_country, t_class) AS "TargetActorEntity",
    t_sector AS "TargetActorRole", t_group AS "TargetActorAttribute",
    cameo AS "EventCode", left(cameo, 2) AS "EventRootCode",
    CASE WHEN left(cameo, 2) <= '02' THEN 0 WHEN left(cameo, 2) <= '05' THEN 1 WHEN left(cameo, 2) <= '08' THEN 2
        WHEN left(cameo, 2) <= '13' THEN 3 ELSE 4 END AS "PentaClass",
    e.goldstein AS "GoldsteinScore",
    e.place AS "LocationName",
    concat(report, '_', e.evidence.start, '-', e.evidence."end") AS "SentenceID",
    link AS "URLs",
    publisher AS "NewsSources"
FROM pairs
