-- Which readings count. A report counts once its row in articles is there; the newest batch wins. Two processes that read
-- the same report at once leave two rows: one of them wins, always the same one.
CREATE TABLE batches AS SELECT DISTINCT batch FROM articles_rows;

-- Readings that a newer one took the place of: few, so that questions leave these out and need not look for the others.
CREATE TABLE replaced AS
WITH again AS (SELECT report FROM articles_rows GROUP BY report HAVING count(*) > 1)
SELECT report, batch FROM articles_rows SEMI JOIN again USING (report)
QUALIFY batch <> max(batch) OVER (PARTITION BY report);
