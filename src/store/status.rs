//! What a database says of itself.

use super::{Error, Failure, Store, StoredRoot, Told};

/// The state of a database.
#[derive(Clone, Debug)]
pub struct Status {
    /// True when the last build came to its end.
    pub finished: bool,
    /// Documents.
    pub documents: u64,
    /// Names of documents: more where files are the same bytes.
    pub names: u64,
    /// Documents that were read with other data or another program than the last build had.
    pub older: u64,
    /// Where names begin, each with how many there are.
    pub roots: Vec<(StoredRoot, u64)>,
    /// What the last build was told.
    pub made: Vec<Told>,
    /// What could not be read, with the paths of the roots.
    pub failures: Vec<(String, Failure)>,
}

impl Store {
    /// What the database says of itself.
    pub fn status(&self) -> Result<Status, Error> {
        let number = |sql: &str| {
            self.connection
                .query_row(sql, [], |row| row.get::<_, u64>(0))
                .map_err(|e| self.error(e))
        };
        let mut roots = Vec::new();
        for root in self.roots()? {
            let names = "SELECT count(*) FROM names WHERE root = ?1";
            let names = self
                .connection
                .query_row(names, [root.key], |row| row.get(0))
                .map_err(|e| self.error(e))?;
            roots.push((root, names));
        }
        Ok(Status {
            finished: self.is_finished()?,
            documents: number("SELECT count(*) FROM documents")?,
            names: number("SELECT count(*) FROM names")?,
            older: number(
                "SELECT count(*) FROM documents WHERE run NOT IN (SELECT r.id FROM runs r
                 JOIN made l ON l.what = 'lexicon' AND l.value = r.lexicon
                 JOIN made v ON v.what = 'version' AND v.value = r.version)",
            )?,
            roots,
            made: self.made()?,
            failures: self.failures()?,
        })
    }
}
