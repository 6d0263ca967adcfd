//! Many rows of one table, several to a statement: what a statement costs beside its rows is paid once.

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, params_from_iter};

/// How many rows a statement may have. As many as there are go by the first, what is left by the next.
const AT_ONCE: [usize; 3] = [32, 8, 1];

/// How rows come into a table of `WIDTH` columns.
pub(super) struct Insert<const WIDTH: usize>([String; AT_ONCE.len()]);

impl<const WIDTH: usize> Insert<WIDTH> {
    /// Into `table`. FAIL, since whoever adds rows takes everything back: SQLite need not be able to take back the statement
    /// alone.
    pub fn into(table: &str) -> Insert<WIDTH> {
        let row = format!("({})", ["?"; WIDTH].join(","));
        Insert(AT_ONCE.map(|count| {
            let rows = vec![row.as_str(); count].join(",");
            format!("INSERT OR FAIL INTO {table} VALUES {rows}")
        }))
    }
}

/// Rows on their way into a table of `WIDTH` columns.
pub(super) struct Rows<'a, const WIDTH: usize> {
    db: &'a Connection,
    insert: &'a Insert<WIDTH>,
    waiting: Vec<[ToSqlOutput<'a>; WIDTH]>,
}

impl<'a, const WIDTH: usize> Rows<'a, WIDTH> {
    /// No rows yet.
    pub fn new(db: &'a Connection, insert: &'a Insert<WIDTH>) -> Rows<'a, WIDTH> {
        Rows {
            db,
            insert,
            waiting: Vec::with_capacity(AT_ONCE[0]),
        }
    }

    /// Adds one. An error is that of any row before.
    pub fn add(&mut self, row: [ToSqlOutput<'a>; WIDTH]) -> rusqlite::Result<()> {
        self.waiting.push(row);
        if self.waiting.len() == AT_ONCE[0] {
            self.store()?;
            self.waiting.clear();
        }
        Ok(())
    }

    /// Stores those that still wait.
    pub fn finish(self) -> rusqlite::Result<()> {
        self.store()
    }

    fn store(&self) -> rusqlite::Result<()> {
        let mut rest = self.waiting.as_slice();
        for (sql, count) in self.insert.0.iter().zip(AT_ONCE) {
            if rest.len() >= count {
                let mut insert = self.db.prepare_cached(sql)?;
                let whole = rest.chunks_exact(count);
                rest = whole.remainder();
                for rows in whole {
                    insert.execute(params_from_iter(rows.iter().flatten()))?;
                }
            }
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
