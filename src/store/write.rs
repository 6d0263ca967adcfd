//! Documents into the store.

use std::collections::HashMap;
use std::sync::LazyLock;

use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{Insert, Rows, maybe, number, owned, text};
use super::{Error, Store};
use crate::model::{Analysis, CodePoints, Document, Resolution};

static SENTENCES: LazyLock<Insert<5>> = LazyLock::new(|| Insert::into("sentences"));
static MENTIONS: LazyLock<Insert<8>> = LazyLock::new(|| Insert::into("mentions"));
static DIAGNOSTICS: LazyLock<Insert<5>> = LazyLock::new(|| Insert::into("diagnostics"));
static STATEMENTS: LazyLock<Insert<23>> = LazyLock::new(|| Insert::into("statements"));
static CONTENTS: LazyLock<Insert<4>> = LazyLock::new(|| Insert::into("contents"));
static PARTICIPANTS: LazyLock<Insert<5>> = LazyLock::new(|| Insert::into("participants"));
static LINES: LazyLock<Insert<3>> = LazyLock::new(|| Insert::into("lines"));

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
                self.indexed = 0;
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
            self.last = last.map_err(|e| self.error(e))?;
            self.searchable = self.last;
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
        self.index()?;
        self.commit()
    }

    /// Makes all that was added durable.
    fn commit(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.pending) > 0 {
            if std::mem::take(&mut self.orphans) {
                self.known.forget();
                self.run("DELETE FROM entities WHERE key NOT IN (SELECT entity FROM mentions WHERE entity IS NOT NULL)
                          AND key NOT IN (SELECT source FROM statements WHERE source IS NOT NULL)
                          AND key NOT IN (SELECT entity FROM participants);
                          DELETE FROM aliases WHERE entity NOT IN (SELECT key FROM entities)")?;
            }
            // All at once: the search index would write itself out at every savepoint.
            self.run(&format!("INSERT INTO search (rowid, sentence) SELECT id, sentence FROM statements WHERE id > {}; COMMIT", self.searchable))?;
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
            self.last = self
                .connection
                .query_row(LAST_STATEMENT, [], |row| row.get(0))?;
            self.searchable = self.searchable.min(self.last);
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
        let mut sentences = Rows::new(db, &SENTENCES);
        for (at, sentence) in (0u32..).zip(&analysis.sentences) {
            let (start, end) = points.of(sentence.span);
            let kind = analysis.paragraphs[sentence.paragraph as usize].kind;
            sentences.add([
                number(id),
                number(at),
                number(start),
                number(end),
                text(kind.name()),
            ])?;
        }
        sentences.finish()?;
        let keys = analysis
            .entities
            .iter()
            .map(|entity| known.row(db, id, entity))
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        let mut mentions = Rows::new(db, &MENTIONS);
        let found = analysis.mentions.iter().zip(&analysis.resolutions);
        for (at, (mention, resolution)) in (0u32..).zip(found) {
            let (start, end) = points.of(mention.span);
            let entity: Option<i64> = resolution.entity().map(|e| keys[e]);
            let (candidates, sieve) = match resolution {
                Resolution::Ambiguous(candidates) => (owned(candidates.join("|")), text(None)),
                Resolution::Resolved { by, .. } => (text(None), text(*by)),
                Resolution::Unknown => (text(None), text(None)),
            };
            mentions.add([
                number(id),
                number(at),
                number(start),
                number(end),
                text(mention.kind.name()),
                maybe(entity),
                candidates,
                sieve,
            ])?;
        }
        mentions.finish()?;
        insert_statements(db, (id, self.last), document, analysis, &keys, &points)?;
        self.last += analysis.statements.len() as i64;
        let mut diagnostics = Rows::new(db, &DIAGNOSTICS);
        for (at, diagnostic) in (0u32..).zip(&analysis.diagnostics) {
            let (start, end) = points.of(diagnostic.span);
            diagnostics.add([
                number(id),
                number(at),
                number(start),
                number(end),
                text(diagnostic.code.name()),
            ])?;
        }
        diagnostics.finish()?;
        Ok(match earlier {
            Some(_) => Outcome::Changed,
            None => Outcome::New,
        })
    }

    /// Takes out a document and all that hangs on it.
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
}

/// Stores the statements of the document with the key `document_id`, numbered on from `last`, with all that hangs on them.
fn insert_statements(
    db: &Connection,
    (document_id, last): (i64, i64),
    document: &Document,
    analysis: &Analysis,
    keys: &[i64],
    points: &CodePoints<'_>,
) -> rusqlite::Result<()> {
    let words = document.text();
    let mut statements = Rows::new(db, &STATEMENTS);
    let mut contents = Rows::new(db, &CONTENTS);
    let mut participants = Rows::new(db, &PARTICIPANTS);
    let mut lines = Rows::new(db, &LINES);
    let id_of = |at: usize| last + 1 + at as i64;
    for (at, statement) in analysis.statements.iter().enumerate() {
        let id = id_of(at);
        let source = statement.source.as_ref();
        let speaker: Option<i64> = source.and_then(|s| s.entity).map(|e| keys[e]);
        let source_range = source.and_then(|s| s.span).map(|span| points.of(span));
        let cue = statement.cue.as_ref();
        let cue_range = cue.map(|cue| points.of(cue.span));
        let evidence = points.of(statement.provenance.evidence);
        let content: Vec<&str> = statement
            .content
            .iter()
            .map(|span| span.of(words))
            .collect();
        let confidence = (f64::from(statement.confidence) * 1000.0).round() / 1000.0;
        statements.add([
            number(id),
            number(document_id),
            number(at as i64 + 1),
            maybe(speaker),
            maybe(source_range.map(|r| r.0)),
            maybe(source_range.map(|r| r.1)),
            number(source.is_some_and(|s| s.continued)),
            maybe(cue_range.map(|r| r.0)),
            maybe(cue_range.map(|r| r.1)),
            text(cue.map(|cue| cue.lemma.as_str())),
            text(statement.kind.name()),
            text(statement.act.name()),
            number(statement.negated),
            text(statement.polarity.name()),
            maybe(statement.parent.map(id_of)),
            statement
                .said_on
                .map_or_else(|| text(None), |day| owned(day.to_string())),
            confidence.into(),
            text(statement.provenance.rule.as_str()),
            owned(statement.provenance.sieves.join("|")),
            number(evidence.0),
            number(evidence.1),
            owned(one_line(&content.join(" … "))),
            owned(one_line(statement.provenance.evidence.of(words))),
        ])?;
        for (nth, &span) in (0u32..).zip(&statement.content) {
            let (start, end) = points.of(span);
            contents.add([number(id), number(nth), number(start), number(end)])?;
        }
        let about = statement.about.iter().map(|&e| ("about", e, None));
        let addressees = statement.addressees.iter().map(|&e| ("addressee", e, None));
        let targets = statement
            .targets
            .iter()
            .map(|t| ("target", t.entity, Some(t.polarity.name())));
        let all = about.chain(addressees).chain(targets);
        for (nth, (role, entity, polarity)) in (0u32..).zip(all) {
            participants.add([
                number(id),
                text(role),
                number(nth),
                number(keys[entity]),
                text(polarity),
            ])?;
        }
        for (nth, line) in (0u32..).zip(&statement.provenance.lines) {
            lines.add([number(id), number(nth), owned(line.to_string())])?;
        }
    }
    statements.finish()?;
    contents.finish()?;
    participants.finish()?;
    lines.finish()
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
