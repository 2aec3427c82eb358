-- What these reports quote.
SELECT report, list(content ORDER BY n) AS contents
FROM quotes
WHERE report IN (SELECT unnest($reports::VARCHAR[])) AND kind <> 'indirect'
GROUP BY report
