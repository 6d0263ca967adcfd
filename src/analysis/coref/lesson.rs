//! What there is to learn in an article about who is meant: every question, its answers, and what could be seen of each.
//!
//! In: a document and a guide that knows the right answers. Out: the guide hears every question in the order in which they
//! are decided, and what it answers holds for those behind (`examples/train_coreference.rs`).

use super::{Coreference, Guide, resolve_guided};
use crate::analysis::{self, attribution, mention};
use crate::lexicon::Lexicon;
use crate::model::{Document, Mention};

/// A word that asks whom it means.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Index of its mention.
    pub mention: usize,
    /// "he", "they", "person" …
    pub class: &'static str,
    /// Candidates, the nearest first; then "new" for descriptions; then "nobody".
    pub answers: Vec<Answer>,
    /// The weights gave it an antecedent.
    pub resolved: bool,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Who that is.
    pub meant: Meant,
    /// What can be seen of it.
    pub features: Vec<String>,
}

/// Who an answer says is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Who these mentions mean.
    Mentions(Vec<usize>),
    /// Somebody new.
    New,
    /// A thing, or nobody.
    Nobody,
}

/// Resolves a document; `guide` answers each question with the number of an answer, or leaves it to the weights. `ready`
/// hears the mentions first.
pub fn read(
    document: &Document,
    lexicon: &Lexicon,
    ready: &mut dyn FnMut(&[Mention]),
    guide: Guide<'_>,
) -> Coreference {
    let (layers, names) = analysis::read(document.text(), lexicon);
    let found = mention::find(&layers, lexicon, names);
    let attributions = attribution::find(&layers, lexicon);
    resolve_guided(
        document,
        &layers,
        lexicon,
        &attributions,
        found,
        Some((ready, guide)),
    )
}
