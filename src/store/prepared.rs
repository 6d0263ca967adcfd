//! Queries that are looked at and not run.

use std::path::Path;

use rusqlite::Connection;

use super::{Error, Store};

impl Store {
    /// A database without a document, in memory; nothing can be changed through it.
    pub fn empty() -> Result<Store, Error> {
        let path = Path::new("an empty database");
        let connection = Connection::open_in_memory().map_err(|e| Error::of(path, e))?;
        let store = Store::new(connection, path, None);
        store.prepare()?;
        store.create()?;
        store.run("PRAGMA query_only = ON")?;
        Ok(store)
    }

    /// The names of the parameters of one SELECT, `:name` without its colon. Fails as the query would.
    pub fn parameters(&self, sql: &str) -> Result<Vec<String>, Error> {
        let failed = |error: rusqlite::Error| Error::Sql {
            message: super::sql::plain(&error),
        };
        let statement = self.connection.prepare(sql).map_err(failed)?;
        if !statement.readonly() {
            return Err(Error::Refused {
                what: "it would change the database".to_owned(),
            });
        }
        let names = (1..=statement.parameter_count()).filter_map(|at| statement.parameter_name(at));
        Ok(names.map(|name| name[1..].to_owned()).collect())
    }
}
