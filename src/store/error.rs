//! Why a store cannot be read or written.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What went wrong with a store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No such file.
    #[error("there is no database `{}`", path.display())]
    Missing {
        /// Where.
        path: PathBuf,
    },
    /// Nothing was built into it yet.
    #[error("`{}` is empty", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
    /// A file of another kind, or another program's database.
    #[error("`{}` is not a sayso database", path.display())]
    Foreign {
        /// Which.
        path: PathBuf,
    },
    /// Written by a later version.
    #[error("`{}` has schema {found}, this program knows up to {known}", path.display())]
    Newer {
        /// Which.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The latest schema known.
        known: i64,
    },
    /// Written by an earlier version.
    #[error("`{}` was made by an older sayso (schema {found}, now {known})", path.display())]
    Older {
        /// Which.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The schema of this program.
        known: i64,
    },
    /// No name of a file.
    #[error("`{}` is no file to keep a database in", path.display())]
    NoFile {
        /// What was given.
        path: PathBuf,
    },
    /// A build would read articles again without the corrections that they were read with.
    #[error("this build would drop corrections that `{}` was made with: {}", path.display(), counted(files))]
    ForgetsCorrections {
        /// The database.
        path: PathBuf,
        /// The files that are not given, from the folder of the database on, each with how many of its rows are lacking.
        files: Vec<(String, usize)>,
    },
    /// A build would read articles again without the fields, or what was said of them, that they were read with.
    #[error("this build would drop what `{}` was made with: {}", path.display(), fields.join(", "))]
    ForgetsFields {
        /// The database.
        path: PathBuf,
        /// What is not given.
        fields: Vec<String>,
    },
    /// The file that keeps two builds apart cannot be made.
    #[error("`{}` cannot be written: {source}", path.display())]
    Lock {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is broken.
    #[error("`{}` is damaged", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
    },
    /// Another program writes to it.
    #[error("`{}` is in use by another program", path.display())]
    Locked {
        /// Which.
        path: PathBuf,
    },
    /// No room on the disk.
    #[error("no room left for `{}`", path.display())]
    Full {
        /// Which.
        path: PathBuf,
    },
    /// May not be written.
    #[error("`{}` cannot be written", path.display())]
    ReadOnly {
        /// Which.
        path: PathBuf,
    },
    /// SQL that would do more than read.
    #[error("this SQL does more than read: {what}")]
    Refused {
        /// What it does.
        what: String,
    },
    /// SQL that ran out of time.
    #[error("this SQL takes longer than {seconds} s")]
    TooLong {
        /// The time that it had.
        seconds: f64,
    },
    /// SQL that ran out of memory.
    #[error("this SQL takes more than {megabytes} MB of memory")]
    TooBig {
        /// What it had.
        megabytes: u64,
    },
    /// SQL that SQLite does not accept.
    #[error("{message}")]
    Sql {
        /// SQLite's words.
        message: String,
    },
    /// Anything else that SQLite reports.
    #[error("`{}`: {source}", path.display())]
    Sqlite {
        /// Which.
        path: PathBuf,
        /// SQLite's words.
        #[source]
        source: rusqlite::Error,
    },
}

impl Error {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Error::Missing { .. } | Error::Empty { .. } => {
                "fill it with `sayso build FOLDER`, or name another with --db".to_owned()
            }
            Error::Foreign { .. } => {
                "name another file with --db; this one is left as it is".to_owned()
            }
            Error::Newer { .. } => {
                "use a newer sayso, or build into another file with --db".to_owned()
            }
            Error::Older { .. } => {
                "build it again into another file with --db, or move this one away first; the articles are all that is needed".to_owned()
            }
            Error::NoFile { .. } => "name a file with --db: --db news.sqlite".to_owned(),
            Error::ForgetsCorrections { .. } => {
                "give their folder again with --gazetteers, or let them go with --forget corrections".to_owned()
            }
            Error::ForgetsFields { fields, .. } => {
                let again = fields.iter().map(|field| match field.starts_with("--") {
                    true => field.clone(),
                    false => format!("--field {field}"),
                });
                let again = again.collect::<Vec<_>>().join(" ");
                format!("give them again ({again}), or let them go with --forget fields")
            }
            Error::Damaged { .. } => {
                "build it again into another file; the articles are all that is needed".to_owned()
            }
            Error::Locked { .. } => {
                "wait until the other program is done and run it again; what was stored is kept".to_owned()
            }
            Error::Full { .. } => {
                "free some space and run it again: what was stored before is kept".to_owned()
            }
            Error::ReadOnly { .. } | Error::Lock { .. } => {
                "check the rights of the file and its folder, or name another with --db".to_owned()
            }
            Error::Refused { .. } => {
                "only SELECT is possible here; `sayso build` changes a database".to_owned()
            }
            Error::TooLong { .. } => {
                "ask for less, or give it more time: --timeout SECONDS, 0 for no end".to_owned()
            }
            Error::TooBig { .. } => "ask for less, or give it more memory: --memory MB".to_owned(),
            Error::Sql { .. } => "`sayso schema` lists the tables, columns and views".to_owned(),
            Error::Sqlite { .. } => "if it happens again, build into another file".to_owned(),
        }
    }

    /// What SQLite reports of the file at `path`.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Error {
        let path = path.to_owned();
        if path.is_dir() {
            return Error::Foreign { path };
        }
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Error::Foreign { path },
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Locked { path },
            Some(ErrorCode::DiskFull) => Error::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Error::ReadOnly { path }
            }
            _ => Error::Sqlite { path, source },
        }
    }
}

/// "mine/merges.tsv (2), mine/splits.tsv (1)"
fn counted(files: &[(String, usize)]) -> String {
    let files = files.iter().map(|(file, rows)| format!("{file} ({rows})"));
    files.collect::<Vec<_>>().join(", ")
}
