-- One whole reading, and its text.
SELECT reading, text FROM articles WHERE report = $report
