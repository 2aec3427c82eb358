-- GDELT 2.0, table of events: one row a pair.
SELECT
    report, n, pair,
    number AS "GLOBALEVENTID",
    replace(day, '-', '') AS "SQLDATE",
    replace(month, '-', '') AS "MonthYear",
    year AS "Year",
    round(year::INTEGER + (substring(day, 6, 2)::INTEGER * 30 + right(day, 2)::INTEGER) / 365, 4) AS "FractionDate",
    s_cameo AS "Actor1Code", upper(s_name) AS "Actor1Name", s_country AS "Actor1CountryCode",
    s_group AS "Actor1KnownGroupCode", coalesce(s_class, s_sector) AS "Actor1Type1Code",
    CASE WHEN s_class IS NOT NULL THEN s_sector END AS "Actor1Type2Code",
    t_cameo AS "Actor2Code", upper(t_name) AS "Actor2Name", t_country AS "Actor2CountryCode",
    t_group AS "Actor2KnownGroupCode", coalesce(t_class, t_sector) AS "Actor2Type1Code",
    CASE WHEN t_class IS NOT NULL THEN t_sector END AS "Actor2Type2Code",
    coalesce(is_lead, FALSE)::INTEGER AS "IsRootEvent",
    cameo AS "EventCode", left(cameo, 3) AS "EventBaseCode", left(cameo, 2) AS "EventRootCode",
    CASE WHEN left(cameo, 2) <= '05' THEN 1 WHEN left(cameo, 2) <= '08' THEN 2
        WHEN left(cameo, 2) <= '13' THEN 3 ELSE 4 END AS "QuadClass",
    e.goldstein AS "GoldsteinScale",
    1 + coalesce(len(e.also), 0) AS "NumMentions", 1 AS "NumSources", 1 AS "NumArticles",
    e.place AS "ActionGeo_FullName",
    strftime(published, '%Y%m%d000000') AS "DATEADDED",
    link AS "SOURCEURL"
FROM pairs
