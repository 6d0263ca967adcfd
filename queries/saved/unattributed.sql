-- title: What stands without a source
SELECT published, act, content, rule, document, statement FROM who_said_what_about_whom WHERE source_id IS NULL GROUP BY statement ORDER BY published, statement;
