-- title: Who accused whom of what
SELECT published, source, target, content, publisher, statement
FROM who_said_what_about_whom WHERE act = 'accuse' AND target IS NOT NULL ORDER BY published, statement;
