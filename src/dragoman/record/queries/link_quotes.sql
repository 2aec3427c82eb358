-- What these reports quote.
SELECT report, list(content ORDER BY n) AS contents
FROM (FROM quotes WHERE report IN (SELECT unnest($reports::VARCHAR[])))
WHERE kind <> 'indirect'
GROUP BY report
