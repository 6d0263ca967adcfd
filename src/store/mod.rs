//! Documents and analyses to SQLite, and rows back out: the only user of rusqlite.
//!
//! One file. Every document is all or nothing; a killed run can be run again. Reading for SQL of a user's own happens on
//! a connection that cannot write.

mod entity;
mod error;
mod prepared;
mod read;
mod rows;
mod sql;
mod unlisted;
mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use entity::Known;

pub use error::Error;
pub use read::{Counts, EdgeRow, Explanation, StatementFilter};
pub use sql::{Cell, Table};
pub use unlisted::Unlisted;
pub use write::{Outcome, state_of};

/// "sayS", in the header of every database of this program.
const APPLICATION_ID: i64 = 0x7361_7953;
/// One step of SQL per schema version.
const MIGRATIONS: [&str; 2] = [
    include_str!("schema.sql"),
    include_str!("kinds-of-sentences.sql"),
];

/// What makes looking up fast, line by line.
const INDEXES: &str = include_str!("indexes.sql");

/// A database of statements.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// Documents since the last commit.
    pending: u32,
    run: i64,
    /// Documents were replaced or dropped since the last commit: entities may be orphans.
    orphans: bool,
    /// The last statement.
    last: i64,
    /// The last one that the search index holds.
    searchable: i64,
    /// Lines of [`INDEXES`] that are done.
    indexed: usize,
    known: Known,
}

impl Store {
    /// Opens the database at `path` for writing; makes it where there is none.
    pub fn open_or_create(path: &Path) -> Result<Store, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).map_err(|e| Error::of(path, e))?;
        let mut store = Store::new(connection, path);
        store.prepare()?;
        store.migrate()?;
        let documents = "SELECT EXISTS (SELECT 1 FROM documents)";
        let filled = store
            .connection
            .query_row(documents, [], |row| row.get(0))
            .map_err(|e| store.error(e))?;
        if filled {
            store.index()?;
        }
        Ok(store)
    }

    /// Opens the database at `path`; nothing can be changed through it.
    pub fn open_read_only(path: &Path) -> Result<Store, Error> {
        if !path.exists() {
            return Err(Error::Missing {
                path: path.to_owned(),
            });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).map_err(|e| Error::of(path, e))?;
        let store = Store::new(connection, path);
        store.prepare()?;
        let version = store.version()?;
        store.check_version(version)?;
        if version == 0 {
            return Err(Error::Empty {
                path: path.to_owned(),
            });
        }
        store.run("PRAGMA query_only = ON")?;
        Ok(store)
    }

    fn new(connection: Connection, path: &Path) -> Store {
        Store {
            connection,
            path: path.to_owned(),
            pending: 0,
            run: 0,
            orphans: false,
            last: 0,
            searchable: 0,
            indexed: 0,
            known: Known::default(),
        }
    }

    fn prepare(&self) -> Result<(), Error> {
        self.connection
            .busy_timeout(Duration::from_secs(5))
            .map_err(|e| self.error(e))?;
        self.connection.set_prepared_statement_cache_capacity(64);
        // Every key that is written was given a moment before: to look each up again costs a build a tenth.
        self.run(
            "PRAGMA cache_size = -64000; PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF",
        )
    }

    /// Brings the schema up to date, in one transaction.
    fn migrate(&mut self) -> Result<(), Error> {
        let version = self.version()?;
        self.check_version(version)?;
        if version == MIGRATIONS.len() as i64 {
            return Ok(());
        }
        self.run("BEGIN IMMEDIATE")?;
        for step in &MIGRATIONS[version as usize..] {
            self.run(step)?;
        }
        self.run(&format!(
            "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {}; COMMIT",
            MIGRATIONS.len()
        ))
    }

    /// Makes the indexes that are not there yet; without them a table is filled faster.
    fn index(&mut self) -> Result<(), Error> {
        let missing: Vec<&str> = INDEXES.lines().skip(self.indexed).collect();
        if !missing.is_empty() {
            let sql = missing.concat();
            match self.pending {
                0 => self.run(&format!("BEGIN IMMEDIATE; {sql} COMMIT"))?,
                _ => self.run(&sql)?,
            }
            self.indexed += missing.len();
        }
        Ok(())
    }

    /// Makes one of them, as part of what will be committed.
    pub fn index_next(&mut self) -> Result<(), Error> {
        if self.pending > 0
            && let Some(index) = INDEXES.lines().nth(self.indexed)
        {
            self.run(index)?;
            self.indexed += 1;
        }
        Ok(())
    }

    /// The schema version; 0 for an empty file.
    fn version(&self) -> Result<i64, Error> {
        let number = |sql: &str| {
            self.connection
                .query_row(sql, [], |row| row.get::<_, i64>(0))
                .map_err(|e| self.error(e))
        };
        let application = number("PRAGMA application_id")?;
        let version = number("PRAGMA user_version")?;
        let tables = number("SELECT count(*) FROM sqlite_schema")?;
        if application != APPLICATION_ID && (tables > 0 || version > 0) {
            return Err(Error::Foreign {
                path: self.path.clone(),
            });
        }
        Ok(version)
    }

    fn check_version(&self, found: i64) -> Result<(), Error> {
        let known = MIGRATIONS.len() as i64;
        if found > known {
            return Err(Error::Newer {
                path: self.path.clone(),
                found,
                known,
            });
        }
        Ok(())
    }

    fn run(&self, sql: &str) -> Result<(), Error> {
        self.connection
            .execute_batch(sql)
            .map_err(|e| self.error(e))
    }

    fn error(&self, source: rusqlite::Error) -> Error {
        Error::of(&self.path, source)
    }
}
