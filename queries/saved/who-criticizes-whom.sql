-- title: Who speaks against whom, counted
SELECT source, target, sum(weight) AS statements, group_concat(DISTINCT act) AS acts, min(first) AS first, max(last) AS last
FROM edges WHERE polarity = 'negative' GROUP BY source_id, target_id ORDER BY statements DESC, source_id, target_id;
