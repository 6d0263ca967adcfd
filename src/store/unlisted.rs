//! Names that no list knows, counted.

use rusqlite::named_params;

use super::{Error, Store};
use crate::model::EntityKind;

/// A name of the articles that no list knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// Its id in the database.
    pub id: String,
    /// What the articles show it to be.
    pub kind: EntityKind,
    /// The fullest name.
    pub name: String,
    /// Other surfaces by which articles call it.
    pub aliases: Vec<String>,
    /// Mentions in all documents.
    pub mentions: u64,
    /// Documents that mention it.
    pub documents: u64,
    /// Statements of which it is the source.
    pub said: u64,
    /// Sentences that name it, with the names of their documents.
    pub contexts: Vec<(String, String)>,
}

const COUNTED: &str = "
    SELECT e.key, e.id, e.kind, e.name, count(*) AS mentions, count(DISTINCT m.document) AS documents,
           (SELECT count(*) FROM statements s WHERE s.source = e.key) AS said
    FROM mentions m JOIN entities e ON e.key = m.entity
    WHERE NOT e.listed AND m.kind = 'name' AND e.kind IN ('person', 'organization', 'place')
      AND instr(e.id, '#') = 0
    GROUP BY e.key HAVING mentions >= :least
    ORDER BY documents DESC, mentions DESC, e.id";

const SURFACES: &str = "
    SELECT DISTINCT substr(d.text, m.start + 1, m.end - m.start) AS surface
    FROM mentions m JOIN documents d ON d.id = m.document
    WHERE m.entity = ?1 AND m.kind = 'name' ORDER BY surface";

const CONTEXTS: &str = "
    SELECT d.name, substr(d.text, s.start + 1, s.end - s.start)
    FROM mentions m JOIN documents d ON d.id = m.document
    JOIN sentences s ON s.document = m.document AND s.start <= m.start AND m.start < s.end
    WHERE m.entity = :entity AND m.kind = 'name'
    GROUP BY m.document HAVING m.start = min(m.start)
    ORDER BY d.name LIMIT :most";

impl Store {
    /// Names that no list knows, with at least `least` mentions, those of most documents first, each with at most
    /// `contexts` sentences, one a document.
    pub fn unlisted(&self, least: u32, contexts: u32) -> Result<Vec<Unlisted>, Error> {
        let failed = |error| self.error(error);
        let mut counted = self.connection.prepare(COUNTED).map_err(failed)?;
        let mut sentences = self.connection.prepare(CONTEXTS).map_err(failed)?;
        let mut aliases = self.connection.prepare(SURFACES).map_err(failed)?;
        let mut found = Vec::new();
        let mut rows = counted
            .query(named_params! {":least": least})
            .map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let key: i64 = row.get(0).map_err(failed)?;
            let kind: String = row.get(2).map_err(failed)?;
            let mut unlisted = Unlisted {
                id: row.get(1).map_err(failed)?,
                kind: EntityKind::from_name(&kind).unwrap_or(EntityKind::Person),
                name: row.get(3).map_err(failed)?,
                aliases: Vec::new(),
                mentions: row.get(4).map_err(failed)?,
                documents: row.get(5).map_err(failed)?,
                said: row.get(6).map_err(failed)?,
                contexts: Vec::new(),
            };
            let names = aliases.query_map([key], |row| row.get(0)).map_err(failed)?;
            for name in names {
                let name: String = name.map_err(failed)?;
                if name != unlisted.name {
                    unlisted.aliases.push(name);
                }
            }
            let shown = sentences
                .query_map(named_params! {":entity": key, ":most": contexts}, |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .map_err(failed)?;
            for context in shown {
                unlisted.contexts.push(context.map_err(failed)?);
            }
            found.push(unlisted);
        }
        Ok(found)
    }
}
