//! Entities into the store, however many documents speak of them.
//!
//! Each document brings *forms* (kind, name, origin) of its entities and aliases. How many documents bring each is counted,
//! up when a document comes and down when it goes, and the row of an entity follows from its forms alone: so it does not
//! matter in which order documents came, or what was there before.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{Insert, Rows, number};
use crate::model::{Entity, EntityKind, Origin};

/// Entities that are held in memory at most: some tens of megabytes.
const MOST: usize = 100_000;

/// What is known of the rows of entities, and what is yet to be counted.
#[derive(Debug, Default)]
pub(super) struct Entities {
    by_id: HashMap<String, Known>,
    /// SQLite's `data_version`: another when somebody else has written.
    version: i64,
    /// Documents more or fewer, by form and by alias.
    forms: BTreeMap<i64, i64>,
    aliases: BTreeMap<i64, i64>,
    /// Entities whose forms were counted up or down.
    touched: BTreeSet<i64>,
}

#[derive(Debug)]
struct Known {
    key: i64,
    forms: Vec<(Form, i64)>,
    aliases: HashMap<String, i64>,
}

/// As what a document shows an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    kind: EntityKind,
    name: String,
    origin: Option<String>,
}

impl Entities {
    /// What was written was taken back: nothing is known, and nothing is to be counted.
    pub fn forget(&mut self) {
        *self = Entities {
            version: self.version,
            ..Entities::default()
        };
    }

    /// What is known holds for the database in its version `version`.
    pub fn of_version(&mut self, version: i64) {
        if version != self.version {
            self.by_id.clear();
            self.version = version;
        }
    }

    /// The keys of entities' rows, made where there are none, and what `document` says of them. An entity that nothing
    /// speaks of has none.
    pub fn add(
        &mut self,
        db: &Connection,
        (forms, aliases): (&Insert<2>, &Insert<2>),
        document: i64,
        entities: &[Entity],
        spoken_of: &[bool],
    ) -> rusqlite::Result<Vec<Option<i64>>> {
        if self.by_id.len() + entities.len() >= MOST {
            self.by_id.clear();
        }
        let mut keys = Vec::with_capacity(entities.len());
        let (mut of_forms, mut of_aliases) = (Rows::new(db, forms), Rows::new(db, aliases));
        // A form may be there twice, where an article has two entities of one id, and so may an alias: written in two ways
        // that are one when their spaces are.
        let (mut seen_forms, mut seen_aliases) = (BTreeSet::new(), BTreeSet::new());
        for (entity, spoken_of) in entities.iter().zip(spoken_of) {
            if !spoken_of {
                keys.push(None);
                continue;
            }
            let known = match self.by_id.entry(entity.id.clone()) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(place) => {
                    place.insert(Known::of(db, entity)?)
                }
            };
            let form = known.form(db, entity)?;
            if seen_forms.insert(form) {
                of_forms.add([number(document), number(form)])?;
                *self.forms.entry(form).or_default() += 1;
            }
            for alias in &entity.aliases {
                let alias = known.alias(db, alias)?;
                if seen_aliases.insert(alias) {
                    of_aliases.add([number(document), number(alias)])?;
                    *self.aliases.entry(alias).or_default() += 1;
                }
            }
            self.touched.insert(known.key);
            keys.push(Some(known.key));
        }
        of_forms.finish()?;
        of_aliases.finish()?;
        Ok(keys)
    }

    /// Takes back what `document` says of entities.
    pub fn remove(&mut self, db: &Connection, document: i64) -> rusqlite::Result<()> {
        let mut forms = db.prepare_cached("SELECT f.id, f.entity FROM document_forms d JOIN forms f ON f.id = d.form WHERE d.document = ?1")?;
        let mut rows = forms.query([document])?;
        while let Some(row) = rows.next()? {
            *self.forms.entry(row.get(0)?).or_default() -= 1;
            self.touched.insert(row.get(1)?);
        }
        let mut aliases =
            db.prepare_cached("SELECT alias FROM document_aliases WHERE document = ?1")?;
        let mut rows = aliases.query([document])?;
        while let Some(row) = rows.next()? {
            *self.aliases.entry(row.get(0)?).or_default() -= 1;
        }
        for table in ["document_forms", "document_aliases"] {
            db.prepare_cached(&format!("DELETE FROM {table} WHERE document = ?1"))?
                .execute([document])?;
        }
        Ok(())
    }

    /// Writes down what was counted: afterwards each entity's row is what its forms make it.
    pub fn settle(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut gone = false;
        for (table, counted) in [("forms", &self.forms), ("aliases", &self.aliases)] {
            let mut count = db.prepare_cached(&format!(
                "UPDATE {table} SET documents = documents + ?2 WHERE id = ?1"
            ))?;
            let mut drop = db.prepare_cached(&format!(
                "DELETE FROM {table} WHERE id = ?1 AND documents <= 0"
            ))?;
            for (&row, &more) in counted {
                if more != 0 {
                    count.execute([row, more])?;
                }
                // One that was made and taken back again before it was ever counted is at 0, too.
                if more <= 0 {
                    gone |= drop.execute([row])? > 0;
                }
            }
        }
        if gone {
            self.by_id.clear();
        }
        let mut forms = db.prepare_cached("SELECT kind, name, origin FROM forms WHERE entity = ?1 ORDER BY origin IS NULL, documents DESC, kind, name, origin LIMIT 1")?;
        let mut row =
            db.prepare_cached("SELECT kind, name, origin FROM entities WHERE key = ?1")?;
        for &entity in &self.touched {
            type Columns = (String, String, Option<String>);
            let columns = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Columns> {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            };
            match forms.query_row([entity], columns).optional()? {
                None => {
                    db.prepare_cached("DELETE FROM entities WHERE key = ?1")?
                        .execute([entity])?;
                }
                Some(form) => {
                    if row.query_row([entity], columns)? != form {
                        let (kind, name, origin) = form;
                        db.prepare_cached("UPDATE entities SET kind = ?2, name = ?3, folded = ?4, listed = ?5, origin = ?6 WHERE key = ?1")?
                            .execute(params![entity, kind, name, fold(&name), origin.is_some(), origin])?;
                    }
                }
            }
        }
        self.forms.clear();
        self.aliases.clear();
        self.touched.clear();
        Ok(())
    }
}

impl Known {
    /// The row of `entity`, which is made where there is none.
    fn of(db: &Connection, entity: &Entity) -> rusqlite::Result<Known> {
        let origin = origin_of(entity);
        let added = db
            .prepare_cached("INSERT OR IGNORE INTO entities (id, kind, name, folded, listed, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![
                entity.id,
                entity.kind.name(),
                entity.name,
                fold(&entity.name),
                entity.is_listed(),
                origin
            ])?;
        let key = if added > 0 {
            db.last_insert_rowid()
        } else {
            db.prepare_cached("SELECT key FROM entities WHERE id = ?1")?
                .query_row([&entity.id], |row| row.get(0))?
        };
        Ok(Known {
            key,
            forms: Vec::new(),
            aliases: HashMap::new(),
        })
    }

    /// The row of the form that `entity` has here.
    fn form(&mut self, db: &Connection, entity: &Entity) -> rusqlite::Result<i64> {
        let form = Form {
            kind: entity.kind,
            name: entity.name.clone(),
            origin: origin_of(entity),
        };
        if let Some((_, row)) = self.forms.iter().find(|(known, _)| *known == form) {
            return Ok(*row);
        }
        let columns = params![self.key, form.kind.name(), form.name, form.origin];
        let known = db
            .prepare_cached("SELECT id FROM forms WHERE entity = ?1 AND kind = ?2 AND name = ?3 AND origin IS ?4")?
            .query_row(columns, |row| row.get(0))
            .optional()?;
        let row = match known {
            Some(row) => row,
            None => {
                db.prepare_cached("INSERT INTO forms (entity, kind, name, origin, documents) VALUES (?1, ?2, ?3, ?4, 0)")?
                    .execute(columns)?;
                db.last_insert_rowid()
            }
        };
        self.forms.push((form, row));
        Ok(row)
    }

    /// The row of an alias.
    fn alias(&mut self, db: &Connection, alias: &str) -> rusqlite::Result<i64> {
        if let Some(&row) = self.aliases.get(alias) {
            return Ok(row);
        }
        let known = db
            .prepare_cached("SELECT id FROM aliases WHERE entity = ?1 AND alias = ?2")?
            .query_row(params![self.key, alias], |row| row.get(0))
            .optional()?;
        let row = match known {
            Some(row) => row,
            None => {
                db.prepare_cached(
                    "INSERT INTO aliases (entity, alias, folded, documents) VALUES (?1, ?2, ?3, 0)",
                )?
                .execute(params![self.key, alias, fold(alias)])?;
                db.last_insert_rowid()
            }
        };
        self.aliases.insert(alias.to_owned(), row);
        Ok(row)
    }
}

fn origin_of(entity: &Entity) -> Option<String> {
    match &entity.origin {
        Origin::Listed(place) => Some(place.to_string()),
        Origin::Discovered => None,
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
