-- title: What somebody said, day by day
-- param: who = entity, required
-- param: since = day
-- param: until = day
-- param: act = act
SELECT coalesce(said_on, published) AS day, act, standing, target, content, publisher, statement
FROM who_said_what_about_whom WHERE source_id = :who
  AND (:since IS NULL OR coalesce(said_on, published) >= :since) AND (:until IS NULL OR coalesce(said_on, published) <= :until) AND (:act IS NULL OR act = :act)
ORDER BY day, statement;
