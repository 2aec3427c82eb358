-- How many reports were written in each month; those whose window spans several are in none.
SELECT month_of(dated_start, dated_end) AS month, sum(reports)::BIGINT AS reports
FROM (SELECT dated_start, dated_end, count(*) AS reports FROM articles GROUP BY dated_start, dated_end)
WHERE month_of(dated_start, dated_end) IS NOT NULL
GROUP BY month
ORDER BY month
