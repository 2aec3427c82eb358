-- The versions of dragoman that read what there is, each with the number that stands for it.
SELECT DISTINCT hash(version) AS n, version FROM articles ORDER BY version
