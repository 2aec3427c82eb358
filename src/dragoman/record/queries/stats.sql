-- What the record holds, counted.
SELECT
    (SELECT count(*) FROM articles) AS reports,
    (SELECT count(*) FROM events) AS events,
    (SELECT count(*) FROM quotes) AS quotes,
    (SELECT count(*) FROM flags) AS flags,
    (SELECT count(*) FROM failures) AS failures,
    (SELECT count(DISTINCT story) FROM stories WHERE story <> event) AS stories,
    (SELECT min(dated_start) FROM articles) AS first_day,
    (SELECT max(dated_end) FROM articles) AS last_day
