-- The events of these reports, whole, with what is asked of the report besides.
SELECT
    e.report, e.id, e.type, e.mode, e.contexts, e.cameo, e.goldstein, e.quad, e.status,
    e.source_codes, e.source_names, e.target_codes, e.target_names,
    e.date, e.date_start, e.date_end, e.place, e.occasion,
    e.evidence, e.evidence_start, e.evidence_end, e.trigger, e.trigger_start, e.trigger_end,
    e.said_in, e.confidence, a.source AS report_source, a.title AS report_title, a.dated AS report_dated
FROM (FROM events WHERE report IN (SELECT unnest($reports::VARCHAR[]))) AS e
JOIN (SELECT report, source, title, dated FROM articles WHERE report IN (SELECT unnest($reports::VARCHAR[]))) AS a
    USING (report)
