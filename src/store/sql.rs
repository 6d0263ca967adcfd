//! SQL of a user's own, and saved queries: SQLite itself is asked what a query does before it runs, and stopped when it takes
//! too much.
//!
//! In: one SELECT, values for its `:names`, limits. Out: rows. It only reads: no other file, no setting, no extension.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, Statement};

use super::{Error, Store};

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// NULL
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Words; bytes that are none are shown in hexadecimal.
    Text(String),
}

/// Rows with the names of their columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// How much a query may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From the first look at it to its last row; `None`: as long as it likes.
    pub time: Option<Duration>,
    /// Bytes, for SQLite and the rows together. SQLite's part holds for all stores of the process from then on, and can only
    /// be lowered.
    pub memory: u64,
    /// What comes after so many rows is left out.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            time: Some(Duration::from_secs(30)),
            memory: 512 << 20,
            rows: 1_000_000,
        }
    }
}

/// Steps of SQLite's machine between two looks at the clock: some tens of microseconds.
const STEPS: i32 = 10_000;

/// The longest query, in bytes.
const LONGEST: i32 = 1_000_000;

impl Store {
    /// The rows of one SELECT. `parameters` fills `:name`; a name that the query does not have is ignored, one without a
    /// value is NULL. SQL that does anything but read, and more than one statement, is refused.
    pub fn query(
        &mut self,
        sql: &str,
        parameters: &[(String, Cell)],
        limits: &Limits,
    ) -> Result<Table, Error> {
        let guard = Guard::new(limits);
        let answer = guard
            .watch(&mut self.connection)
            .and_then(|()| rows(&self.connection, sql, parameters, limits));
        let free = |connection: &mut Connection| {
            connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
            connection.progress_handler(0, None::<fn() -> bool>)
        };
        let freed = free(&mut self.connection);
        let table = answer.map_err(|stop| self.stopped(stop, &guard, limits))?;
        freed.map_err(|e| self.error(e))?;
        Ok(table)
    }

    fn stopped(&self, stop: Stop, guard: &Guard, limits: &Limits) -> Error {
        let megabytes = limits.memory >> 20;
        let error = match stop {
            Stop::TooBig => return Error::TooBig { megabytes },
            Stop::Writes => {
                let what = "it would change the database".to_owned();
                return Error::Refused { what };
            }
            Stop::Sqlite(error) => error,
        };
        if let Some(what) = guard.refused() {
            return Error::Refused { what };
        }
        let no_room = error
            .sqlite_error()
            .is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_NOMEM);
        match error.sqlite_error_code() {
            _ if no_room => Error::TooBig { megabytes },
            Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => {
                let what = "it would change the database".to_owned();
                Error::Refused { what }
            }
            Some(ErrorCode::OperationInterrupted) => Error::TooLong {
                seconds: limits.time.unwrap_or_default().as_secs_f64(),
            },
            Some(ErrorCode::OutOfMemory | ErrorCode::TooBig) => Error::TooBig { megabytes },
            Some(ErrorCode::Unknown) | None => Error::Sql {
                message: plain(&error),
            },
            _ => self.error(error),
        }
    }
}

/// Why there are no rows.
enum Stop {
    Sqlite(rusqlite::Error),
    TooBig,
    Writes,
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Stop {
        Stop::Sqlite(error)
    }
}

/// Stands between SQLite and a query.
struct Guard {
    limits: Limits,
    refused: Arc<Mutex<Option<String>>>,
}

impl Guard {
    fn new(limits: &Limits) -> Guard {
        Guard {
            limits: *limits,
            refused: Arc::default(),
        }
    }

    fn watch(&self, connection: &mut Connection) -> Result<(), Stop> {
        let memory = i64::try_from(self.limits.memory).unwrap_or(i64::MAX);
        connection.pragma_update(None, "hard_heap_limit", memory)?;
        let longest = i32::try_from(self.limits.memory).unwrap_or(i32::MAX);
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest.min(1_000_000_000))?;
        connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, LONGEST)?;
        connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        if let Some(time) = self.limits.time {
            let end = Instant::now().checked_add(time);
            let late = move || end.is_some_and(|end| Instant::now() >= end);
            connection.progress_handler(STEPS, Some(late))?;
        }
        let refused = Arc::clone(&self.refused);
        connection.authorizer(Some(move |context: AuthContext<'_>| {
            match refusal(&context.action) {
                None => Authorization::Allow,
                Some(what) => {
                    *refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
                    Authorization::Deny
                }
            }
        }))?;
        Ok(())
    }

    fn refused(&self) -> Option<String> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.clone()
    }
}

/// What is wrong with doing this; `None` for reading.
fn refusal(action: &AuthAction<'_>) -> Option<String> {
    // Settings that a query reads about: tables, columns, indexes; FTS5 asks for the last.
    const TOLD: [&str; 10] = [
        "table_info",
        "table_xinfo",
        "table_list",
        "index_list",
        "index_info",
        "index_xinfo",
        "foreign_key_check",
        "foreign_key_list",
        "function_list",
        "data_version",
    ];
    // The same where no value is given.
    const VALUES: [&str; 5] = [
        "application_id",
        "user_version",
        "schema_version",
        "encoding",
        "page_count",
    ];
    // They load code, or make others load it.
    const FUNCTIONS: [&str; 2] = ["load_extension", "fts3_tokenizer"];
    match *action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => None,
        AuthAction::Function { function_name }
            if !FUNCTIONS.contains(&function_name.to_ascii_lowercase().as_str()) =>
        {
            None
        }
        AuthAction::Function { function_name } => Some(format!("the function {function_name}")),
        AuthAction::Pragma {
            pragma_name,
            pragma_value,
        } => {
            let name = pragma_name.to_ascii_lowercase();
            let told = TOLD.contains(&name.as_str())
                || (pragma_value.is_none() && VALUES.contains(&name.as_str()));
            (!told).then(|| format!("PRAGMA {pragma_name}"))
        }
        AuthAction::Attach { .. } => Some("ATTACH".to_owned()),
        AuthAction::Detach { .. } => Some("DETACH".to_owned()),
        AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => {
            Some("a transaction".to_owned())
        }
        _ => Some("it would change the database".to_owned()),
    }
}

fn rows(
    connection: &Connection,
    sql: &str,
    parameters: &[(String, Cell)],
    limits: &Limits,
) -> Result<Table, Stop> {
    let mut statement = connection.prepare(sql)?;
    if !statement.readonly() {
        return Err(Stop::Writes);
    }
    bind(&mut statement, parameters)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = Vec::new();
    let mut bytes = 0;
    let mut found = statement.raw_query();
    while rows.len() < limits.rows
        && let Some(row) = found.next()?
    {
        let mut cells = Vec::with_capacity(columns.len());
        for at in 0..columns.len() {
            let cell = cell(row.get_ref(at)?);
            if let Cell::Text(text) = &cell {
                bytes += text.len() as u64;
            }
            bytes += size_of::<Cell>() as u64;
            cells.push(cell);
        }
        rows.push(cells);
        if bytes > limits.memory {
            return Err(Stop::TooBig);
        }
    }
    Ok(Table { columns, rows })
}

fn bind(statement: &mut Statement<'_>, parameters: &[(String, Cell)]) -> rusqlite::Result<()> {
    for (name, value) in parameters {
        if let Some(index) = statement.parameter_index(&format!(":{name}"))? {
            let value = match value {
                Cell::Null => ToSqlOutput::Owned(Value::Null),
                Cell::Integer(n) => ToSqlOutput::Owned(Value::Integer(*n)),
                Cell::Real(n) => ToSqlOutput::Owned(Value::Real(*n)),
                Cell::Text(text) => ToSqlOutput::from(text.as_str()),
            };
            statement.raw_bind_parameter(index, value)?;
        }
    }
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(n) => Cell::Integer(n),
        ValueRef::Real(n) => Cell::Real(n),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Text(bytes.iter().map(|b| format!("{b:02x}")).collect()),
    }
}

pub(super) fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } if *offset >= 0 => {
            format!("{msg} (at character {offset})")
        }
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::MultipleStatement => "more than one SQL statement".to_owned(),
        other => other.to_string(),
    }
}
