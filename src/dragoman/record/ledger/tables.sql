-- The ledger: of each event and quotation what most questions choose it by, in figures, held in memory (held.py fills it).
CREATE TABLE ledger_codes (id USMALLINT, code VARCHAR);
-- Who is named: each code and name once. in_words_only: nobody acts, speaks or is spoken to by that name; the words name it.
CREATE TABLE ledger_parties (
    id UINTEGER, code VARCHAR, code_id USMALLINT, name VARCHAR, in_words_only BOOLEAN, folded_name VARCHAR
);
-- What an event is, apart from who and when.
CREATE TABLE ledger_kinds (
    id UINTEGER, type VARCHAR, contexts VARCHAR[], goldstein DOUBLE, quad VARCHAR, status VARCHAR, occasion VARCHAR,
    worth USMALLINT
);
-- What is counted of an event most often. An event's rows have the number of it too: they are counted by few numbers sooner.
CREATE TABLE ledger_worths (id USMALLINT, goldstein DOUBLE, quad VARCHAR, status VARCHAR);
-- A row of deals. first, last: the days it may lie between; without any date nothing lies between them.
CREATE TABLE ledger_deals (
    report UBIGINT, n USMALLINT, first_pair BOOLEAN, several BOOLEAN, source_code USMALLINT, target_code USMALLINT,
    source UINTEGER, target UINTEGER, kind UINTEGER, worth USMALLINT, first DATE, last DATE, day DATE
);
CREATE TABLE ledger_quotes (
    quote UINTEGER, report UBIGINT, n USMALLINT, speaker_code USMALLINT, speaker UINTEGER, kind VARCHAR,
    first DATE, last DATE, day DATE, said DATE
);
-- Whom a quotation is spoken to, and whom its words name.
CREATE TABLE ledger_named (quote UINTEGER, code USMALLINT, party UINTEGER, spoken_to BOOLEAN);
CREATE TABLE ledger_reports (report UBIGINT, batch VARCHAR, dated_start DATE, dated_end DATE, day DATE);
-- The messages whole: they are few.
CREATE TABLE ledger_messages AS FROM deals WHERE false;
CREATE TABLE ledger_told (report UBIGINT, n USMALLINT, story VARCHAR, copy_of VARCHAR);

CREATE MACRO ledger_first(day, first) AS
    CASE WHEN day IS NULL THEN DATE 'infinity' ELSE coalesce(first, DATE '-infinity') END;
CREATE MACRO ledger_last(day, last) AS
    CASE WHEN day IS NULL THEN DATE '-infinity' ELSE coalesce(last, DATE 'infinity') END;
CREATE MACRO ledger_month(first, last) AS CASE WHEN isfinite(first) AND isfinite(last) THEN month_of(first, last) END;
