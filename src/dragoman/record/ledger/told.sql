-- Which story each event is of now: the newest row of an event counts.
DELETE FROM ledger_told;
INSERT INTO ledger_told
SELECT ('0x' || report)::UBIGINT, split_part(event, '-e', 2)::USMALLINT, story, copy_of
FROM stories
QUALIFY row_number() OVER (PARTITION BY event ORDER BY batch DESC) = 1;
