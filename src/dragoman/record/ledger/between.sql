-- As the macro between_two of queries/views.sql: an event of several pairs is put together again, each way for itself.
WITH passed AS MATERIALIZED (
    SELECT report, n, several, kind, first, last, day, true AS a_to_b FROM ledger_deals WHERE /* a_to_b */ AND /* chosen */
    UNION ALL
    SELECT report, n, several, kind, first, last, day, false FROM ledger_deals WHERE /* b_to_a */ AND /* chosen */
),

between_them AS (
    SELECT report, n, kind, first, last, day, a_to_b FROM passed WHERE NOT several
    UNION ALL
    SELECT DISTINCT report, n, kind, first, last, day, a_to_b FROM passed WHERE several
)

