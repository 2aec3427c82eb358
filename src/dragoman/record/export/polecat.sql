-- POLECAT: one row a pair.
SELECT
    report, n, pair,
    pair_id AS "Event ID",
    day AS "Event Date",
    e.type AS "Event Type", e.mode AS "Event Mode", score AS "Intensity", upper(e.quad) AS "Quad Code",
    array_to_string(e.contexts, '; ') AS "Contexts",
    CASE WHEN s IS NOT NULL THEN s_name END AS "Actor Name", s_polecat AS "Actor Country", s_cow AS "Actor COW",
    s.sector AS "Primary Actor Sector", s.sector AS "Actor Sectors", s.role AS "Actor Title", s_words AS "Actor Name Raw",
    CASE WHEN t IS NOT NULL THEN t_name END AS "Recipient Name", t_polecat AS "Recipient Country",
    t_cow AS "Recipient COW", t.sector AS "Primary Recipient Sector", t.sector AS "Recipient Sectors",
    t.role AS "Recipient Title", t_words AS "Recipient Name Raw",
    e.place AS "Placename", e.place AS "Raw Placename",
    coalesce(publisher, link) AS "Source",
    published AS "Publication Date",
    array_to_string(list_sort(list_distinct(list_transform(actors, lambda a: a.person))), '; ') AS "Story People",
    array_to_string(list_sort(list_distinct(list_transform(list_filter(actors, lambda a: a.person IS NULL
        AND a.sector IN ('IGO', 'UNO', 'EUR', 'NGO', 'MNC', 'JRN')), lambda a: a.name))), '; ') AS "Story Organizations",
    language AS "Language",
    version AS "Version"
FROM pairs
