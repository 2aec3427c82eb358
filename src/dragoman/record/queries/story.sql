-- The events of a story, those of the least report first.
WITH ever AS (SELECT DISTINCT event FROM stories WHERE story = $story),

now AS (
    SELECT event, arg_max(report, batch) AS report, arg_max(story, batch) AS story, arg_max(copy_of, batch) AS copy_of
    FROM stories SEMI JOIN ever USING (event)
    GROUP BY event
)

SELECT report, event AS id, copy_of FROM now WHERE story = $story ORDER BY report, event
