-- How many reports web_reports.sql finds.
SELECT count(*) AS reports
FROM articles
WHERE has_words(concat_ws(' ', title, source, publisher), $words, $longest)
