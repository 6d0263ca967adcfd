//! What there is to learn in a text: the judgements of this stage, each with what could be seen.
//!
//! In: what [`read`](super::read) gets. Out: for every statement its features, and those of everybody whom it may mean. Who
//! knows the right answers makes tables of them (`examples/train_meaning.rs`).

use super::Reading;
use super::bearing::Bearings;
use super::candidate::Cast;
use super::decide::aims;
use super::seen::Seen;
use crate::analysis::attribution::Attribution;
use crate::analysis::coref::Coreference;
use crate::lexicon::choices::Sums;
use crate::lexicon::{Lexicon, Sink};
use crate::model::{Document, Statement};
use crate::text::Text;

/// A statement to learn from, as it is told to whoever learns.
pub trait Pupil {
    /// The features of the statement `index`, told by `describe`. Hands back what is known of it so far.
    fn statement(&mut self, index: usize, describe: &dyn Fn(Sink<'_>)) -> Sums;
    /// The features of a candidate of the statement `index`.
    fn candidate(&mut self, index: usize, entity: usize, describe: &dyn Fn(Sink<'_>));
}

/// Tells `pupil` all judgements of a document, and hands back the statements as the rules read them.
pub fn read(
    document: &Document,
    layers: &Text,
    lexicon: &Lexicon,
    attributions: &[Attribution],
    coreference: &Coreference,
    pupil: &mut dyn Pupil,
) -> Vec<Statement> {
    let reading = Reading::new(document, layers, lexicon, attributions, coreference);
    let (statements, clauses) = reading.by_rule();
    let cast = Cast::of(&reading);
    let aimed = aims(&statements);
    for index in 0..attributions.len() {
        let seen = Seen {
            reading: &reading,
            index,
            clauses: &clauses[index],
            ruled: &statements[index],
            targets: &aimed[index],
        };
        let sums = pupil.statement(index, &|sink| seen.describe(sink));
        let candidates = reading.candidates(&seen, &aimed, &cast);
        let bearings = Bearings::new(&seen, &candidates, &cast, &sums);
        for (at, candidate) in candidates.iter().enumerate() {
            pupil.candidate(index, candidate.entity, &|sink| bearings.describe(at, sink));
        }
    }
    statements
}
