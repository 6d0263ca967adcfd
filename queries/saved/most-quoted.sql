-- title: Whose words fill the pages
-- param: limit = count, default 20
SELECT source, count(DISTINCT statement) AS statements, sum(kind = 'direct') AS direct, count(DISTINCT document) AS documents
FROM who_said_what_about_whom WHERE source IS NOT NULL AND standing = 'firsthand' GROUP BY source_id ORDER BY statements DESC, source_id LIMIT :limit;
