-- What the wanted events of these reports are compared by.
SELECT
    e.report, e.id, e.batch, e.type, e.mode, e.occasion, e.source_codes, e.source_names, e.target_codes,
    e.target_names, e.date_start, e.date_end, a.dated_start, a.dated_end, e.place, e.evidence, e.trigger
FROM (FROM events WHERE report IN (SELECT unnest($reports::VARCHAR[]))) AS e
SEMI JOIN wanted_events AS w ON w.event = e.id
JOIN (SELECT report, dated_start, dated_end FROM articles WHERE report IN (SELECT unnest($reports::VARCHAR[]))) AS a
    ON a.report = e.report
