-- Every report there is, and which version read it.
SELECT report, version FROM articles ORDER BY report
