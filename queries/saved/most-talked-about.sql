-- title: Of whom others speak most
-- param: limit = count, default 20
SELECT entity, count(DISTINCT statement) AS statements, count(DISTINCT source_id) AS sources
FROM mentioned_in_statements WHERE role IN ('about', 'target') AND source_id IS NOT entity_id GROUP BY entity_id ORDER BY statements DESC, entity_id LIMIT :limit;
