-- title: What unnamed sources say, and where
SELECT published, publisher, source, content, document, statement
FROM who_said_what_about_whom WHERE source_kind IN ('anonymous', 'group') GROUP BY statement ORDER BY published, statement;
