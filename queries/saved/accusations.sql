-- title: Who accused whom of what
-- param: since = day
-- param: until = day
SELECT published, source, target, content, publisher, statement
FROM who_said_what_about_whom WHERE act = 'accuse' AND target IS NOT NULL AND standing = 'firsthand'
  AND (:since IS NULL OR coalesce(said_on, published) >= :since) AND (:until IS NULL OR coalesce(said_on, published) <= :until)
ORDER BY published, statement;
