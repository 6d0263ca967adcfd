-- title: Who speaks for whom
SELECT published, source, act, target, content, publisher, statement
FROM who_said_what_about_whom WHERE polarity = 'positive' AND target IS NOT NULL ORDER BY published, statement;
