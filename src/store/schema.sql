-- The store. docs/schema.md describes every table, column and view. All offsets are code points, half-open:
-- substr(text, start + 1, end - start) gives the words.

-- What the last build was told: see docs/schema.md for what there is.
CREATE TABLE made (
  what TEXT NOT NULL,
  number INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (what, number)
) WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  lexicon TEXT NOT NULL,
  UNIQUE (version, lexicon)
);

-- Where names begin. Paths are relative to the folder of the database; '' is standard input.
CREATE TABLE roots (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  whole INTEGER NOT NULL,
  fields TEXT NOT NULL
);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  title TEXT,
  publisher TEXT,
  author TEXT,
  published TEXT,
  url TEXT,
  sha256 TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id),
  text TEXT NOT NULL
);

CREATE TABLE names (
  root INTEGER NOT NULL REFERENCES roots (id),
  name TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  PRIMARY KEY (root, name)
) WITHOUT ROWID;
CREATE INDEX names_document ON names (document);

CREATE TABLE failures (
  root INTEGER NOT NULL REFERENCES roots (id),
  name TEXT NOT NULL,
  hash TEXT,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  help TEXT NOT NULL,
  PRIMARY KEY (root, name)
) WITHOUT ROWID;

CREATE TABLE sentences (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;

-- Each row follows from `forms`: the form of most documents, a listed one before all others.
CREATE TABLE entities (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  listed INTEGER NOT NULL,
  origin TEXT
);

-- As what documents show an entity, and how many do. A form of no document is gone, and so is an entity without a form.
CREATE TABLE forms (
  id INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL REFERENCES entities (key),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  origin TEXT,
  documents INTEGER NOT NULL
);
CREATE INDEX forms_entity ON forms (entity);

CREATE TABLE document_forms (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  form INTEGER NOT NULL REFERENCES forms (id),
  PRIMARY KEY (document, form)
) WITHOUT ROWID;

CREATE TABLE aliases (
  id INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL REFERENCES entities (key),
  alias TEXT NOT NULL,
  folded TEXT NOT NULL,
  documents INTEGER NOT NULL,
  UNIQUE (entity, alias)
);

CREATE TABLE document_aliases (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  alias INTEGER NOT NULL REFERENCES aliases (id),
  PRIMARY KEY (document, alias)
) WITHOUT ROWID;

CREATE TABLE mentions (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  kind TEXT NOT NULL,
  entity INTEGER REFERENCES entities (key),
  candidates TEXT,
  sieve TEXT,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  place TEXT,
  source INTEGER REFERENCES entities (key),
  source_start INTEGER,
  source_end INTEGER,
  continued INTEGER NOT NULL,
  cue_start INTEGER,
  cue_end INTEGER,
  lemma TEXT,
  kind TEXT NOT NULL,
  act TEXT NOT NULL,
  negated INTEGER NOT NULL,
  polarity TEXT NOT NULL,
  parent INTEGER REFERENCES statements (id) ON DELETE CASCADE,
  said_on TEXT,
  confidence REAL NOT NULL,
  rule TEXT NOT NULL,
  sieves TEXT NOT NULL,
  evidence_start INTEGER NOT NULL,
  evidence_end INTEGER NOT NULL,
  content TEXT NOT NULL,
  sentence TEXT NOT NULL,
  standing TEXT NOT NULL,
  teller INTEGER REFERENCES entities (key),
  signs TEXT NOT NULL
);

CREATE TABLE contents (
  statement INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (statement, number)
) WITHOUT ROWID;

-- role: about, addressee, or target with the source's stance.
CREATE TABLE participants (
  statement INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  number INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities (key),
  polarity TEXT,
  PRIMARY KEY (statement, role, number)
) WITHOUT ROWID;

-- The lines of data files behind a statement, as file:line.
CREATE TABLE lines (
  statement INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (statement, number)
) WITHOUT ROWID;

CREATE TABLE diagnostics (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;

-- What tells near copies of a document.
CREATE TABLE signatures (
  document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  bins BLOB NOT NULL
);

-- Near copies of another document. Follows from `signatures`.
CREATE TABLE reprints (
  document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  original INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  likeness REAL NOT NULL
);

CREATE VIRTUAL TABLE search USING fts5 (sentence, content = 'statements', content_rowid = 'id', tokenize = 'porter unicode61');
CREATE TRIGGER statements_removed AFTER DELETE ON statements BEGIN
  INSERT INTO search (search, rowid, sentence) VALUES ('delete', old.id, old.sentence);
END;

CREATE VIEW who_said_what_about_whom AS
SELECT d.hash || '-' || coalesce(s.place, s.cue_start) AS statement, d.name AS document, d.title, d.publisher, d.published,
       source.id AS source_id, source.name AS source, source.kind AS source_kind,
       s.act, s.negated, s.kind, coalesce(p.polarity, s.polarity) AS polarity,
       target.id AS target_id, target.name AS target,
       s.content, s.sentence, s.said_on, s.confidence, s.rule,
       d.hash AS document_id, s.id AS key, s.standing, teller.id AS teller_id, teller.name AS teller
FROM statements s
JOIN documents d ON d.id = s.document
LEFT JOIN entities source ON source.key = s.source
LEFT JOIN participants p ON p.statement = s.id AND p.role = 'target'
LEFT JOIN entities target ON target.key = p.entity
LEFT JOIN entities teller ON teller.key = s.teller;

CREATE VIEW mentioned_in_statements AS
SELECT d.hash || '-' || coalesce(s.place, s.cue_start) AS statement, d.name AS document, d.publisher, d.published,
       source.id AS source_id, source.name AS source, s.act, p.role, e.id AS entity_id, e.name AS entity, s.content,
       d.hash AS document_id, s.id AS key, s.standing
FROM participants p
JOIN statements s ON s.id = p.statement
JOIN documents d ON d.id = s.document
JOIN entities e ON e.key = p.entity
LEFT JOIN entities source ON source.key = s.source;

CREATE VIEW entity_overview AS
SELECT e.id, e.kind, e.name, e.listed,
       (SELECT count(*) FROM mentions m WHERE m.entity = e.key) AS mentions,
       (SELECT count(*) FROM statements s WHERE s.source = e.key) AS said,
       (SELECT count(*) FROM participants p WHERE p.entity = e.key AND p.role = 'about') AS about
FROM entities e;

CREATE VIEW edges AS
SELECT source.id AS source_id, source.name AS source, target.id AS target_id, target.name AS target,
       s.act, p.polarity, count(*) AS weight, count(DISTINCT s.document) AS documents,
       min(coalesce(s.said_on, d.published)) AS first, max(coalesce(s.said_on, d.published)) AS last,
       count(s.teller) AS reported
FROM statements s
JOIN documents d ON d.id = s.document
JOIN entities source ON source.key = s.source
JOIN participants p ON p.statement = s.id AND p.role = 'target'
JOIN entities target ON target.key = p.entity
WHERE s.standing = 'firsthand'
GROUP BY s.source, p.entity, s.act, p.polarity;
