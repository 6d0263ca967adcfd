-- title: What stands without a source
-- param: since = day
-- param: until = day
SELECT published, act, content, rule, document, statement FROM who_said_what_about_whom WHERE source_id IS NULL
  AND (:since IS NULL OR coalesce(said_on, published) >= :since) AND (:until IS NULL OR coalesce(said_on, published) <= :until)
GROUP BY statement ORDER BY published, statement;
