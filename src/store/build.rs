//! A build from its first article to its end: what is committed when, and what is left in order.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use rusqlite::{OptionalExtension, params};

use super::{Error, Forget, Made, PAUSE, Place, RootKey, Store};
use crate::model::{DocumentId, Root};

/// The highest number of a statement.
pub(super) const LAST_STATEMENT: &str = "SELECT coalesce(max(id), 0) FROM statements";

/// The rows of the roots of a build.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<Option<Arc<Root>>, RootKey>);

impl Names {
    /// The row of a root of the inputs that the build was begun with.
    pub fn key(&self, root: &Option<Arc<Root>>) -> RootKey {
        self.0.get(root).copied().unwrap_or_default()
    }

    /// True for a root of this build.
    pub fn holds(&self, root: RootKey) -> bool {
        self.0.values().any(|&key| key == root)
    }
}

impl Store {
    /// Begins a build. Fails where it was told less than an earlier one and `forget` does not let that go. Writes nothing
    /// where nothing is new.
    pub fn begin_build(
        &mut self,
        made: Made,
        inputs: &[Place],
        forget: Forget,
    ) -> Result<Names, Error> {
        self.check_forgotten(&made, inputs, forget)?;
        let run = self
            .connection
            .query_row(
                "SELECT id FROM runs WHERE version = ?1 AND lexicon = ?2",
                params![env!("CARGO_PKG_VERSION"), made.lexicon],
                |row| row.get(0),
            )
            .optional()
            .map_err(|e| self.error(e))?;
        self.run = run.unwrap_or_default();
        self.nameless.clear();
        if !self.is_finished()? {
            self.altered = true;
            // An earlier build was killed before it came to them.
            let sql =
                "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM names) ORDER BY id";
            let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
            let rows = statement
                .query_map([], |row| row.get(0))
                .map_err(|e| self.error(e))?;
            self.nameless = rows.collect::<Result<_, _>>().map_err(|e| self.error(e))?;
        }
        self.load_failures()?;
        let fields = made.fields.clone();
        self.made = Some(made);
        let keys = self.note_roots(inputs, &fields, forget.fields)?;
        Ok(Names(keys))
    }

    /// The documents that are stored, and whether they were read with the data and the program of this build.
    pub fn documents(&self) -> Result<HashMap<DocumentId, bool>, Error> {
        let mut statement = self
            .connection
            .prepare("SELECT hash, run = ?1 FROM documents")
            .map_err(|e| self.error(e))?;
        let mut rows = statement.query([self.run]).map_err(|e| self.error(e))?;
        let mut documents = HashMap::new();
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let read = || -> rusqlite::Result<(String, bool)> { Ok((row.get(0)?, row.get(1)?)) };
            let (hash, current) = read().map_err(|e| self.error(e))?;
            if let Ok(id) = hash.parse() {
                documents.insert(id, current);
            }
        }
        Ok(documents)
    }

    /// So many documents are stored between two commits, unless two seconds pass before.
    pub fn commit_after(&mut self, documents: u32) {
        self.batch = documents.max(1);
    }

    /// Ends a build early: all that was added is durable, and the next one goes on from there.
    pub fn pause(&mut self) -> Result<(), Error> {
        self.drop_nameless()?;
        self.commit()?;
        self.tidy();
        Ok(())
    }

    /// Ends a build: all that was added is durable and indexed.
    pub fn finish(&mut self, names: &Names) -> Result<(), Error> {
        self.drop_nameless()?;
        self.drop_roots(names)?;
        self.link_reprints()?;
        self.index()?;
        if let Some(made) = self.made.clone()
            && !self.is_noted(&made)?
        {
            self.begin()?;
            self.note_made(&made, true)?;
            // Where all documents were read alike there is no need to look at each.
            self.run(
                "DELETE FROM runs WHERE NOT EXISTS (SELECT 1 FROM documents)
                OR (SELECT count(*) FROM runs) > 1 AND id NOT IN (SELECT run FROM documents)",
            )?;
        }
        self.commit()?;
        self.made = None;
        self.tidy();
        Ok(())
    }

    /// Begins a transaction unless one is open.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        if self.began.is_some() {
            return Ok(());
        }
        self.run("BEGIN IMMEDIATE")?;
        self.began = Some(Instant::now());
        let number = |sql: &str| {
            self.connection
                .query_row(sql, [], |row| row.get::<_, i64>(0))
                .map_err(|e| self.error(e))
        };
        let (last, version) = (number(LAST_STATEMENT)?, number("PRAGMA data_version")?);
        self.last = last;
        self.searchable = last;
        self.entities.of_version(version);
        if let Some(made) = &self.made {
            self.note_made(made, false)?;
            if self.run == 0 {
                let row = params![env!("CARGO_PKG_VERSION"), made.lexicon];
                self.connection
                    .execute("INSERT INTO runs (version, lexicon) VALUES (?1, ?2)", row)
                    .map_err(|e| self.error(e))?;
                self.run = self.connection.last_insert_rowid();
            }
        }
        Ok(())
    }

    /// Commits where enough has come together, or enough time has passed.
    pub(super) fn commit_now_and_then(&mut self) -> Result<(), Error> {
        let long = self.began.is_some_and(|began| began.elapsed() >= PAUSE);
        if long || self.pending >= self.batch {
            self.commit()?;
        }
        Ok(())
    }

    /// Makes all that was added durable.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        if self.began.is_some() {
            self.entities
                .settle(&self.connection)
                .map_err(|e| self.error(e))?;
            // All at once: the search index would write itself out at every savepoint.
            self.run(&format!("INSERT INTO search (rowid, sentence) SELECT id, sentence FROM statements WHERE id > {}; COMMIT", self.searchable))?;
            self.began = None;
            self.pending = 0;
        }
        Ok(())
    }

    /// Takes back what was added since the last commit.
    pub(super) fn take_back(&mut self) {
        self.began = None;
        self.pending = 0;
        self.indexed = 0;
        self.run = 0;
        self.entities.forget();
        // The error that led here is the one to tell; a failing rollback leaves the transaction to SQLite.
        let _ = self.run("ROLLBACK");
    }

    /// Drops the documents that have no name any more.
    fn drop_nameless(&mut self) -> Result<(), Error> {
        for document in std::mem::take(&mut self.nameless) {
            let has_name = "SELECT EXISTS (SELECT 1 FROM names WHERE document = ?1)";
            let has_name: bool = self
                .connection
                .prepare_cached(has_name)
                .and_then(|mut has_name| has_name.query_row([document], |row| row.get(0)))
                .map_err(|e| self.error(e))?;
            if !has_name {
                self.begin()?;
                self.remove(document).map_err(|e| self.error(e))?;
            }
        }
        Ok(())
    }

    /// Drops the roots of earlier builds in which nothing lies any more.
    fn drop_roots(&mut self, names: &Names) -> Result<(), Error> {
        for root in self.roots()? {
            let sql = "SELECT EXISTS (SELECT 1 FROM names WHERE root = ?1) OR EXISTS (SELECT 1 FROM failures WHERE root = ?1)";
            let is_used: bool = self
                .connection
                .query_row(sql, [root.key], |row| row.get(0))
                .map_err(|e| self.error(e))?;
            if !is_used && !names.holds(root.key) {
                self.begin()?;
                self.connection
                    .execute("DELETE FROM roots WHERE id = ?1", [root.key])
                    .map_err(|e| self.error(e))?;
            }
        }
        Ok(())
    }

    /// Puts everything into the one file. While somebody reads, that is left to whoever closes it last.
    fn tidy(&self) {
        let _ = self.connection.busy_timeout(std::time::Duration::ZERO);
        let _ = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        let _ = self
            .connection
            .busy_timeout(std::time::Duration::from_secs(5));
    }
}
