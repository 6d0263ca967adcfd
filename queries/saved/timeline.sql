-- title: What somebody said, day by day
-- param: who = entity, required
SELECT coalesce(said_on, published) AS day, act, target, content, publisher, statement
FROM who_said_what_about_whom WHERE source_id = :who ORDER BY day, statement;
