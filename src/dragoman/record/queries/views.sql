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

-- Whether a side has one of these codes, or one of these very names (record/who.py tells which are meant).
CREATE MACRO has_one_of(codes, names, wanted_codes, wanted_names) AS
    list_has_any(codes, wanted_codes::VARCHAR[]) OR list_has_any(names, wanted_names::VARCHAR[]);

-- The month that all the days lie in, as 2022-03; NULL where they lie in several or are open on a side.
CREATE MACRO month_of(first, last) AS
    CASE WHEN date_trunc('month', first) = date_trunc('month', last) THEN strftime(first, '%Y-%m') END;

-- The year that all the days lie in. Greetings of the new year belong to the year that is greeted: those of July to
-- December to the coming one.
CREATE MACRO greeted_year(occasion, day) AS
    year(CASE WHEN occasion = 'new-year' THEN day + INTERVAL 6 MONTH ELSE day END);
CREATE MACRO year_of(occasion, first, last) AS
    CASE WHEN greeted_year(occasion, first) = greeted_year(occasion, last) THEN greeted_year(occasion, first)::INTEGER END;

-- What two sides do to each other: a_to_b and b_to_a tell which way, and both may be true of one event.
CREATE MACRO between_two(a_codes, a_names, b_codes, b_names, since, until) AS TABLE
SELECT * FROM (
    SELECT
        *,
        has_one_of(source_codes, source_names, a_codes, a_names)
            AND has_one_of(target_codes, target_names, b_codes, b_names) AS a_to_b,
        has_one_of(source_codes, source_names, b_codes, b_names)
            AND has_one_of(target_codes, target_names, a_codes, a_names) AS b_to_a
    FROM events
    WHERE days_meet(date, date_start, date_end, since, until)
)
WHERE a_to_b OR b_to_a;
