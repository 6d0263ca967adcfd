//! Where documents were found: roots, and the names of documents from there on.
//!
//! A document has as many names as there are files with its bytes. Roots are written down by their way from the folder of the
//! database, so that both may move together; a root that lies in another one is a part of it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Error, Store};
use crate::model::{Root, name_of, path_of};

/// The row of a root.
pub type RootKey = i64;

/// An input: its root, `None` for standard input, and its name.
pub type Place = (Option<Arc<Root>>, String);

/// The path of a root that stands for standard input.
pub(super) const STANDARD_INPUT: &str = "";

/// A root as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRoot {
    /// Its row.
    pub key: RootKey,
    /// Its way from the folder of the database; empty for standard input.
    pub path: String,
    /// Where; `None` for standard input.
    pub root: Option<Root>,
    /// Fields of JSON articles that were named for it.
    pub fields: BTreeMap<String, String>,
}

impl Store {
    /// The roots of all builds.
    pub fn roots(&self) -> Result<Vec<StoredRoot>, Error> {
        let sql = "SELECT id, path, whole, fields FROM roots ORDER BY path";
        let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([], |row| {
                let (path, whole): (String, bool) = (row.get(1)?, row.get(2)?);
                let folder = absolute(&self.folder, &path);
                Ok(StoredRoot {
                    key: row.get(0)?,
                    root: (path != STANDARD_INPUT).then_some(Root { folder, whole }),
                    path,
                    fields: fields_of(&row.get::<_, String>(3)?),
                })
            })
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// The rows of the roots of `inputs`, made where there are none, `fields` noted, and what lies in them taken in.
    pub(super) fn note_roots(
        &mut self,
        inputs: &[Place],
        fields: &BTreeMap<String, String>,
        forget_fields: bool,
    ) -> Result<HashMap<Option<Arc<Root>>, RootKey>, Error> {
        let mut keys = HashMap::new();
        for (root, _) in inputs {
            if keys.contains_key(root) {
                continue;
            }
            let path = match root {
                Some(root) => relative(&self.folder, &root.folder),
                None => STANDARD_INPUT.to_owned(),
            };
            let known = self.roots()?.into_iter().find(|known| known.path == path);
            let whole = root.as_ref().is_some_and(|root| root.whole);
            let was_whole = known
                .as_ref()
                .is_some_and(|known| known.root.as_ref().is_some_and(|root| root.whole));
            let mut noted = fields.clone();
            if let Some(known) = &known
                && !whole
                && !forget_fields
            {
                // Of single files each may have been read with fields of its own.
                for (what, name) in &known.fields {
                    noted.entry(what.clone()).or_insert_with(|| name.clone());
                }
            }
            let is_noted = known
                .as_ref()
                .is_some_and(|known| known.fields == noted && was_whole >= whole);
            if !is_noted {
                self.begin()?;
                let row = params![path, whole || was_whole, text_of(&noted)];
                let sql = "INSERT INTO roots (path, whole, fields) VALUES (?1, ?2, ?3)
                    ON CONFLICT (path) DO UPDATE SET whole = excluded.whole, fields = excluded.fields";
                self.connection
                    .execute(sql, row)
                    .map_err(|e| self.error(e))?;
            }
            let key = self
                .connection
                .query_row("SELECT id FROM roots WHERE path = ?1", [&path], |row| {
                    row.get(0)
                })
                .map_err(|e| self.error(e))?;
            if let Some(root) = root
                && whole
                && !was_whole
            {
                self.take_in(key, root)?;
            }
            keys.insert(root.clone(), key);
        }
        Ok(keys)
    }

    /// Makes the names of roots that lie in `root` names of it.
    fn take_in(&mut self, key: RootKey, root: &Root) -> Result<(), Error> {
        for inner in self.roots()? {
            let Some(way) = inner
                .root
                .filter(|_| inner.key != key)
                .and_then(|inner| Some(name_of(inner.folder.strip_prefix(&root.folder).ok()?)))
            else {
                continue;
            };
            let moved = |db: &Connection| -> rusqlite::Result<()> {
                for table in ["names", "failures"] {
                    let sql = format!(
                        "UPDATE OR REPLACE {table} SET root = ?1, name = ?2 || '/' || name WHERE root = ?3"
                    );
                    db.execute(&sql, params![key, way, inner.key])?;
                }
                db.execute("DELETE FROM roots WHERE id = ?1", [inner.key])?;
                let sql = "UPDATE documents SET name = (SELECT min(n.name) FROM names n WHERE n.document = documents.id)
                    WHERE id IN (SELECT document FROM names WHERE root = ?1)";
                db.execute(sql, [key])?;
                Ok(())
            };
            moved(&self.connection).map_err(|e| self.error(e))?;
        }
        Ok(())
    }

    /// Says that `document` is called `name`. Returns the document that was called so, if any.
    pub(super) fn call(
        &mut self,
        (root, name): (RootKey, &str),
        document: i64,
    ) -> rusqlite::Result<Option<i64>> {
        let db = &self.connection;
        let earlier: Option<i64> = self.called(root, name)?;
        if earlier == Some(document) {
            return Ok(earlier);
        }
        db.prepare_cached(
            "INSERT OR REPLACE INTO names (root, name, document) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![root, name, document])?;
        refresh(db, document)?;
        if let Some(earlier) = earlier {
            self.lost_name(earlier)?;
        }
        Ok(earlier)
    }

    /// The document called `name`.
    pub(super) fn called(&self, root: RootKey, name: &str) -> rusqlite::Result<Option<i64>> {
        self.connection
            .prepare_cached("SELECT document FROM names WHERE root = ?1 AND name = ?2")?
            .query_row(params![root, name], |row| row.get(0))
            .optional()
    }

    /// Notes a document that may have lost its last name: it goes when the build ends, unless it has found another by then.
    fn lost_name(&mut self, document: i64) -> rusqlite::Result<()> {
        refresh(&self.connection, document)?;
        self.nameless.insert(document);
        Ok(())
    }

    /// Takes back the names that `keep` does not want. Returns how many.
    pub fn prune(&mut self, keep: impl Fn(RootKey, &str) -> bool) -> Result<usize, Error> {
        let mut gone: Vec<(RootKey, String, i64)> = Vec::new();
        {
            let sql = "SELECT root, name, document FROM names ORDER BY root, name";
            let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
            let mut rows = statement.query([]).map_err(|e| self.error(e))?;
            while let Some(row) = rows.next().map_err(|e| self.error(e))? {
                let read = || Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?));
                let (root, name, document) = read().map_err(|e| self.error(e))?;
                if !keep(root, &name) {
                    gone.push((root, name, document));
                }
            }
        }
        if gone.is_empty() {
            return Ok(0);
        }
        self.begin()?;
        for (root, name, document) in &gone {
            let drop = |store: &mut Store| -> rusqlite::Result<()> {
                store
                    .connection
                    .prepare_cached("DELETE FROM names WHERE root = ?1 AND name = ?2")?
                    .execute(params![root, name])?;
                store.lost_name(*document)
            };
            drop(self).map_err(|e| self.error(e))?;
        }
        Ok(gone.len())
    }
}

/// Shows a document by the first of its names.
fn refresh(db: &Connection, document: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE documents SET name = n.first FROM (SELECT min(name) AS first FROM names WHERE document = ?1) n
        WHERE id = ?1 AND n.first IS NOT NULL AND name <> n.first";
    db.prepare_cached(sql)?.execute([document])?;
    Ok(())
}

/// The way from the folder `from` to `to`.
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<Component>, Vec<Component>) =
        (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        // Another drive: there is no way there.
        return to
            .iter()
            .collect::<PathBuf>()
            .to_string_lossy()
            .into_owned();
    }
    let up = from[common..].iter().map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to[common..].iter().copied()).collect();
    match name_of(&way) {
        here if here.is_empty() => ".".to_owned(),
        way => way,
    }
}

/// Where a way from the folder `from` leads.
pub(super) fn absolute(from: &Path, way: &str) -> PathBuf {
    let mut path = from.to_owned();
    for part in path_of(way).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

/// Fields as a column: `text=body`, a line each.
fn text_of(fields: &BTreeMap<String, String>) -> String {
    let lines = fields.iter().map(|(what, name)| format!("{what}={name}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn fields_of(text: &str) -> BTreeMap<String, String> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs
        .map(|(what, name)| (what.to_owned(), name.to_owned()))
        .collect()
}
