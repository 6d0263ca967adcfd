-- title: Whom each outlet quotes
SELECT coalesce(publisher, '(none)') AS outlet, source, count(DISTINCT statement) AS statements
FROM who_said_what_about_whom WHERE source IS NOT NULL GROUP BY 1, source_id ORDER BY outlet, statements DESC, source_id;
