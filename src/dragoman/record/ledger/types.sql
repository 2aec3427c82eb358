-- As queries/types.sql.
SELECT k.type, sum(d.events)::BIGINT AS events
FROM (SELECT kind, count(*) AS events FROM ledger_deals WHERE first_pair GROUP BY kind) AS d
JOIN ledger_kinds AS k ON k.id = d.kind
GROUP BY k.type
ORDER BY events DESC, k.type
