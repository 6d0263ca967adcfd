//! Articles that could not be read: why, and where they lie. They are tried again at every build.

use rusqlite::{OptionalExtension, params};

use super::name::RootKey;
use super::{Error, Store};
use crate::model::DocumentId;

/// An article that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its name from the root on.
    pub name: String,
    /// The hash of its words, where they could be read.
    pub hash: Option<DocumentId>,
    /// The kind of trouble in one or two words.
    pub kind: String,
    /// What went wrong.
    pub reason: String,
    /// What to do.
    pub help: String,
}

impl Store {
    /// Notes that an article could not be read.
    pub fn note_failure(&mut self, root: RootKey, failure: &Failure) -> Result<(), Error> {
        let hash = failure.hash.map(|hash| hash.to_string());
        let known = self
            .connection
            .prepare_cached("SELECT 1 FROM failures WHERE root = ?1 AND name = ?2 AND hash IS ?3 AND kind = ?4 AND reason = ?5 AND help = ?6")
            .and_then(|mut known| {
                let row = params![root, failure.name, hash, failure.kind, failure.reason, failure.help];
                known.query_row(row, |_| Ok(())).optional()
            })
            .map_err(|e| self.error(e))?;
        self.failing.insert((root, failure.name.clone()), true);
        if known.is_some() {
            return Ok(());
        }
        self.begin()?;
        self.connection
            .execute(
                "INSERT OR REPLACE INTO failures VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    root,
                    failure.name,
                    hash,
                    failure.kind,
                    failure.reason,
                    failure.help
                ],
            )
            .map_err(|e| self.error(e))?;
        Ok(())
    }

    /// Takes back that an article could not be read: it can.
    pub(super) fn drop_failure(&mut self, root: RootKey, name: &str) -> Result<(), Error> {
        if self.failing.is_empty() || self.failing.remove(&(root, name.to_owned())).is_none() {
            return Ok(());
        }
        self.begin()?;
        self.connection
            .execute(
                "DELETE FROM failures WHERE root = ?1 AND name = ?2",
                params![root, name],
            )
            .map_err(|e| self.error(e))?;
        Ok(())
    }

    /// Takes back the failures of earlier builds that `keep` does not want.
    pub fn prune_failures(&mut self, keep: impl Fn(RootKey, &str) -> bool) -> Result<(), Error> {
        let earlier = self.failing.iter().filter(|(_, today)| !**today);
        let gone: Vec<(RootKey, String)> = earlier
            .map(|(place, _)| place.clone())
            .filter(|(root, name)| !keep(*root, name))
            .collect();
        for (root, name) in gone {
            self.drop_failure(root, &name)?;
        }
        Ok(())
    }

    /// The failures of earlier builds.
    pub(super) fn load_failures(&mut self) -> Result<(), Error> {
        let places = {
            let sql = "SELECT root, name FROM failures";
            let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
            let rows = statement
                .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), false)))
                .map_err(|e| self.error(e))?;
            rows.collect::<Result<_, _>>().map_err(|e| self.error(e))?
        };
        self.failing = places;
        Ok(())
    }

    /// All that could not be read, with the paths of their roots.
    pub fn failures(&self) -> Result<Vec<(String, Failure)>, Error> {
        let sql = "SELECT r.path, f.name, f.hash, f.kind, f.reason, f.help FROM failures f JOIN roots r ON r.id = f.root ORDER BY r.path, f.name";
        let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([], |row| {
                let hash: Option<String> = row.get(2)?;
                Ok((
                    row.get(0)?,
                    Failure {
                        name: row.get(1)?,
                        hash: hash.and_then(|hash| hash.parse().ok()),
                        kind: row.get(3)?,
                        reason: row.get(4)?,
                        help: row.get(5)?,
                    },
                ))
            })
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }
}
