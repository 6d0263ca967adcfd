CREATE INDEX IF NOT EXISTS entities_folded ON entities (folded);
CREATE INDEX IF NOT EXISTS aliases_folded ON aliases (folded);
CREATE INDEX IF NOT EXISTS mentions_entity ON mentions (entity) WHERE entity IS NOT NULL;
CREATE INDEX IF NOT EXISTS statements_document ON statements (document);
CREATE INDEX IF NOT EXISTS statements_source ON statements (source);
CREATE INDEX IF NOT EXISTS statements_parent ON statements (parent) WHERE parent IS NOT NULL;
CREATE INDEX IF NOT EXISTS participants_entity ON participants (entity, role);
