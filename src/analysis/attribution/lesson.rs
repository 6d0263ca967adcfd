//! What there is to learn in a text: the decisions of attribution, each with what could be seen.
//!
//! In: a text and a lexicon without learned tables. Out: for every statement that a pattern finds, its features, and those
//! of every place where its content might end. Who knows the right answers makes tables of them
//! (`examples/train_attribution.rs`).

use super::content::walk;
use super::trust::Seen;
use super::{Attribution, find_and_tell};
use crate::lexicon::{Features, Lexicon};
use crate::text::Text;

/// A statement that a pattern found.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The statement.
    pub attribution: Attribution,
    /// What could be seen of it.
    pub features: Vec<String>,
    /// Places where its last content may end, if the cue governs it.
    pub ends: Vec<Place>,
}

/// A place where a content may end.
#[derive(Clone, Debug)]
pub struct Place {
    /// The token behind the content.
    pub token: u32,
    /// What can be seen there; empty: the content must end here.
    pub features: Vec<String>,
}

/// The attributions of a text, in text order, and the lessons of those that patterns found.
pub fn read(text: &Text, lexicon: &Lexicon) -> (Vec<Attribution>, Vec<Lesson>) {
    let mut lessons = Vec::new();
    let found = find_and_tell(text, lexicon, &mut |seen| lessons.push(lesson(seen)));
    (found, lessons)
}

fn lesson(seen: &Seen<'_>) -> Lesson {
    let mut features = Features::named();
    seen.describe(&mut features);
    Lesson {
        attribution: seen.attribution.clone(),
        features: features.into_names(),
        ends: places(seen),
    }
}

/// The places behind the start of the last content, where that stands behind the cue.
fn places(seen: &Seen<'_>) -> Vec<Place> {
    let content = seen.attribution.content[seen.attribution.content.len() - 1];
    let units = seen.clauses.units;
    // A quotation mark may stand before the first word of the unit.
    let start = units.partition_point(|unit| unit.tokens.1 <= content.0);
    let mut places = Vec::new();
    if start < seen.hit.next || start >= units.len() {
        return places;
    }
    walk(
        seen.clauses,
        seen.hits,
        seen.lexicon,
        seen.hit,
        start,
        |at, describe| {
            let mut features = Features::named();
            if let Some(describe) = describe {
                describe(&mut features);
            }
            places.push(Place {
                token: units[at - 1].tokens.1,
                features: features.into_names(),
            });
            true
        },
    );
    places
}
