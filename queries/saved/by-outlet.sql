-- title: Whom each outlet quotes most
-- param: limit = count, default 5
WITH counted AS (
  SELECT coalesce(publisher, '(none)') AS outlet, source_id, source, count(DISTINCT statement) AS statements
  FROM who_said_what_about_whom WHERE source IS NOT NULL AND standing = 'firsthand' GROUP BY 1, source_id
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY outlet ORDER BY statements DESC, source_id) AS rank FROM counted
)
SELECT outlet, source, statements FROM ranked WHERE rank <= :limit ORDER BY outlet, rank;
