-- The texts of these reports.
SELECT report, text FROM articles WHERE report IN (SELECT unnest($reports::VARCHAR[]))
