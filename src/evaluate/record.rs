//! What was said in one document, as `extract` prints it.
//!
//! In: lines of JSON. Out: records, with the keys that are compared with gold; others are passed over.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::{Faults, Points};
use crate::model::Signs;

/// One line of `extract`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Record {
    /// The name of the document.
    pub document: String,
    /// Who and what is in it.
    #[serde(default)]
    pub entities: Vec<EntityRecord>,
    /// Where they are mentioned.
    #[serde(default)]
    pub mentions: Vec<MentionRecord>,
    /// Who said what.
    #[serde(default)]
    pub statements: Vec<StatementRecord>,
}

/// An entity of a record.
#[derive(Clone, Debug, Deserialize)]
pub struct EntityRecord {
    /// Its id.
    pub id: String,
    /// person, organization …
    #[serde(default)]
    pub r#type: String,
    /// The name to show.
    #[serde(default)]
    pub name: String,
}

/// A mention of a record.
#[derive(Clone, Debug, Deserialize)]
pub struct MentionRecord {
    /// Where.
    #[serde(flatten)]
    pub range: Range,
    /// name, nominal or pronoun.
    #[serde(default)]
    pub kind: String,
    /// Of whom.
    pub entity: Option<String>,
}

/// Half-open range of code points.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Range {
    /// The first.
    pub start: u32,
    /// The one after the last.
    pub end: u32,
}

/// The source of a statement.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SourceRecord {
    /// Who.
    pub entity: Option<String>,
    /// Where its words start, if they stand in the text.
    pub start: Option<u32>,
    /// Where they end.
    pub end: Option<u32>,
}

/// The cue of a statement.
#[derive(Clone, Debug, Deserialize)]
pub struct CueRecord {
    /// Where.
    #[serde(flatten)]
    pub range: Range,
    /// Its base form.
    #[serde(default)]
    pub lemma: String,
}

/// A target of a statement.
#[derive(Clone, Debug, Deserialize)]
pub struct TargetRecord {
    /// Who.
    pub entity: String,
}

/// A statement of a record.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StatementRecord {
    /// Its id in the document.
    pub id: Option<String>,
    /// Who said it.
    pub source: Option<SourceRecord>,
    /// The words that signal it.
    pub cue: Option<CueRecord>,
    /// What was said.
    pub content: Vec<Range>,
    /// direct, indirect or mixed.
    pub kind: Option<String>,
    /// What the source does by saying it.
    pub act: Option<String>,
    /// The attribution itself is negated.
    pub negated: Option<bool>,
    /// To whom.
    pub addressees: Vec<String>,
    /// Of whom.
    pub about: Vec<String>,
    /// At whom the act is directed.
    pub targets: Vec<TargetRecord>,
    /// The stance towards the targets.
    pub polarity: Option<String>,
    /// The statement that holds this one.
    pub parent: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// What found it.
    pub rule: String,
    /// What gave its judgements; only where the text was read, not in what `extract` prints.
    #[serde(skip)]
    pub signs: Option<Signs>,
}

impl From<Range> for Points {
    fn from(range: Range) -> Points {
        (range.start, range.end)
    }
}

impl StatementRecord {
    /// The id of its source's entity.
    pub fn source_entity(&self) -> Option<&str> {
        let entity = self.source.as_ref()?.entity.as_deref()?;
        (!entity.is_empty()).then_some(entity)
    }

    /// Where its source stands.
    pub fn source_span(&self) -> Option<Points> {
        let source = self.source.as_ref()?;
        Some((source.start?, source.end?))
    }

    /// Where its cue stands.
    pub fn cue_span(&self) -> Option<Points> {
        self.cue.as_ref().map(|cue| cue.range.into())
    }

    /// The parts of its content.
    pub fn content_spans(&self) -> Vec<Points> {
        self.content.iter().map(|&range| range.into()).collect()
    }
}

impl Record {
    /// The file name of the document.
    pub fn file_name(&self) -> &str {
        self.document.rsplit('/').next().unwrap_or_default()
    }

    /// Leaves out the statements that are less sure; what stood inside one of them stands inside its parent.
    pub fn keep_surer_than(&mut self, least: f64) {
        let parents: BTreeMap<String, (bool, Option<String>)> = self
            .statements
            .iter()
            .filter_map(|s| Some((s.id.clone()?, (s.confidence >= least, s.parent.clone()))))
            .collect();
        self.statements.retain(|s| s.confidence >= least);
        for statement in &mut self.statements {
            // A ring of parents, which no extraction makes, ends after as many steps as there are statements.
            for _ in 0..parents.len() {
                let parent = statement.parent.as_ref().and_then(|p| parents.get(p));
                match parent {
                    Some((false, above)) => statement.parent = above.clone(),
                    _ => break,
                }
            }
        }
    }

    /// Tells of spans that are empty or lie outside the text of `length` code points.
    pub fn check(&self, length: u32, file: &str, faults: &mut Faults) {
        for (at, statement) in self.statements.iter().enumerate() {
            let number = format!("s{}", at + 1);
            let id = statement.id.as_deref().unwrap_or(&number);
            let spans = statement.content_spans().into_iter();
            let spans = spans.chain(statement.source_span());
            for (start, end) in spans.chain(statement.cue_span()) {
                if start >= end || end > length {
                    let what = format!(
                        "{}: statement {id}: no span of this text: {start} to {end}",
                        self.document
                    );
                    let help = format!(
                        "offsets are code points of the text as it stands, which has {length}"
                    );
                    faults.add(file, 0, what, help);
                }
            }
        }
    }
}

/// The records of a file, by the file names of their documents.
pub fn parse(file: &str, lines: &str) -> Result<BTreeMap<String, Record>, Faults> {
    let mut faults = Faults::default();
    let mut records = BTreeMap::new();
    let mut seen = HashSet::new();
    for (at, line) in lines.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Record>(line) {
            Ok(record) if !seen.insert(record.file_name().to_owned()) => {
                let what = format!("document `{}` twice", record.file_name());
                faults.add(file, at + 1, what, "leave one line for each document");
            }
            Ok(record) => drop(records.insert(record.file_name().to_owned(), record)),
            Err(error) => faults.add(
                file,
                at + 1,
                format!("no record: {error}"),
                "each line is one JSON object as `sayso extract` prints it",
            ),
        }
    }
    match faults.0.is_empty() {
        true => Ok(records),
        false => Err(faults),
    }
}
