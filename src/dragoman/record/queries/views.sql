-- What a question may see, beside the views of the tables, which leave out whatever a killed run left half-written, and
-- older readings of a report that was read again (query.py). <table>_rows are the Parquet files as they are.

CREATE VIEW failures AS SELECT DISTINCT ON (id) * FROM failures_rows ORDER BY id, batch;

-- Words without case, accents and punctuation, a blank around each: for finding whole words.
CREATE MACRO folded(words) AS
    ' ' || trim(regexp_replace(lower(strip_accents(words)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' ';

-- Whether days that something may have happened on overlap the days asked for. Without any date it overlaps nothing.
CREATE MACRO days_meet(day, first, last, since, until) AS
    (since IS NULL AND until IS NULL)
    OR (day IS NOT NULL
        AND (since IS NULL OR last IS NULL OR last >= since)
        AND (until IS NULL OR first IS NULL OR first <= until));

-- Whether two lists meet. To look for one value costs a tenth of comparing lists, and mostly one to three are wanted.
CREATE MACRO meet(held, wanted) AS
    (len(wanted) >= 1 AND coalesce(list_contains(held, wanted[1]), false))
    OR (len(wanted) >= 2 AND coalesce(list_contains(held, wanted[2]), false))
    OR (len(wanted) >= 3 AND coalesce(list_contains(held, wanted[3]), false))
    OR (len(wanted) > 3 AND list_has_any(held, wanted[4:]));

-- Whether a side has one of these codes, or one of these very names (record/who.py tells which are meant).
CREATE MACRO has_one_of(codes, names, wanted_codes, wanted_names) AS
    meet(codes, wanted_codes::VARCHAR[]) OR meet(names, wanted_names::VARCHAR[]);

-- The same of one of a side. Asked like this, for a code alone, only the pieces of files that have the code are read.
CREATE MACRO is_one_of(code, name, wanted_codes, wanted_names) AS
    (len(wanted_codes::VARCHAR[]) > 0 AND list_contains(wanted_codes::VARCHAR[], code))
    OR (len(wanted_names::VARCHAR[]) > 0 AND list_contains(wanted_names::VARCHAR[], name));

-- Whether a text has these whole words side by side. To look for the longest of them first (folded) costs a tenth of
-- folding the text.
CREATE MACRO has_words(text, words, longest) AS
    contains(lower(strip_accents(text)), longest) AND contains(folded(text), folded(words));

-- The month that all the days lie in, as 2022-03; NULL where they lie in several or are open on a side.
CREATE MACRO month_of(first, last) AS
    CASE WHEN date_trunc('month', first) = date_trunc('month', last) THEN strftime(first, '%Y-%m') END;

-- The year that all the days lie in. Greetings of the new year belong to the year that is greeted: those of July to
-- December to the coming one.
CREATE MACRO greeted_year(occasion, day) AS
    year(CASE WHEN occasion = 'new-year' THEN day + INTERVAL 6 MONTH ELSE day END);
CREATE MACRO year_of(occasion, first, last) AS
    CASE WHEN greeted_year(occasion, first) = greeted_year(occasion, last) THEN greeted_year(occasion, first)::INTEGER END;

-- What two sides do to each other: a_to_b and b_to_a tell which way, and both may be true of one event. A row of deals is
-- one pair of the event's; an event of several is put together again.
CREATE MACRO between_two(a_codes, a_names, b_codes, b_names, since, until) AS TABLE
WITH passed AS NOT MATERIALIZED (
    SELECT
        report, report || '-' || event AS id, n, pairs, type, contexts, goldstein, quad, status, date_start, date_end,
        coalesce(is_one_of(source_code, source_name, a_codes, a_names)
            AND is_one_of(target_code, target_name, b_codes, b_names), false) AS a_to_b,
        coalesce(is_one_of(source_code, source_name, b_codes, b_names)
            AND is_one_of(target_code, target_name, a_codes, a_names), false) AS b_to_a
    FROM deals
    WHERE
        ((is_one_of(source_code, source_name, a_codes, a_names) AND is_one_of(target_code, target_name, b_codes, b_names))
            OR (is_one_of(source_code, source_name, b_codes, b_names)
                AND is_one_of(target_code, target_name, a_codes, a_names)))
        AND days_meet(date, date_start, date_end, since, until)
)

FROM passed WHERE pairs = 1
UNION ALL
SELECT * REPLACE (bool_or(a_to_b) AS a_to_b, bool_or(b_to_a) AS b_to_a) FROM passed WHERE pairs > 1 GROUP BY ALL;
