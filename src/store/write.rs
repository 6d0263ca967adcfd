//! Documents into the store.

use std::sync::LazyLock;

use rusqlite::{OptionalExtension, params};

use super::build::LAST_STATEMENT;
use super::rows::{Insert, Rows, maybe, number, owned, text};
use super::statement::{self, Of};
use super::{Error, RootKey, Store};
use crate::model::{Analysis, CodePoints, Document, DocumentId, Resolution};

static SENTENCES: LazyLock<Insert<5>> = LazyLock::new(|| Insert::into("sentences"));
static MENTIONS: LazyLock<Insert<8>> = LazyLock::new(|| Insert::into("mentions"));
static DIAGNOSTICS: LazyLock<Insert<5>> = LazyLock::new(|| Insert::into("diagnostics"));
static FORMS: LazyLock<Insert<2>> = LazyLock::new(|| Insert::into("document_forms"));
static ALIASES: LazyLock<Insert<2>> = LazyLock::new(|| Insert::into("document_aliases"));

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was called so before.
    New,
    /// It took the place of another one, or was read again.
    Changed,
    /// It is as it was.
    Unchanged,
    /// Another document, which is called so, has its id: it is not stored.
    Alike(String),
}

impl Store {
    /// Stores the document `id` that was found at `root`, with all that was found in it. An error takes back what was added
    /// since the last commit: no document is ever there in part.
    pub fn add(
        &mut self,
        root: RootKey,
        id: DocumentId,
        document: &Document,
        analysis: &Analysis,
    ) -> Result<Outcome, Error> {
        self.begin()?;
        self.pending += 1;
        match self.insert(root, id, document, analysis) {
            Ok(outcome) => {
                if !matches!(outcome, Outcome::Alike(_)) {
                    self.drop_failure(root, document.name())?;
                }
                self.commit_now_and_then()?;
                Ok(outcome)
            }
            Err(error) => {
                let error = self.error(error);
                self.take_back();
                Err(error)
            }
        }
    }

    /// True where another document than `id` was found at `root` under this name.
    pub fn has_another(&self, root: RootKey, name: &str, id: DocumentId) -> Result<bool, Error> {
        let sql = "SELECT d.hash <> ?3 FROM names n JOIN documents d ON d.id = n.document WHERE n.root = ?1 AND n.name = ?2";
        let another = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.query_row(params![root, name, id.to_string()], |row| row.get(0))
                    .optional()
            })
            .map_err(|e| self.error(e))?;
        Ok(another.unwrap_or(false))
    }

    /// Says that the document `id`, which is stored, was found at `root` under this name.
    pub fn find_again(
        &mut self,
        root: RootKey,
        name: &str,
        id: DocumentId,
    ) -> Result<Outcome, Error> {
        let failed = |store: &Store, e| store.error(e);
        let document: i64 = self
            .connection
            .prepare_cached("SELECT id FROM documents WHERE hash = ?1")
            .and_then(|mut find| find.query_row([id.to_string()], |row| row.get(0)))
            .map_err(|e| failed(self, e))?;
        self.drop_failure(root, name)?;
        let earlier = self.called(root, name).map_err(|e| failed(self, e))?;
        if earlier == Some(document) {
            return Ok(Outcome::Unchanged);
        }
        self.begin()?;
        self.call((root, name), document)
            .map_err(|e| failed(self, e))?;
        self.commit_now_and_then()?;
        Ok(match earlier {
            Some(_) => Outcome::Changed,
            None => Outcome::New,
        })
    }

    fn insert(
        &mut self,
        root: RootKey,
        id: DocumentId,
        document: &Document,
        analysis: &Analysis,
    ) -> rusqlite::Result<Outcome> {
        let hash = id.to_string();
        let earlier: Option<(i64, i64, String, String)> = self
            .connection
            .prepare_cached("SELECT id, run, sha256, name FROM documents WHERE hash = ?1")?
            .query_row([&hash], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let mut key = None;
        let mut name = document.name().to_owned();
        if let Some((earlier, run, sha256, called)) = earlier {
            if sha256 != document.sha256() {
                return Ok(Outcome::Alike(called));
            }
            if run != self.run {
                self.remove(earlier)?;
                // Numbers of statements that are gone may be given again: what follows is not in the search index yet.
                self.last = self
                    .connection
                    .query_row(LAST_STATEMENT, [], |row| row.get(0))?;
                self.searchable = self.searchable.min(self.last);
                name = called;
            }
            key = Some((earlier, run != self.run));
        }
        let key = match key {
            Some((key, false)) => key,
            Some((key, true)) => self.insert_rows(Some(key), &hash, &name, document, analysis)?,
            None => self.insert_rows(None, &hash, &name, document, analysis)?,
        };
        Ok(match self.call((root, document.name()), key)? {
            Some(_) => Outcome::Changed,
            None => Outcome::New,
        })
    }

    /// Stores a document that is not there, under the key `key` if it has one. Returns its key.
    fn insert_rows(
        &mut self,
        key: Option<i64>,
        hash: &str,
        name: &str,
        document: &Document,
        analysis: &Analysis,
    ) -> rusqlite::Result<i64> {
        let db = &self.connection;
        let meta = &document.meta;
        db.prepare_cached("INSERT INTO documents (id, hash, name, title, publisher, author, published, url, sha256, run, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?.execute(params![
            key,
            hash,
            name,
            meta.title,
            meta.publisher,
            meta.author,
            meta.published.map(|day| day.to_string()),
            meta.url,
            document.sha256(),
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
        let keys = self.entities.add(
            db,
            (&FORMS, &ALIASES),
            id,
            &analysis.entities,
            &spoken_of(analysis),
        )?;
        let mut mentions = Rows::new(db, &MENTIONS);
        let found = analysis.mentions.iter().zip(&analysis.resolutions);
        for (at, (mention, resolution)) in (0u32..).zip(found) {
            let (start, end) = points.of(mention.span);
            let entity: Option<i64> = resolution.entity().and_then(|e| keys[e]);
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
        let of = Of {
            document: id,
            last: self.last,
            entities: &keys,
        };
        statement::insert(db, &of, document, analysis, &points)?;
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
        db.prepare_cached("INSERT INTO signatures (document, bins) VALUES (?1, ?2)")?
            .execute(params![id, analysis.signature.bytes()])?;
        self.forget_reprints()?;
        Ok(id)
    }

    /// Takes out a document and all that hangs on it.
    pub(super) fn remove(&mut self, id: i64) -> rusqlite::Result<()> {
        const OF_STATEMENTS: [&str; 3] = ["contents", "participants", "lines"];
        const OF_DOCUMENTS: [&str; 5] = [
            "sentences",
            "mentions",
            "statements",
            "diagnostics",
            "signatures",
        ];
        self.forget_reprints()?;
        self.entities.remove(&self.connection, id)?;
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

/// Which entities of a document are spoken of: mentioned, a source, or part of a statement.
fn spoken_of(analysis: &Analysis) -> Vec<bool> {
    let mut spoken_of = vec![false; analysis.entities.len()];
    let mentioned = analysis.resolutions.iter().filter_map(|r| r.entity());
    let in_statements = analysis.statements.iter().flat_map(|s| {
        let source = s.source.as_ref().and_then(|source| source.entity);
        let targets = s.targets.iter().map(|target| target.entity);
        let others = s.about.iter().chain(&s.addressees).copied();
        source.into_iter().chain(targets).chain(others)
    });
    for entity in mentioned.chain(in_statements) {
        spoken_of[entity] = true;
    }
    spoken_of
}
