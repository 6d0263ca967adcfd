-- title: Statements whose sentence holds these words
-- param: words = required
SELECT w.published, w.source, w.act, w.content, w.document, w.statement
FROM search s JOIN who_said_what_about_whom w ON w.key = s.rowid WHERE search MATCH :words GROUP BY w.key ORDER BY w.published, w.statement;
