-- title: What unnamed sources say, and where
-- param: since = day
-- param: until = day
SELECT published, publisher, source, content, document, statement
FROM who_said_what_about_whom WHERE source_kind IN ('anonymous', 'group')
  AND (:since IS NULL OR coalesce(said_on, published) >= :since) AND (:until IS NULL OR coalesce(said_on, published) <= :until)
GROUP BY statement ORDER BY published, statement;
