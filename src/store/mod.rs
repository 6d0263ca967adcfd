//! Documents and analyses to SQLite, and rows back out: the only user of rusqlite.
//!
//! One file. Every document is all or nothing; a killed run can be run again. Reading for SQL of a user's own happens on
//! a connection that cannot write.

mod build;
mod entity;
mod error;
mod failure;
mod lock;
mod made;
mod name;
mod prepared;
mod read;
mod reprint;
mod rows;
mod sql;
mod statement;
mod status;
mod unlisted;
mod write;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use entity::Entities;
use lock::Lock;

pub use build::Names;
pub use error::Error;
pub use failure::Failure;
pub use made::{Forget, Made, Told};
pub use name::{Place, RootKey, StoredRoot};
pub use read::{Counts, EdgeRow, Explanation, StatementFilter};
pub use sql::{Cell, Limits, Table};
pub use status::Status;
pub use unlisted::Unlisted;
pub use write::Outcome;

/// "sayS", in the header of every database of this program.
const APPLICATION_ID: i64 = 0x7361_7953;
/// The version of the schema.
const VERSION: i64 = 5;
const SCHEMA: &str = include_str!("schema.sql");

/// What makes looking up fast, line by line.
const INDEXES: &str = include_str!("indexes.sql");

/// Documents between two commits: few enough to lose little to a power cut, many enough to be fast.
const BATCH: u32 = 256;
/// The longest time between two commits.
const PAUSE: Duration = Duration::from_secs(2);

/// A database of statements.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// The folder that it lies in, absolute and without links.
    folder: PathBuf,
    /// When the transaction was begun that is open.
    began: Option<Instant>,
    /// Documents since then.
    pending: u32,
    batch: u32,
    run: i64,
    /// What the build is told, until that is written down.
    made: Option<Made>,
    /// Documents that lost a name in this build.
    nameless: BTreeSet<i64>,
    /// What could not be read, and whether that was in this build.
    failing: HashMap<(RootKey, String), bool>,
    /// The last statement.
    last: i64,
    /// The last one that the search index holds.
    searchable: i64,
    /// Lines of [`INDEXES`] that are done.
    indexed: usize,
    entities: Entities,
    /// Documents came or went since copies were looked for.
    altered: bool,
    /// Let go behind the connection.
    _lock: Option<Lock>,
}

impl Store {
    /// Opens the database at `path` for writing; makes it where there is none. While another build goes on, it waits.
    pub fn open_or_create(path: &Path) -> Result<Store, Error> {
        let store = Store::open_or_wait(path, |_| true)?;
        store.ok_or_else(|| Error::Locked {
            path: path.to_owned(),
        })
    }

    /// The same. While another build goes on, `waiting` is asked, first with `true`, whether to go on waiting; `None`: no.
    pub fn open_or_wait(
        path: &Path,
        waiting: impl FnMut(bool) -> bool,
    ) -> Result<Option<Store>, Error> {
        let is_file = path.file_name().is_some_and(|name| name != ":memory:");
        if !is_file {
            return Err(Error::NoFile {
                path: path.to_owned(),
            });
        }
        if path.is_dir() {
            return Err(Error::Foreign {
                path: path.to_owned(),
            });
        }
        let Some(lock) = Lock::take(path, waiting)? else {
            return Ok(None);
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).map_err(|e| Error::of(path, e))?;
        let mut store = Store::new(connection, path, Some(lock));
        store.prepare()?;
        let version = store.version()?;
        // Readers go on reading what was committed, however long they take.
        let wal = "PRAGMA journal_mode = WAL";
        store
            .connection
            .query_row(wal, [], |_| Ok(()))
            .map_err(|e| store.error(e))?;
        if version == 0 {
            store.create()?;
        }
        let documents = "SELECT EXISTS (SELECT 1 FROM documents)";
        let filled = store
            .connection
            .query_row(documents, [], |row| row.get(0))
            .map_err(|e| store.error(e))?;
        if filled {
            store.index()?;
        }
        Ok(Some(store))
    }

    /// Makes the tables and views of an empty database, in one transaction.
    fn create(&self) -> Result<(), Error> {
        self.run(&format!(
            "BEGIN IMMEDIATE; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT"
        ))
    }

    /// Opens the database at `path`; nothing can be changed through it.
    pub fn open_read_only(path: &Path) -> Result<Store, Error> {
        if !path.exists() {
            return Err(Error::Missing {
                path: path.to_owned(),
            });
        }
        // What a build that was killed left behind must be taken in first, and that is to write.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match Store::open_for_reading(Connection::open_with_flags(path, flags), path) {
            Err(Error::ReadOnly { .. }) if !has_log(path) => {
                // In a folder that is not ours to write in, a file is read as it stands.
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                    | OpenFlags::SQLITE_OPEN_URI
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let uri = uri_of(path);
                Store::open_for_reading(Connection::open_with_flags(uri, flags), path)
            }
            opened => opened,
        }
    }

    fn open_for_reading(opened: rusqlite::Result<Connection>, path: &Path) -> Result<Store, Error> {
        let connection = opened.map_err(|e| Error::of(path, e))?;
        let store = Store::new(connection, path, None);
        store.prepare()?;
        if store.version()? == 0 {
            return Err(Error::Empty {
                path: path.to_owned(),
            });
        }
        store.run("PRAGMA query_only = ON")?;
        Ok(store)
    }

    fn new(connection: Connection, path: &Path, lock: Option<Lock>) -> Store {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        Store {
            connection,
            path: path.to_owned(),
            folder: folder.canonicalize().unwrap_or_else(|_| folder.to_owned()),
            began: None,
            pending: 0,
            batch: BATCH,
            run: 0,
            made: None,
            nameless: BTreeSet::new(),
            failing: HashMap::new(),
            last: 0,
            searchable: 0,
            indexed: 0,
            entities: Entities::default(),
            altered: false,
            _lock: lock,
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

    /// Makes the indexes that are not there yet; without them a table is filled faster.
    fn index(&mut self) -> Result<(), Error> {
        let missing: Vec<&str> = INDEXES.lines().skip(self.indexed).collect();
        if !missing.is_empty() {
            let sql = missing.concat();
            match self.began {
                None => self.run(&format!("BEGIN IMMEDIATE; {sql} COMMIT"))?,
                Some(_) => self.run(&sql)?,
            }
            self.indexed += missing.len();
        }
        Ok(())
    }

    /// Makes one of them, as part of what will be committed.
    pub fn index_next(&mut self) -> Result<(), Error> {
        if self.began.is_some()
            && let Some(index) = INDEXES.lines().nth(self.indexed)
        {
            self.run(index)?;
            self.indexed += 1;
        }
        Ok(())
    }

    /// The schema version: this program's, or 0 for an empty file. Any other is an error.
    fn version(&self) -> Result<i64, Error> {
        let number = |sql: &str| {
            self.connection
                .query_row(sql, [], |row| row.get::<_, i64>(0))
                .map_err(|e| self.error(e))
        };
        let application = number("PRAGMA application_id")?;
        let found = number("PRAGMA user_version")?;
        let tables = number("SELECT count(*) FROM sqlite_schema")?;
        let path = self.path.clone();
        if application != APPLICATION_ID && (tables > 0 || found > 0) {
            return Err(Error::Foreign { path });
        }
        let known = VERSION;
        match found {
            _ if found < 0 || found == 0 && tables > 0 || found == VERSION && tables == 0 => {
                Err(Error::Damaged { path })
            }
            0 | VERSION => Ok(found),
            _ if found > known => Err(Error::Newer { path, found, known }),
            _ => Err(Error::Older { path, found, known }),
        }
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

/// True where something is committed that is not in the file yet.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|meta| meta.len() > 0)
}

/// The file at `path` for SQLite, which then takes it that nobody writes to it.
fn uri_of(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(byte as char),
            _ if byte.is_ascii_alphanumeric() => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}
