-- The quotations of these reports, whole, with what is asked of the report besides.
SELECT
    q.report, q.id, q.kind, q.speaker_code, q.speaker_name, q.addressee_codes, q.addressee_names,
    q.content, q.content_start, q.content_end, q.cue, q.channel,
    q.date, q.date_start, q.date_end, q.confidence,
    a.source AS report_source, a.title AS report_title, a.dated AS report_dated
FROM (FROM quotes WHERE report IN (SELECT unnest($reports::VARCHAR[]))) AS q
JOIN (SELECT report, source, title, dated FROM articles WHERE report IN (SELECT unnest($reports::VARCHAR[]))) AS a
    USING (report)
