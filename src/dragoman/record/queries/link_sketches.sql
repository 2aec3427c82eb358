-- The sketches of these reports, and the batch of the reading that counts.
SELECT report, batch, words, shingles, stems, sentences
FROM sketches WHERE report IN (SELECT unnest($reports::VARCHAR[]))
