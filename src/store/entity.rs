//! Entities into the store: one row each, however many documents speak of it.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use crate::model::{Entity, EntityKind, Origin};

/// Entities that are held in memory at most: some tens of megabytes.
const MOST: usize = 100_000;

/// What the rows of entities were last told, so that most need not be told again.
#[derive(Debug, Default)]
pub(super) struct Known {
    by_id: HashMap<String, Told>,
    /// SQLite's `data_version`: another when somebody else has written.
    version: i64,
}

#[derive(Debug)]
struct Told {
    key: i64,
    kind: EntityKind,
    name: String,
    origin: Option<String>,
}

impl Known {
    /// Rows were dropped, or what was written was taken back.
    pub fn forget(&mut self) {
        self.by_id.clear();
    }

    /// What is known holds for the database in its version `version`.
    pub fn of_version(&mut self, version: i64) {
        if version != self.version {
            self.forget();
            self.version = version;
        }
    }

    /// The key of an entity's row, made where there is none, with its aliases of `document`. What a gazetteer says wins
    /// over what a text says.
    pub fn row(
        &mut self,
        db: &Connection,
        document: i64,
        entity: &Entity,
    ) -> rusqlite::Result<i64> {
        let origin = match &entity.origin {
            Origin::Listed(place) => Some(place.to_string()),
            Origin::Discovered => None,
        };
        let told = self.by_id.get(&entity.id).filter(|told| {
            told.kind == entity.kind && told.name == entity.name && told.origin == origin
        });
        let key = match told {
            Some(told) => told.key,
            None => self.tell(db, entity, origin)?,
        };
        let mut insert =
            db.prepare_cached("INSERT OR IGNORE INTO aliases VALUES (?1, ?2, ?3, ?4)")?;
        for alias in &entity.aliases {
            insert.execute(params![key, document, alias, fold(alias)])?;
        }
        Ok(key)
    }

    fn tell(
        &mut self,
        db: &Connection,
        entity: &Entity,
        origin: Option<String>,
    ) -> rusqlite::Result<i64> {
        let row = params![
            entity.id,
            entity.kind.name(),
            entity.name,
            fold(&entity.name),
            entity.is_listed(),
            origin
        ];
        // Two statements where one could tell the key, too: SQLite would make a table for the answer each time.
        let added = db
            .prepare_cached("INSERT OR IGNORE INTO entities (id, kind, name, folded, listed, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(row)?;
        let key = if added > 0 {
            db.last_insert_rowid()
        } else {
            db.prepare_cached(
                "UPDATE entities SET
                   kind = iif(?5 AND NOT listed, ?2, kind),
                   name = iif(?5 OR (NOT listed AND ?4 <> folded), ?3, name),
                   folded = iif(?5 OR NOT listed, ?4, folded),
                   origin = iif(?5, ?6, origin),
                   listed = listed OR ?5
                 WHERE id = ?1",
            )?
            .execute(row)?;
            db.prepare_cached("SELECT key FROM entities WHERE id = ?1")?
                .query_row([&entity.id], |row| row.get(0))?
        };
        if self.by_id.len() >= MOST {
            self.forget();
        }
        let told = Told {
            key,
            kind: entity.kind,
            name: entity.name.clone(),
            origin,
        };
        self.by_id.insert(entity.id.clone(), told);
        Ok(key)
    }
}

/// Lower case without accents: what names are compared by.
pub(super) fn fold(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let keeps = |c: &char| !matches!(c, '\u{0300}'..='\u{036F}' | '.');
    let folded: String = if name.is_ascii() {
        let letters = name.chars().filter(keeps);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    } else {
        let letters = name.nfkd().filter(keeps);
        letters.flat_map(char::to_lowercase).collect()
    };
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
