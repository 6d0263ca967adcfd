//! Which statements of one document are right: what a model of their confidence learns from.

use super::{Attribution, Index, Worded, pair};
use crate::model::{CodePoints, Statement};

/// What gold says of one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Label {
    /// It is inside no other statement and has content; PolNeAR judges no other, so the rest of the label says nothing.
    pub judged: bool,
    /// It stands for a gold attribution: the Jaccard of their contents is at least 0.5.
    pub paired: bool,
    /// It is paired, and half of the words of the shorter source are the other's, too, or nobody is named on either side.
    pub source_right: bool,
    /// Jaccard with the content of the gold attribution it was paired with, however little; 0 without one.
    pub content: f64,
}

/// The labels of `statements`, one each and in their order, by the gold of the same text.
pub fn labels(text: &str, statements: &[Statement], gold: &[Attribution]) -> Vec<Label> {
    let points = CodePoints::new(text);
    let index = Index::new(text, &points);
    let mut labels = vec![Label::default(); statements.len()];
    let (mut places, mut system) = (Vec::new(), Vec::new());
    for (at, statement) in statements.iter().enumerate() {
        if let Some(attribution) = Attribution::of_statement(statement, &points, text) {
            labels[at].judged = true;
            places.push(at);
            system.push(Worded::new(&attribution, &index));
        }
    }
    let gold: Vec<Worded> = gold.iter().map(|a| Worded::new(a, &index)).collect();
    for pair in pair(&system, &gold) {
        let label = &mut labels[places[pair.system]];
        label.content = pair.content;
        label.paired = pair.matches();
        label.source_right = pair.matches() && pair.source_right();
    }
    labels
}
