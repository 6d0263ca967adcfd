//! Where the clause goes on whose subject a cue noun is: "the claim of fraud | was denied", "his promise to leave | has angered
//! many".

use super::cue::CueHit;
use crate::lexicon::{Lexicon, Part};
use crate::text::{Clauses, UnitKind};

/// True when the finite verb at unit `at` is that of the cue noun `hit` and not of its content, which starts at unit `start`:
/// the first one, with nothing before it that opens a clause.
pub(super) fn is_one(
    clauses: Clauses<'_>,
    hits: &[CueHit],
    lexicon: &Lexicon,
    hit: &CueHit,
    (start, at): (usize, usize),
) -> bool {
    let kind = |unit: usize| clauses.units[unit].kind;
    let finite = |unit| matches!(kind(unit), UnitKind::Verb(group) if group.finite);
    if hit.part != Part::Noun || !finite(at) || !is_subject(clauses, hit.unit) {
        return false;
    }
    let nominal = matches!(
        kind(start),
        UnitKind::Noun | UnitKind::Possessive | UnitKind::Verb(_)
    );
    let linked = start > hit.next && kind(start - 1) == UnitKind::Link;
    // "claims of hoping | the plan | failed"
    let governs = |unit: usize| {
        hits.iter().any(|other| {
            other.unit == unit && other.cue.is_some_and(|cue| lexicon.cues.takes(cue, "bare"))
        })
    };
    let opens = |unit: usize| match kind(unit) {
        UnitKind::Link
        | UnitKind::Relative
        | UnitKind::Question
        | UnitKind::Comma
        | UnitKind::Dash => true,
        UnitKind::Preposition => clauses.is_subordinator(unit),
        UnitKind::Verb(group) => group.finite || governs(unit),
        // "the deal | he | made"
        UnitKind::Noun => unit > start && kind(unit - 1) == UnitKind::Noun,
        _ => false,
    };
    nominal && !linked && !(start..at).any(opens)
}

/// Neither a verb nor a preposition stands before the noun.
fn is_subject(clauses: Clauses<'_>, noun: usize) -> bool {
    let before = clauses.units[..noun]
        .iter()
        .rev()
        .find(|unit| unit.kind != UnitKind::Possessive);
    !before.is_some_and(|unit| matches!(unit.kind, UnitKind::Verb(_) | UnitKind::Preposition))
}
