//! Many rows of one table, several to a statement: what a statement costs beside its rows is paid once.

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, params_from_iter};

/// Rows of a statement.
const AT_ONCE: usize = 16;

/// Rows on their way into a table of `WIDTH` columns.
pub(super) struct Rows<'a, const WIDTH: usize> {
    db: &'a Connection,
    table: &'static str,
    waiting: Vec<[ToSqlOutput<'a>; WIDTH]>,
}

impl<'a, const WIDTH: usize> Rows<'a, WIDTH> {
    /// No rows yet.
    pub fn new(db: &'a Connection, table: &'static str) -> Rows<'a, WIDTH> {
        Rows {
            db,
            table,
            waiting: Vec::with_capacity(AT_ONCE),
        }
    }

    /// Adds one. An error is that of any row before.
    pub fn add(&mut self, row: [ToSqlOutput<'a>; WIDTH]) -> rusqlite::Result<()> {
        self.waiting.push(row);
        if self.waiting.len() == AT_ONCE {
            self.store(AT_ONCE)?;
            self.waiting.clear();
        }
        Ok(())
    }

    /// Stores those that still wait.
    pub fn finish(&mut self) -> rusqlite::Result<()> {
        self.store(1)?;
        self.waiting.clear();
        Ok(())
    }

    /// Stores the rows, `at_once` to a statement. FAIL, since the caller takes everything back: SQLite need not be able to
    /// take back the statement alone.
    fn store(&self, at_once: usize) -> rusqlite::Result<()> {
        let row = format!("({})", vec!["?"; WIDTH].join(","));
        let rows = vec![row; at_once].join(",");
        let mut insert = self
            .db
            .prepare_cached(&format!("INSERT OR FAIL INTO {} VALUES {rows}", self.table))?;
        for rows in self.waiting.chunks(at_once) {
            insert.execute(params_from_iter(rows.iter().flatten()))?;
        }
        Ok(())
    }
}

/// A text, or NULL.
pub(super) fn text<'a>(text: impl Into<Option<&'a str>>) -> ToSqlOutput<'a> {
    text.into().map_or(NULL, ToSqlOutput::from)
}

/// A text that was made for the row.
pub(super) fn owned(text: String) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Value::Text(text))
}

/// A number.
pub(super) fn number(number: impl Into<i64>) -> ToSqlOutput<'static> {
    ToSqlOutput::from(number.into())
}

/// A number, or NULL.
pub(super) fn maybe(number: Option<impl Into<i64>>) -> ToSqlOutput<'static> {
    number.map_or(NULL, |number| ToSqlOutput::from(number.into()))
}

const NULL: ToSqlOutput<'static> = ToSqlOutput::Owned(Value::Null);
