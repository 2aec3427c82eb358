-- ICEWS: one row a pair.
SELECT
    report, n, pair,
    number AS "Event ID",
    day AS "Event Date",
    s_name AS "Source Name", s_sector_words AS "Source Sectors", s_state AS "Source Country",
    cameo_name AS "Event Text", cameo AS "CAMEO Code", e.goldstein AS "Intensity",
    t_name AS "Target Name", t_sector_words AS "Target Sectors", t_state AS "Target Country",
    report AS "Story ID",
    coalesce(publisher, link) AS "Publisher"
FROM pairs
