-- As queries/stats.sql.
SELECT
    (SELECT count(*) FROM ledger_reports) AS reports,
    (SELECT count(*) FROM ledger_deals WHERE first_pair) AS events,
    (SELECT count(*) FROM ledger_quotes) AS quotes,
    (SELECT count(*) FROM flags) AS flags,
    (SELECT count(*) FROM failures) AS failures,
    (SELECT count(DISTINCT story) FROM stories WHERE story <> event) AS stories,
    (SELECT min(dated_start) FROM ledger_reports) AS first_day,
    (SELECT max(dated_end) FROM ledger_reports) AS last_day
