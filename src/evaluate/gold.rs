//! Gold statements with entities, in JSON: one file a document.
//!
//! In: the text of a `.json` file. Out: its entities and statements. Places in the article are given by their words and
//! the how-many-eth occurrence (from 0) of these words.

use serde::Deserialize;

use super::verdict::slice;
use super::{Faults, Points};
use crate::model::CodePoints;

/// One gold file.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// The file name of the text.
    pub doc: String,
    /// Who and what is in it.
    pub entities: Vec<GoldEntity>,
    /// Who said what about whom.
    pub statements: Vec<GoldStatement>,
}

/// An entity of gold.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEntity {
    /// Its id in this file.
    pub id: String,
    /// person, organization, place, group or anonymous.
    pub r#type: String,
    /// Its name.
    pub name: String,
    /// How the text calls it.
    #[serde(default)]
    pub surfaces: Vec<String>,
    /// Where it is named.
    #[serde(default)]
    pub mentions: Vec<Passage>,
}

/// A statement of gold.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldStatement {
    /// Its id in this file.
    pub id: String,
    /// The id of its source.
    pub source: Option<String>,
    /// The words of the source.
    pub source_text: Option<Passage>,
    /// The words that signal it.
    pub cue: Option<Passage>,
    /// What was said.
    pub content: Vec<Passage>,
    /// direct, indirect or mixed.
    pub kind: String,
    /// What the source does by saying it.
    pub act: String,
    /// The attribution itself is negated.
    pub negated: bool,
    /// Ids of those to whom it was said.
    pub addressee: Vec<String>,
    /// Ids of those of whom the content speaks.
    pub about: Vec<String>,
    /// Ids of those at whom the act is directed.
    pub target: Vec<String>,
    /// The stance towards them.
    pub polarity: String,
    /// The id of the statement that holds this one.
    pub parent: Option<String>,
}

/// Words of the text.
#[derive(Clone, Debug, Deserialize)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// Which of their occurrences, from 0.
    #[serde(default)]
    pub occurrence: usize,
    /// Where they stand: found by [`Gold::locate`].
    #[serde(skip)]
    pub span: Points,
}

impl GoldStatement {
    /// Where its content stands.
    pub fn content_spans(&self) -> Vec<Points> {
        self.content.iter().map(|passage| passage.span).collect()
    }

    /// The id of its source.
    pub fn source_id(&self) -> Option<&str> {
        self.source.as_deref().filter(|id| !id.is_empty())
    }
}

/// Reads one gold file.
pub fn parse(file: &str, json: &str, faults: &mut Faults) -> Option<Gold> {
    match serde_json::from_str(json) {
        Ok(gold) => Some(gold),
        Err(error) => {
            let help = "docs/commands.md shows a gold file under `eval`";
            faults.add(file, error.line(), format!("no gold: {error}"), help);
            None
        }
    }
}

impl Gold {
    /// Finds all passages in `text`.
    pub fn locate(&mut self, file: &str, text: &str, points: &CodePoints, faults: &mut Faults) {
        let mentions = self.entities.iter_mut().flat_map(|e| &mut e.mentions);
        let statements = self.statements.iter_mut().flat_map(|statement| {
            let parts = statement.content.iter_mut();
            parts
                .chain(&mut statement.source_text)
                .chain(&mut statement.cue)
        });
        for passage in mentions.chain(statements) {
            match occurrence(text, &passage.text, passage.occurrence) {
                Some(start) => {
                    let start = points.at(start);
                    passage.span = (start, start + passage.text.chars().count() as u32);
                    debug_assert_eq!(slice(passage.span, points, text), passage.text);
                }
                None => {
                    let what = format!(
                        "occurrence {} of `{}` is not in {}",
                        passage.occurrence, passage.text, self.doc
                    );
                    let help =
                        "write the words as they stand in the text; occurrences count from 0";
                    faults.add(file, 0, what, help);
                }
            }
        }
    }
}

/// The byte at which the `number`th occurrence of `words` starts; occurrences may overlap.
fn occurrence(text: &str, words: &str, number: usize) -> Option<u32> {
    let first = words.chars().next()?;
    let mut from = 0;
    let mut found = None;
    for _ in 0..=number {
        let at = from + text.get(from..)?.find(words)?;
        from = at + first.len_utf8();
        found = Some(at as u32);
    }
    found
}
