-- title: Who answers whom: statements in both directions
WITH pairs AS MATERIALIZED (
  SELECT source_id, source, target_id, target, sum(weight) AS weight FROM edges GROUP BY source_id, target_id
)
SELECT a.source AS one, a.target AS other, a.weight AS said, b.weight AS answered
FROM pairs a JOIN pairs b ON b.source_id = a.target_id AND b.target_id = a.source_id
WHERE a.source_id < a.target_id ORDER BY said + answered DESC, one, other;
