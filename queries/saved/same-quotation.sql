-- title: The same words in several documents: wire copy and echoes
SELECT count(DISTINCT document) AS documents, min(published) AS first, source, content, group_concat(DISTINCT publisher) AS outlets
FROM who_said_what_about_whom WHERE content LIKE '% % % %'
GROUP BY lower(trim(content, '“”"''‘’,. ')) HAVING count(DISTINCT document) > 1 ORDER BY documents DESC, first, content;
