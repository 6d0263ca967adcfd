-- Version 2: sentences tell whether they are the article's own, a headline's or the site's. All documents are read again.
ALTER TABLE sentences ADD COLUMN kind TEXT NOT NULL DEFAULT 'body';
UPDATE documents SET state = '';
