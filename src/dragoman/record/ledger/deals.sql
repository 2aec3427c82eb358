-- The rows of a file of deals, into the ledger. incoming: those that count.
INSERT INTO ledger_codes
SELECT (SELECT coalesce(max(id), -1) FROM ledger_codes) + row_number() OVER (ORDER BY code), code
FROM (SELECT source_code AS code FROM incoming UNION SELECT target_code FROM incoming) ANTI JOIN ledger_codes USING (code)
WHERE code IS NOT NULL;

INSERT INTO ledger_parties
SELECT
    (SELECT coalesce(max(id), 0) FROM ledger_parties) + row_number() OVER (ORDER BY i.code, i.name), i.code, c.id, i.name, false,
    folded(i.name)
FROM (
    SELECT source_code AS code, source_name AS name FROM incoming
    UNION SELECT target_code, target_name FROM incoming
) AS i
ANTI JOIN (FROM ledger_parties WHERE NOT in_words_only) AS p
    ON p.code IS NOT DISTINCT FROM i.code AND p.name IS NOT DISTINCT FROM i.name
LEFT JOIN ledger_codes AS c ON c.code = i.code;

INSERT INTO ledger_worths
SELECT (SELECT coalesce(max(id), 0) FROM ledger_worths) + row_number() OVER (), i.*
FROM (SELECT DISTINCT goldstein, quad, status FROM incoming) AS i
ANTI JOIN ledger_worths AS w
    ON w.goldstein IS NOT DISTINCT FROM i.goldstein AND w.quad IS NOT DISTINCT FROM i.quad
    AND w.status IS NOT DISTINCT FROM i.status;

INSERT INTO ledger_kinds
SELECT (SELECT coalesce(max(id), 0) FROM ledger_kinds) + row_number() OVER (), i.*, w.id
FROM (SELECT DISTINCT type, contexts, goldstein, quad, status, occasion FROM incoming) AS i
ANTI JOIN ledger_kinds AS k
    ON k.type IS NOT DISTINCT FROM i.type AND k.contexts IS NOT DISTINCT FROM i.contexts
    AND k.goldstein IS NOT DISTINCT FROM i.goldstein AND k.quad IS NOT DISTINCT FROM i.quad
    AND k.status IS NOT DISTINCT FROM i.status AND k.occasion IS NOT DISTINCT FROM i.occasion
JOIN ledger_worths AS w
    ON w.goldstein IS NOT DISTINCT FROM i.goldstein AND w.quad IS NOT DISTINCT FROM i.quad
    AND w.status IS NOT DISTINCT FROM i.status;

INSERT INTO ledger_deals
SELECT
    ('0x' || i.report)::UBIGINT, i.n, i.pair = 1, i.pairs > 1, s.code_id, t.code_id, s.id, t.id, k.id, k.worth,
    ledger_first(i.date, i.date_start), ledger_last(i.date, i.date_end), coalesce(i.date_start, i.date_end)
FROM incoming AS i
JOIN (FROM ledger_parties WHERE NOT in_words_only) AS s
    ON s.code IS NOT DISTINCT FROM i.source_code AND s.name IS NOT DISTINCT FROM i.source_name
JOIN (FROM ledger_parties WHERE NOT in_words_only) AS t
    ON t.code IS NOT DISTINCT FROM i.target_code AND t.name IS NOT DISTINCT FROM i.target_name
JOIN ledger_kinds AS k
    ON k.type IS NOT DISTINCT FROM i.type AND k.contexts IS NOT DISTINCT FROM i.contexts
    AND k.goldstein IS NOT DISTINCT FROM i.goldstein AND k.quad IS NOT DISTINCT FROM i.quad
    AND k.status IS NOT DISTINCT FROM i.status AND k.occasion IS NOT DISTINCT FROM i.occasion;

INSERT INTO ledger_messages FROM incoming WHERE occasion IS NOT NULL;
