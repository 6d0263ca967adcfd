-- title: Who said what about somebody, by day
-- param: about = entity, required
-- param: since = day
-- param: until = day
-- param: act = act
SELECT DISTINCT coalesce(w.said_on, w.published) AS day, w.source, w.act, w.standing, w.polarity, w.content, w.publisher, w.statement
FROM who_said_what_about_whom w
JOIN mentioned_in_statements m ON m.key = w.key AND m.entity_id = :about
WHERE (:since IS NULL OR coalesce(w.said_on, w.published) >= :since) AND (:until IS NULL OR coalesce(w.said_on, w.published) <= :until) AND (:act IS NULL OR w.act = :act)
ORDER BY day, w.statement;
