-- Events that were compared with events of these reports, in whichever reading of theirs: their stories may be others now.
SELECT DISTINCT event FROM (
    SELECT event FROM links_rows WHERE other_report IN (SELECT unnest($reports::VARCHAR[]))
    UNION ALL
    SELECT other FROM links_rows WHERE report IN (SELECT unnest($reports::VARCHAR[]))
    UNION ALL
    SELECT event FROM judgements_rows WHERE other_report IN (SELECT unnest($reports::VARCHAR[]))
    UNION ALL
    SELECT other FROM judgements_rows WHERE report IN (SELECT unnest($reports::VARCHAR[]))
)
ORDER BY event
