-- title: Who denied or rejected what
SELECT published, source, act, target, content, publisher, statement
FROM who_said_what_about_whom WHERE act IN ('deny', 'reject') ORDER BY published, statement;
