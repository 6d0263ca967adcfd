//! Two who do it to each other: "Smith and Jones accused each other of …" is a statement of each about the other,
//! and so are "accusations between Smith and Jones".

use super::Attribution;
use crate::lexicon::Lexicon;
use crate::model::Token;
use crate::text::{Segment, UnitKind};

/// Both statements, where `attribution` is such a one: its source becomes the first of the two.
pub(super) fn split(
    attribution: &mut Attribution,
    segment: &Segment,
    tokens: &[Token],
    lexicon: &Lexicon,
) -> Option<Attribution> {
    let (start, end) = attribution.source?;
    let object = attribution.target.or(attribution.addressee);
    let between = object.is_none() && is_between(tokens, start, lexicon);
    if !between && !object.is_some_and(|object| is_reciprocal(tokens, object, lexicon)) {
        return None;
    }
    let mut joints = segment.units.iter().filter(|unit| {
        unit.kind == UnitKind::Conjunction && start < unit.tokens.0 && unit.tokens.1 < end
    });
    let (first, second) = match (joints.next(), joints.next()) {
        (Some(and), None) => ((start, and.tokens.0), (and.tokens.1, end)),
        _ => return None,
    };
    let mut other = attribution.clone();
    for (statement, source, object) in [(attribution, first, second), (&mut other, second, first)] {
        statement.source = Some(source);
        let place = if between || statement.target.is_some() {
            &mut statement.target
        } else {
            &mut statement.addressee
        };
        *place = Some(object);
    }
    Some(other)
}

/// "accusations between | Smith and Jones": a cue noun's preposition before both.
fn is_between(tokens: &[Token], start: u32, lexicon: &Lexicon) -> bool {
    start > 0
        && lexicon
            .words
            .is(&tokens[start as usize - 1].norm, "reciprocal-preposition")
}

/// "each other", "one another".
fn is_reciprocal(tokens: &[Token], (start, end): (u32, u32), lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = tokens[start as usize..end as usize]
        .iter()
        .map(|token| token.norm.as_str())
        .collect();
    lexicon.words.is(&words.join(" "), "reciprocal")
}
