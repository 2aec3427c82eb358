-- What a question may see. <table>_rows are the Parquet files of a table as they are; the views leave out whatever a killed
-- run left half-written, and older readings of a report that was read again.

-- A report counts once its row in articles is there; the newest batch wins. Two processes that read the same report
-- at once leave two rows: one of them wins, always the same one.
CREATE VIEW counted AS
SELECT report, max(batch) AS batch FROM articles_rows GROUP BY report;

CREATE VIEW articles AS SELECT * FROM articles_rows SEMI JOIN counted USING (report, batch);
CREATE VIEW events AS SELECT * FROM events_rows SEMI JOIN counted USING (report, batch);
CREATE VIEW quotes AS SELECT * FROM quotes_rows SEMI JOIN counted USING (report, batch);
CREATE VIEW actors AS SELECT * FROM actors_rows SEMI JOIN counted USING (report, batch);
CREATE VIEW mentions AS SELECT * FROM mentions_rows SEMI JOIN counted USING (report, batch);
CREATE VIEW flags AS SELECT * FROM flags_rows SEMI JOIN counted USING (report, batch);
CREATE VIEW reasons AS SELECT * FROM reasons_rows SEMI JOIN counted USING (report, batch);
CREATE VIEW failures AS SELECT DISTINCT ON (id) * FROM failures_rows ORDER BY id, batch;

-- Words without case, accents and punctuation, a blank around each: for finding whole words.
CREATE MACRO folded(words) AS
    ' ' || trim(regexp_replace(lower(strip_accents(words)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' ';

-- Whether a side is meant by `wanted`: one of its codes, or whole words of one of its names; or by `code`.
CREATE MACRO is_side(codes, names, wanted, code) AS
    list_contains(codes, upper(wanted))
    OR (code IS NOT NULL AND list_contains(codes, code))
    OR len(list_filter(names, lambda name: contains(folded(name), folded(wanted)))) > 0;

-- Whether days that something may have happened on overlap the days asked for. Without any date it overlaps nothing.
CREATE MACRO days_meet(day, first, last, since, until) AS
    (since IS NULL AND until IS NULL)
    OR (day IS NOT NULL
        AND (since IS NULL OR last IS NULL OR last >= since)
        AND (until IS NULL OR first IS NULL OR first <= until));
