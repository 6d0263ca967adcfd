//! Rows out of the store.

use rusqlite::{OptionalExtension, Row, params_from_iter, types::Value};
use rustc_hash::FxHashMap;

use super::entity::fold;
use super::{Error, Store};
use crate::model::{
    Act, Date, Document, DocumentId, EntityKind, EntityRow, Meta, Polarity, Standing, StatementId,
    StatementPlace, StatementRow,
};

/// Which statements to read. Empty fields let all through.
#[derive(Clone, Debug, Default)]
pub struct StatementFilter {
    /// Ids of sources.
    pub source: Option<String>,
    /// Id of an entity that the content mentions or the act is directed at.
    pub about: Option<String>,
    /// Any of these acts.
    pub acts: Vec<Act>,
    /// From this day on, by the day of saying, else of publication.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// At least this sure.
    pub min_confidence: f32,
    /// Any of these standings.
    pub standings: Vec<Standing>,
    /// Only what no other source reports.
    pub unreported: bool,
    /// Without those of documents that are near copies of another one.
    pub once: bool,
}

/// How much a store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub documents: u64,
    /// Their names: more where files are the same bytes.
    pub names: u64,
    /// Entities, and how many of them a gazetteer lists.
    pub entities: u64,
    /// See `entities`.
    pub listed: u64,
    /// Mentions.
    pub mentions: u64,
    /// Statements.
    pub statements: u64,
    /// Statements without a source.
    pub unattributed: u64,
    /// Articles without a day.
    pub undated: u64,
    /// Articles without an outlet.
    pub unpublished: u64,
    /// Articles that are near copies of another one.
    pub reprints: u64,
}

/// Who stands how to whom, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeRow {
    /// Name of the source.
    pub source: String,
    /// What it does most.
    pub act: String,
    /// Name of the target.
    pub target: String,
    /// The stance.
    pub polarity: String,
    /// Statements.
    pub weight: u64,
}

/// Everything about one statement.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The statement.
    pub statement: StatementRow,
    /// The words of the document that show it.
    pub evidence: String,
    /// First code point of `evidence`.
    pub evidence_start: u32,
    /// Code points of the source's words, the cue's, and each content span.
    pub source: Option<(u32, u32)>,
    /// See `source`.
    pub cue: Option<(u32, u32)>,
    /// See `source`.
    pub content: Vec<(u32, u32)>,
    /// The sieves that resolved the source.
    pub sieves: String,
    /// Lines of data files.
    pub lines: Vec<String>,
    /// The statement around it.
    pub parent: Option<StatementId>,
    /// SHA-256 of the lexicon.
    pub lexicon: String,
    /// What gave its act, stance, standing, targets and addressees.
    pub signs: String,
    /// Which of the document's statements it is, from 0.
    pub nth: usize,
}

const STATEMENT: &str = "SELECT d.hash, CAST(coalesce(s.place, s.cue_start) AS TEXT), s.id, d.name, d.title, d.publisher, d.published, e.id, substr(d.text, s.cue_start + 1, s.cue_end - s.cue_start),
    s.content, s.sentence, s.kind, s.act, s.negated, s.polarity, s.said_on, s.confidence, s.rule, s.standing, t.id, t.name
    FROM statements s JOIN documents d ON d.id = s.document LEFT JOIN entities e ON e.key = s.source LEFT JOIN entities t ON t.key = s.teller";

const ENTITY: &str = "SELECT id, kind, name, listed, mentions, said, about FROM entity_overview";

impl Store {
    /// Entities whose name or alias holds `pattern` (case and accents aside), the most mentioned first.
    pub fn entities(&self, pattern: Option<&str>) -> Result<Vec<EntityRow>, Error> {
        let like = format!(
            "%{}%",
            fold(pattern.unwrap_or_default()).replace(['%', '_'], "")
        );
        let sql = format!(
            "{ENTITY} WHERE id IN (SELECT id FROM entities WHERE folded LIKE ?1 UNION SELECT e.id FROM aliases a JOIN entities e ON e.key = a.entity WHERE a.folded LIKE ?1)
             ORDER BY mentions DESC, said DESC, id"
        );
        self.entity_rows(&sql, [Value::Text(like)])
    }

    /// All entities, by id.
    pub fn all_entities(&self) -> Result<Vec<EntityRow>, Error> {
        self.entity_rows(&format!("{ENTITY} ORDER BY id"), [])
    }

    /// The entities meant by an id, else by a name or alias, the most mentioned first.
    pub fn resolve(&self, argument: &str) -> Result<Vec<EntityRow>, Error> {
        let by_id = self.entity_rows(
            &format!("{ENTITY} WHERE id = ?1"),
            [Value::Text(argument.to_owned())],
        )?;
        if !by_id.is_empty() {
            return Ok(by_id);
        }
        let sql = format!(
            "{ENTITY} WHERE id IN (SELECT id FROM entities WHERE folded = ?1
               UNION SELECT e.id FROM aliases a JOIN entities e ON e.key = a.entity WHERE a.folded = ?1)
             ORDER BY mentions DESC, id"
        );
        self.entity_rows(&sql, [Value::Text(fold(argument))])
    }

    /// Every name and alias, for suggestions.
    pub fn all_names(&self) -> Result<Vec<String>, Error> {
        let mut statement = self
            .connection
            .prepare("SELECT name FROM entities UNION SELECT alias FROM aliases ORDER BY 1")
            .map_err(|e| self.error(e))?;
        let names = statement
            .query_map([], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        names.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// True when `place` is an outlet, or a part of a document's path or address.
    pub fn has_document(&self, place: &str) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM documents d WHERE lower(publisher) = lower(?1) OR instr(url, ?1) > 0
               OR EXISTS (SELECT 1 FROM names n WHERE n.document = d.id AND instr(n.name, ?1) > 0))";
        self.connection
            .query_row(sql, [place], |row| row.get(0))
            .map_err(|e| self.error(e))
    }

    /// Statements that pass `filter`, by day and place.
    pub fn statements(&self, filter: &StatementFilter) -> Result<Vec<StatementRow>, Error> {
        let mut clauses = vec!["s.confidence >= ?".to_owned()];
        let mut values = vec![Value::Real(f64::from(filter.min_confidence))];
        if let Some(source) = &filter.source {
            clauses.push("e.id = ?".to_owned());
            values.push(Value::Text(source.clone()));
        }
        if let Some(about) = &filter.about {
            clauses.push("s.id IN (SELECT p.statement FROM participants p JOIN entities x ON x.key = p.entity WHERE x.id = ? AND p.role IN ('about', 'target'))".to_owned());
            values.push(Value::Text(about.clone()));
        }
        let any_of = |column: &str, names: Vec<&str>| {
            (!names.is_empty()).then(|| format!("{column} IN ('{}')", names.join("', '")))
        };
        let acts = filter.acts.iter().map(|act| act.name()).collect();
        let standings = filter.standings.iter().map(|s| s.name()).collect();
        clauses.extend(any_of("s.act", acts));
        clauses.extend(any_of("s.standing", standings));
        if filter.unreported {
            clauses.push("s.teller IS NULL".to_owned());
        }
        if filter.once {
            clauses.push("d.id NOT IN (SELECT document FROM reprints)".to_owned());
        }
        for (day, sign) in [(filter.since, ">="), (filter.until, "<=")] {
            if let Some(day) = day {
                clauses.push(format!("coalesce(s.said_on, d.published) {sign} ?"));
                values.push(Value::Text(day.to_string()));
            }
        }
        let sql = format!(
            "{STATEMENT} WHERE {} ORDER BY coalesce(s.said_on, d.published), d.name, d.hash, s.number",
            clauses.join(" AND ")
        );
        self.statement_rows(&sql, values)
    }

    /// The statements whose ids are `place` in a document whose id begins with `document`.
    pub fn statements_at(
        &self,
        document: &str,
        place: StatementPlace,
    ) -> Result<Vec<StatementRow>, Error> {
        // A letter behind all digits ends the range of those that begin so.
        let sql = format!(
            "{STATEMENT} WHERE d.hash >= ?1 AND d.hash < ?1 || 'g' AND CAST(coalesce(s.place, s.cue_start) AS TEXT) = ?2 ORDER BY d.hash"
        );
        let values = vec![
            Value::Text(document.to_ascii_lowercase()),
            Value::Text(place.to_string()),
        ];
        self.statement_rows(&sql, values)
    }

    /// Everything about the statement `id`.
    pub fn explain(&self, id: StatementId) -> Result<Option<Explanation>, Error> {
        let (document, place) = (id.document.to_string(), id.place.to_string());
        let statement = self.statement_rows(
            &format!(
                "{STATEMENT} WHERE d.hash = ? AND CAST(coalesce(s.place, s.cue_start) AS TEXT) = ?"
            ),
            vec![Value::Text(document.clone()), Value::Text(place.clone())],
        )?;
        let Some(statement) = statement.into_iter().next() else {
            return Ok(None);
        };
        let spans = "SELECT s.evidence_start, substr(d.text, s.evidence_start + 1, s.evidence_end - s.evidence_start), s.source_start, s.source_end,
            s.cue_start, s.cue_end, s.sieves, CAST(coalesce(p.place, p.cue_start) AS TEXT), r.lexicon, s.id, s.signs, s.number FROM statements s JOIN documents d ON d.id = s.document JOIN runs r ON r.id = d.run
            LEFT JOIN statements p ON p.id = s.parent WHERE d.hash = ?1 AND CAST(coalesce(s.place, s.cue_start) AS TEXT) = ?2";
        let pair = |a: Option<u32>, b: Option<u32>| a.zip(b);
        let explanation = self
            .connection
            .query_row(spans, [document, place], |row| {
                let parent: Option<String> = row.get(7)?;
                let explanation = Explanation {
                    statement,
                    evidence_start: row.get(0)?,
                    evidence: row.get(1)?,
                    source: pair(row.get(2)?, row.get(3)?),
                    cue: pair(row.get(4)?, row.get(5)?),
                    content: Vec::new(),
                    sieves: row.get(6)?,
                    lines: Vec::new(),
                    parent: parent
                        .and_then(|place| place.parse().ok())
                        .map(|place| StatementId { place, ..id }),
                    lexicon: row.get(8)?,
                    signs: row.get(10)?,
                    nth: row.get::<_, usize>(11)?.saturating_sub(1),
                };
                Ok((explanation, row.get(9)?))
            })
            .optional()
            .map_err(|e| self.error(e))?;
        let Some((mut explanation, key)) = explanation else {
            return Ok(None);
        };
        explanation.content = self.list(
            "SELECT start, end FROM contents WHERE statement = ?1 ORDER BY number",
            key,
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        explanation.lines = self.list(
            "SELECT line FROM lines WHERE statement = ?1 ORDER BY number",
            key,
            |row| row.get(0),
        )?;
        Ok(Some(explanation))
    }

    /// A document as it was read.
    pub fn document(&self, id: DocumentId) -> Result<Option<Document>, Error> {
        let sql = "SELECT name, text, title, published, publisher, author, url FROM documents WHERE hash = ?1";
        let read = |row: &Row<'_>| {
            let published: Option<String> = row.get(3)?;
            let meta = Meta {
                title: row.get(2)?,
                published: published.and_then(|day| day.parse().ok()),
                publisher: row.get(4)?,
                author: row.get(5)?,
                url: row.get(6)?,
                ..Meta::default()
            };
            Ok(Document::new(
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                meta,
            ))
        };
        self.connection
            .query_row(sql, [id.to_string()], read)
            .optional()
            .map_err(|e| self.error(e))
    }

    /// How much the store holds.
    pub fn counts(&self) -> Result<Counts, Error> {
        let sql = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM entities), (SELECT count(*) FROM entities WHERE listed),
            (SELECT count(*) FROM mentions), (SELECT count(*) FROM statements), (SELECT count(*) FROM statements WHERE source IS NULL),
            (SELECT count(*) FROM names), (SELECT count(*) FROM documents WHERE published IS NULL),
            (SELECT count(*) FROM documents WHERE publisher IS NULL), (SELECT count(*) FROM reprints)";
        self.connection
            .query_row(sql, [], |row| {
                Ok(Counts {
                    documents: row.get(0)?,
                    entities: row.get(1)?,
                    listed: row.get(2)?,
                    mentions: row.get(3)?,
                    statements: row.get(4)?,
                    unattributed: row.get(5)?,
                    names: row.get(6)?,
                    undated: row.get(7)?,
                    unpublished: row.get(8)?,
                    reprints: row.get(9)?,
                })
            })
            .map_err(|e| self.error(e))
    }

    /// The heaviest edges.
    pub fn busiest_edges(&self, most: u32) -> Result<Vec<EdgeRow>, Error> {
        self.list("SELECT source, act, target, polarity, weight FROM edges ORDER BY weight DESC, source_id, target_id, act, polarity LIMIT ?1", i64::from(most), |row| {
            Ok(EdgeRow { source: row.get(0)?, act: row.get(1)?, target: row.get(2)?, polarity: row.get(3)?, weight: row.get(4)? })
        })
    }

    fn list<T>(
        &self,
        sql: &str,
        parameter: i64,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([parameter], read)
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    fn entity_rows(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<EntityRow>, Error> {
        let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map(params_from_iter(values), |row| {
                Ok(EntityRow {
                    id: row.get(0)?,
                    kind: EntityKind::from_name(&row.get::<_, String>(1)?)
                        .unwrap_or(EntityKind::Group),
                    name: row.get(2)?,
                    listed: row.get(3)?,
                    mentions: row.get(4)?,
                    said: row.get(5)?,
                    about: row.get(6)?,
                })
            })
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    fn statement_rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<StatementRow>, Error> {
        let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map(params_from_iter(values), |row| {
                Ok((row.get::<_, i64>(2)?, statement_row(row)?))
            })
            .map_err(|e| self.error(e))?;
        let (keys, mut found): (Vec<i64>, Vec<StatementRow>) = rows
            .collect::<rusqlite::Result<Vec<_>>>()
            .map_err(|e| self.error(e))?
            .into_iter()
            .unzip();
        let place: FxHashMap<i64, usize> = keys.iter().copied().zip(0..).collect();
        let one = (keys.len() == 1).then(|| keys[0]);
        let sql = format!(
            "SELECT p.statement, p.role, e.id, p.polarity FROM participants p JOIN entities e ON e.key = p.entity {} ORDER BY p.statement, p.role, p.number",
            if one.is_some() {
                "WHERE p.statement = ?1"
            } else {
                "WHERE ?1 IS NULL"
            }
        );
        let mut statement = self.connection.prepare(&sql).map_err(|e| self.error(e))?;
        let mut rows = statement.query([one]).map_err(|e| self.error(e))?;
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let read = || -> rusqlite::Result<(i64, String, String, Option<String>)> {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            };
            let (id, role, entity, polarity) = read().map_err(|e| self.error(e))?;
            let Some(&at) = place.get(&id) else { continue };
            match role.as_str() {
                "about" => found[at].about.push(entity),
                "addressee" => found[at].addressees.push(entity),
                _ => found[at].targets.push((
                    entity,
                    polarity
                        .and_then(|p| p.parse().ok())
                        .unwrap_or(Polarity::Neutral),
                )),
            }
        }
        Ok(found)
    }
}

fn statement_row(row: &Row<'_>) -> rusqlite::Result<StatementRow> {
    fn named<T>(row: &Row<'_>, at: usize) -> rusqlite::Result<T>
    where
        T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
    {
        let name: String = row.get(at)?;
        name.parse().map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(
                at,
                rusqlite::types::Type::Text,
                Box::new(error),
            )
        })
    }
    let day = |at: usize| -> rusqlite::Result<Option<Date>> {
        Ok(row
            .get::<_, Option<String>>(at)?
            .and_then(|day| day.parse().ok()))
    };
    Ok(StatementRow {
        id: StatementId {
            document: named(row, 0)?,
            place: named(row, 1)?,
        },
        document: row.get(3)?,
        title: row.get(4)?,
        publisher: row.get(5)?,
        published: day(6)?,
        source: row.get(7)?,
        cue: row.get(8)?,
        content: row.get(9)?,
        sentence: row.get(10)?,
        kind: named(row, 11)?,
        act: named(row, 12)?,
        negated: row.get(13)?,
        polarity: named(row, 14)?,
        targets: Vec::new(),
        addressees: Vec::new(),
        about: Vec::new(),
        said_on: day(15)?,
        confidence: row.get::<_, f64>(16)? as f32,
        rule: row.get(17)?,
        standing: named(row, 18)?,
        teller: row
            .get::<_, Option<String>>(19)?
            .zip(row.get::<_, Option<String>>(20)?),
    })
}
