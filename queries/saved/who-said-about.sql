-- title: Who said what about somebody, by day
-- param: about = entity, required
SELECT DISTINCT coalesce(w.said_on, w.published) AS day, w.source, w.act, w.polarity, w.content, w.publisher, w.statement
FROM who_said_what_about_whom w
JOIN mentioned_in_statements m ON m.key = w.key AND m.entity_id = :about
ORDER BY day, w.statement;
