-- Which events these reports have now.
SELECT id FROM events WHERE report IN (SELECT unnest($reports::VARCHAR[]))
