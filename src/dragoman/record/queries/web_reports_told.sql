-- These reports, as web_reports.sql has them.
SELECT report, source, title, publisher, dated, dated_start, dated_end, n_events, n_quotes, n_flags
FROM (FROM articles WHERE report IN (SELECT unnest($reports::VARCHAR[])))
