//! Two who do it to each other: "Smith and Jones accused each other of …" is a statement of each about the other.

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
    let object = attribution.target.or(attribution.addressee)?;
    if !is_reciprocal(tokens, object, lexicon) {
        return None;
    }
    let (start, end) = attribution.source?;
    let mut between = segment.units.iter().filter(|unit| {
        unit.kind == UnitKind::Conjunction && start < unit.tokens.0 && unit.tokens.1 < end
    });
    let (first, second) = match (between.next(), between.next()) {
        (Some(and), None) => ((start, and.tokens.0), (and.tokens.1, end)),
        _ => return None,
    };
    let mut other = attribution.clone();
    for (statement, source, object) in [(attribution, first, second), (&mut other, second, first)] {
        statement.source = Some(source);
        let place = if statement.target.is_some() {
            &mut statement.target
        } else {
            &mut statement.addressee
        };
        *place = Some(object);
    }
    Some(other)
}

/// "each other", "one another".
fn is_reciprocal(tokens: &[Token], (start, end): (u32, u32), lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = tokens[start as usize..end as usize]
        .iter()
        .map(|token| token.norm.as_str())
        .collect();
    lexicon.words.is(&words.join(" "), "reciprocal")
}
