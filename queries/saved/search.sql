-- title: Statements whose sentence holds these words
-- param: words = words, required
-- param: since = day
-- param: until = day
SELECT w.published, w.source, w.act, w.standing, w.content, w.document, w.statement
FROM search s JOIN who_said_what_about_whom w ON w.key = s.rowid WHERE search MATCH :words
  AND (:since IS NULL OR coalesce(w.said_on, w.published) >= :since) AND (:until IS NULL OR coalesce(w.said_on, w.published) <= :until)
GROUP BY w.key ORDER BY w.published, w.statement;
