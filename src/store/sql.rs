//! SQL of a user's own, and saved queries: read-only by construction.

use rusqlite::types::ValueRef;

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

impl Store {
    /// The rows of one SELECT. `parameters` fills `:name`; a name that the query does not have is ignored, one without a
    /// value is NULL. SQL that would change anything, and more than one statement, is refused.
    pub fn query(&self, sql: &str, parameters: &[(String, String)]) -> Result<Table, Error> {
        let failed = |e: rusqlite::Error| match e.sqlite_error_code() {
            Some(
                rusqlite::ErrorCode::ReadOnly
                | rusqlite::ErrorCode::AuthorizationForStatementDenied,
            ) => Error::Writes,
            Some(rusqlite::ErrorCode::Unknown) | None => Error::Sql { message: plain(&e) },
            _ => self.error(e),
        };
        let upper = without_comments(sql).to_ascii_uppercase();
        let changes = [
            "ATTACH",
            "DETACH",
            "PRAGMA",
            "VACUUM",
            "BEGIN",
            "COMMIT",
            "END",
            "ROLLBACK",
            "SAVEPOINT",
            "RELEASE",
        ];
        if changes.iter().any(|word| upper.starts_with(word)) {
            return Err(Error::Writes);
        }
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        if !statement.readonly() {
            return Err(Error::Writes);
        }
        for (name, value) in parameters {
            if let Some(index) = statement
                .parameter_index(&format!(":{name}"))
                .map_err(failed)?
            {
                statement.raw_bind_parameter(index, value).map_err(failed)?;
            }
        }
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = Vec::new();
        let mut found = statement.raw_query();
        while let Some(row) = found.next().map_err(failed)? {
            let cells = (0..columns.len())
                .map(|at| {
                    row.get_ref(at).map(|value| match value {
                        ValueRef::Null => Cell::Null,
                        ValueRef::Integer(n) => Cell::Integer(n),
                        ValueRef::Real(n) => Cell::Real(n),
                        ValueRef::Text(text) => {
                            Cell::Text(String::from_utf8_lossy(text).into_owned())
                        }
                        ValueRef::Blob(bytes) => {
                            Cell::Text(bytes.iter().map(|b| format!("{b:02x}")).collect())
                        }
                    })
                })
                .collect::<rusqlite::Result<Vec<Cell>>>()
                .map_err(failed)?;
            rows.push(cells);
        }
        Ok(Table { columns, rows })
    }
}

/// `sql` from its first word on.
fn without_comments(sql: &str) -> &str {
    let mut sql = sql.trim_start();
    loop {
        let rest = match (sql.strip_prefix("--"), sql.strip_prefix("/*")) {
            (Some(line), _) => line.split_once('\n').map_or("", |(_, rest)| rest),
            (_, Some(block)) => block.split_once("*/").map_or("", |(_, rest)| rest),
            _ => return sql,
        };
        sql = rest.trim_start();
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
