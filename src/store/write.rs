//! Documents into the store.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};

use super::{Error, INDEXES, Store};
use crate::model::{Analysis, CodePoints, Document, Resolution, Span};

/// What adding a document did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there before.
    New,
    /// It took the place of an earlier reading.
    Changed,
}

/// Documents between two commits: few enough to lose little to a power cut, many enough to be fast.
const BATCH: u32 = 200;

/// The highest number of a statement.
const LAST_STATEMENT: &str = "SELECT coalesce(max(id), 0) FROM statements";

/// What decides whether a document must be read again: its text, what is known about it, and the lexicon.
pub fn state_of(document: &Document, lexicon: &str) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    let meta = &document.meta;
    let mut hash = Sha256::new();
    for part in [
        document.sha256(),
        lexicon,
        env!("CARGO_PKG_VERSION"),
        meta.title.as_deref().unwrap_or_default(),
        meta.publisher.as_deref().unwrap_or_default(),
        meta.author.as_deref().unwrap_or_default(),
        meta.url.as_deref().unwrap_or_default(),
        &meta
            .published
            .map(|day| day.to_string())
            .unwrap_or_default(),
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize()
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}"); // writing into a String cannot fail
            hex
        })
}

impl Store {
    /// Names the program and lexicon of the documents that follow. Writes nothing when they are known.
    pub fn begin_run(&mut self, lexicon: &str) -> Result<(), Error> {
        let known = self
            .connection
            .query_row("SELECT id FROM runs WHERE lexicon = ?1", [lexicon], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|e| self.error(e))?;
        self.run = match known {
            Some(id) => id,
            None => {
                self.connection
                    .execute(
                        "INSERT INTO runs (version, lexicon) VALUES (?1, ?2)",
                        params![env!("CARGO_PKG_VERSION"), lexicon],
                    )
                    .map_err(|e| self.error(e))?;
                self.connection.last_insert_rowid()
            }
        };
        Ok(())
    }

    /// The state ([`state_of`]) in which each document was stored, by name.
    pub fn states(&self) -> Result<HashMap<String, String>, Error> {
        let mut statement = self
            .connection
            .prepare("SELECT name, state FROM documents")
            .map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// Stores a document with all that was found in it. An error takes back what was added since the last commit: no
    /// document is ever there in part.
    pub fn add(
        &mut self,
        document: &Document,
        analysis: &Analysis,
        state: &str,
    ) -> Result<Outcome, Error> {
        self.begin()?;
        match self.insert(document, analysis, state) {
            Ok(outcome) => {
                self.orphans |= outcome == Outcome::Changed;
                if self.pending >= BATCH {
                    self.commit()?;
                }
                Ok(outcome)
            }
            Err(error) => {
                let error = self.error(error);
                self.pending = 0;
                self.known.forget();
                // The first error is the one to tell; a failing rollback leaves the transaction to SQLite.
                let _ = self.run("ROLLBACK");
                Err(error)
            }
        }
    }

    fn begin(&mut self) -> Result<(), Error> {
        if self.pending == 0 {
            self.run("BEGIN IMMEDIATE")?;
            let last = self
                .connection
                .query_row(LAST_STATEMENT, [], |row| row.get(0));
            self.searchable = last.map_err(|e| self.error(e))?;
            let version = self
                .connection
                .query_row("PRAGMA data_version", [], |row| row.get(0));
            self.known.of_version(version.map_err(|e| self.error(e))?);
        }
        self.pending += 1;
        Ok(())
    }

    /// Ends a build: all that was added is durable and indexed.
    pub fn finish(&mut self) -> Result<(), Error> {
        match self.pending {
            0 => self.index(),
            _ => self.commit_with(INDEXES), // one wait for the disk, not two
        }
    }

    /// Makes all that was added durable.
    fn commit(&mut self) -> Result<(), Error> {
        self.commit_with("")
    }

    /// As [`Store::commit`], with some SQL at the end of the transaction.
    fn commit_with(&mut self, last: &str) -> Result<(), Error> {
        if std::mem::take(&mut self.pending) > 0 {
            if std::mem::take(&mut self.orphans) {
                self.known.forget();
                self.run("DELETE FROM entities WHERE key NOT IN (SELECT entity FROM mentions WHERE entity IS NOT NULL)
                          AND key NOT IN (SELECT source FROM statements WHERE source IS NOT NULL)
                          AND key NOT IN (SELECT entity FROM participants)")?;
            }
            // All at once: the search index would write itself out at every savepoint.
            self.run(&format!("INSERT INTO search (rowid, sentence) SELECT id, sentence FROM statements WHERE id > {}; {last} COMMIT", self.searchable))?;
        }
        Ok(())
    }

    /// Drops the documents that `keep` does not want by their names. Returns how many.
    pub fn prune(&mut self, keep: impl Fn(&str) -> bool) -> Result<usize, Error> {
        let gone: Vec<i64> = {
            let mut statement = self
                .connection
                .prepare("SELECT id, name FROM documents ORDER BY id")
                .map_err(|e| self.error(e))?;
            let rows = statement
                .query_map([], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
                })
                .map_err(|e| self.error(e))?;
            let all: Vec<(i64, String)> =
                rows.collect::<Result<_, _>>().map_err(|e| self.error(e))?;
            all.into_iter()
                .filter(|(_, name)| !keep(name))
                .map(|(id, _)| id)
                .collect()
        };
        if gone.is_empty() {
            return Ok(0);
        }
        self.begin()?;
        for &id in &gone {
            self.remove(id).map_err(|e| self.error(e))?;
        }
        self.orphans = true;
        self.commit()?;
        Ok(gone.len())
    }

    fn insert(
        &mut self,
        document: &Document,
        analysis: &Analysis,
        state: &str,
    ) -> rusqlite::Result<Outcome> {
        let earlier: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM documents WHERE name = ?1")?
            .query_row([document.name()], |row| row.get(0))
            .optional()?;
        if let Some(id) = earlier {
            self.remove(id)?;
            // Numbers of statements that are gone may be given again: what follows is not in the search index yet.
            let last = self
                .connection
                .query_row(LAST_STATEMENT, [], |row| row.get(0))?;
            self.searchable = self.searchable.min(last);
        }
        let db = &self.connection;
        let known = &mut self.known;
        let meta = &document.meta;
        db.prepare_cached("INSERT INTO documents (name, title, publisher, author, published, url, sha256, state, run, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?.execute(params![
            document.name(),
            meta.title,
            meta.publisher,
            meta.author,
            meta.published.map(|day| day.to_string()),
            meta.url,
            document.sha256(),
            state,
            self.run,
            document.text(),
        ])?;
        let id = db.last_insert_rowid();
        let points = CodePoints::new(document.text());
        let mut insert = db.prepare_cached("INSERT INTO sentences VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            let (start, end) = points.of(sentence.span);
            let kind = analysis.paragraphs[sentence.paragraph as usize].kind;
            insert.execute(params![id, number as i64, start, end, kind.name()])?;
        }
        let keys = analysis
            .entities
            .iter()
            .map(|entity| known.row(db, id, entity))
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        let mut insert =
            db.prepare_cached("INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        for (number, (mention, resolution)) in analysis
            .mentions
            .iter()
            .zip(&analysis.resolutions)
            .enumerate()
        {
            let (start, end) = points.of(mention.span);
            let (candidates, sieve) = match resolution {
                Resolution::Ambiguous(candidates) => (Some(candidates.join("|")), None),
                Resolution::Resolved { by, .. } => (None, Some(*by)),
                Resolution::Unknown => (None, None),
            };
            insert.execute(params![
                id,
                number as i64,
                start,
                end,
                mention.kind.name(),
                resolution.entity().map(|e| keys[e]),
                candidates,
                sieve
            ])?;
        }
        self.insert_statements(id, document, analysis, &keys, &points)?;
        for (number, diagnostic) in analysis.diagnostics.iter().enumerate() {
            let (start, end) = points.of(diagnostic.span);
            db.prepare_cached("INSERT INTO diagnostics VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![
                    id,
                    number as i64,
                    start,
                    end,
                    diagnostic.code.name()
                ])?;
        }
        Ok(match earlier {
            Some(_) => Outcome::Changed,
            None => Outcome::New,
        })
    }

    /// Takes out a document and all that hangs on it. By hand: to check foreign keys at every row costs a build a tenth.
    fn remove(&self, id: i64) -> rusqlite::Result<()> {
        const OF_STATEMENTS: [&str; 3] = ["contents", "participants", "lines"];
        const OF_DOCUMENTS: [&str; 5] = [
            "sentences",
            "aliases",
            "mentions",
            "statements",
            "diagnostics",
        ];
        for table in OF_STATEMENTS {
            let sql = format!(
                "DELETE FROM {table} WHERE statement IN (SELECT id FROM statements WHERE document = ?1)"
            );
            self.connection.prepare_cached(&sql)?.execute([id])?;
        }
        for table in OF_DOCUMENTS {
            let sql = format!("DELETE FROM {table} WHERE document = ?1");
            self.connection.prepare_cached(&sql)?.execute([id])?;
        }
        self.connection
            .prepare_cached("DELETE FROM documents WHERE id = ?1")?
            .execute([id])?;
        Ok(())
    }

    fn insert_statements(
        &self,
        document_id: i64,
        document: &Document,
        analysis: &Analysis,
        keys: &[i64],
        points: &CodePoints<'_>,
    ) -> rusqlite::Result<()> {
        let db = &self.connection;
        let text = document.text();
        let mut ids: Vec<i64> = Vec::with_capacity(analysis.statements.len());
        let mut parents: Vec<(i64, usize)> = Vec::new();
        let mut insert = db.prepare_cached(
            "INSERT INTO statements (document, number, source, source_start, source_end, continued, cue_start, cue_end, lemma, kind, act, negated,
             polarity, said_on, confidence, rule, sieves, evidence_start, evidence_end, content, sentence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
        )?;
        let mut insert_content =
            db.prepare_cached("INSERT INTO contents VALUES (?1, ?2, ?3, ?4)")?;
        let mut insert_participant =
            db.prepare_cached("INSERT INTO participants VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let mut insert_line = db.prepare_cached("INSERT INTO lines VALUES (?1, ?2, ?3)")?;
        for (number, statement) in analysis.statements.iter().enumerate() {
            let range = |span: Span| points.of(span);
            let source = statement.source.as_ref();
            let source_range = source.and_then(|s| s.span).map(range);
            let cue_range = statement.cue.as_ref().map(|cue| range(cue.span));
            let evidence = range(statement.provenance.evidence);
            let content: Vec<&str> = statement.content.iter().map(|span| span.of(text)).collect();
            insert.execute(params![
                document_id,
                number as i64 + 1,
                source.and_then(|s| s.entity).map(|e| keys[e]),
                source_range.map(|r| r.0),
                source_range.map(|r| r.1),
                source.is_some_and(|s| s.continued),
                cue_range.map(|r| r.0),
                cue_range.map(|r| r.1),
                statement.cue.as_ref().map(|cue| cue.lemma.as_str()),
                statement.kind.name(),
                statement.act.name(),
                statement.negated,
                statement.polarity.name(),
                statement.said_on.map(|day| day.to_string()),
                (f64::from(statement.confidence) * 1000.0).round() / 1000.0,
                statement.provenance.rule,
                statement.provenance.sieves.join("|"),
                evidence.0,
                evidence.1,
                one_line(&content.join(" … ")),
                one_line(statement.provenance.evidence.of(text)),
            ])?;
            let id = db.last_insert_rowid();
            ids.push(id);
            if let Some(parent) = statement.parent {
                parents.push((id, parent));
            }
            for (number, &span) in statement.content.iter().enumerate() {
                let (start, end) = range(span);
                insert_content.execute(params![id, number as i64, start, end])?;
            }
            let about = statement.about.iter().map(|&e| ("about", e, None));
            let addressees = statement.addressees.iter().map(|&e| ("addressee", e, None));
            let targets = statement
                .targets
                .iter()
                .map(|t| ("target", t.entity, Some(t.polarity.name())));
            for (number, (role, entity, polarity)) in
                about.chain(addressees).chain(targets).enumerate()
            {
                insert_participant.execute(params![
                    id,
                    role,
                    number as i64,
                    keys[entity],
                    polarity
                ])?;
            }
            for (number, line) in statement.provenance.lines.iter().enumerate() {
                insert_line.execute(params![id, number as i64, line.to_string()])?;
            }
        }
        for (id, parent) in parents {
            db.prepare_cached("UPDATE statements SET parent = ?2 WHERE id = ?1")?
                .execute(params![id, ids[parent]])?;
        }
        Ok(())
    }
}

fn one_line(text: &str) -> String {
    let mut behind_space = true;
    let plain = |c: char| {
        let before = std::mem::replace(&mut behind_space, c.is_whitespace());
        !behind_space || c == ' ' && !before
    };
    if text.chars().all(plain) && !text.ends_with(' ') {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
