-- The newest reports.
SELECT printf('%016x', report) AS report FROM ledger_reports ORDER BY day DESC NULLS LAST, ledger_reports.report LIMIT $size OFFSET $offset
