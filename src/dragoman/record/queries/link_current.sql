-- The stories that these events are in now; an event without a row is a story of its own.
SELECT event, arg_max(story, batch) AS story, arg_max(copy_of, batch) AS copy_of
FROM stories
WHERE event IN (SELECT unnest($events::VARCHAR[]))
GROUP BY event
