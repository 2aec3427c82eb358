-- The rows of a file of quotations, into the ledger. incoming: those that count.
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT ((SELECT coalesce(max(quote), 0) FROM ledger_quotes) + row_number() OVER ())::UINTEGER AS quote, * FROM incoming;

CREATE OR REPLACE TEMP TABLE incoming_named AS
SELECT quote, unnest(addressee_codes) AS code, unnest(addressee_names) AS name, true AS spoken_to FROM numbered
UNION ALL
SELECT quote, unnest(named_codes), unnest(named_names), false FROM numbered;

INSERT INTO ledger_codes
SELECT (SELECT coalesce(max(id), -1) FROM ledger_codes) + row_number() OVER (ORDER BY code), code
FROM (SELECT speaker_code AS code FROM numbered UNION SELECT code FROM incoming_named) ANTI JOIN ledger_codes USING (code)
WHERE code IS NOT NULL;

INSERT INTO ledger_parties
SELECT
    (SELECT coalesce(max(id), 0) FROM ledger_parties) + row_number() OVER (), i.code, c.id, i.name, i.in_words_only,
    folded(i.name)
FROM (
    SELECT speaker_code AS code, speaker_name AS name, false AS in_words_only FROM numbered
    UNION SELECT code, name, NOT spoken_to FROM incoming_named
) AS i
ANTI JOIN ledger_parties AS p
    ON p.code IS NOT DISTINCT FROM i.code AND p.name IS NOT DISTINCT FROM i.name AND p.in_words_only = i.in_words_only
LEFT JOIN ledger_codes AS c ON c.code = i.code;

INSERT INTO ledger_quotes
SELECT
    q.quote, ('0x' || q.report)::UBIGINT, q.n, p.code_id, p.id, q.kind, ledger_first(q.date, q.date_start),
    ledger_last(q.date, q.date_end), coalesce(q.date_start, q.date_end), q.day
FROM numbered AS q
JOIN (FROM ledger_parties WHERE NOT in_words_only) AS p
    ON p.code IS NOT DISTINCT FROM q.speaker_code AND p.name IS NOT DISTINCT FROM q.speaker_name;

INSERT INTO ledger_named
SELECT m.quote, p.code_id, p.id, m.spoken_to
FROM incoming_named AS m
JOIN ledger_parties AS p
    ON p.code IS NOT DISTINCT FROM m.code AND p.name IS NOT DISTINCT FROM m.name AND p.in_words_only <> m.spoken_to;
DROP TABLE incoming_named;
DROP TABLE numbered;
