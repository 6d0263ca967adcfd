-- title: Who answers whom: statements in both directions
SELECT a.source AS one, a.target AS other, sum(a.weight) AS said, (SELECT sum(b.weight) FROM edges b WHERE b.source_id = a.target_id AND b.target_id = a.source_id) AS answered
FROM edges a WHERE EXISTS (SELECT 1 FROM edges b WHERE b.source_id = a.target_id AND b.target_id = a.source_id) AND a.source_id < a.target_id GROUP BY a.source_id, a.target_id ORDER BY said + answered DESC, one;
