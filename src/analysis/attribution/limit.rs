//! Where a content must end, whatever the table says: before the author's comment on it (", a claim that many doubt"), before a
//! phrase that attributes it (", according to Smith"), and where the clause goes on whose subject a cue noun is ("his promise
//! to leave | has angered many").

use super::cue::CueHit;
use crate::lexicon::{Frames, Lexicon, Part};
use crate::text::{Clauses, UnitKind};

/// True when the content of `hit`, which starts at unit `start`, must end before unit `at`.
pub(super) fn stands_at(
    clauses: Clauses<'_>,
    hits: &[CueHit],
    lexicon: &Lexicon,
    hit: &CueHit,
    (start, at): (usize, usize),
) -> bool {
    match clauses.units[at].kind {
        UnitKind::Comma => {
            is_comment(clauses, lexicon, at + 1)
                || is_attribution(hits, lexicon, hit, at + 1)
                || is_headline_verb(clauses, hits, hit, at + 1)
        }
        UnitKind::Verb(group) if group.finite => {
            is_verb_of_noun(clauses, hits, lexicon, hit, (start, at))
        }
        _ => false,
    }
}

/// "a claim that many doubt": the author's word for what was said.
fn is_comment(clauses: Clauses<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let norm = |token: u32| clauses.tokens[token as usize].norm.as_str();
    clauses.units.get(at).is_some_and(|noun| {
        let first = norm(noun.tokens.0);
        noun.kind == UnitKind::Noun
            && lexicon.words.is(first, "indefinite")
            && lexicon.words.is(first, "article")
            && lexicon.cues.form(Part::Noun, norm(noun.head)).is_some()
    })
}

/// "Veldania warns Korsava, | calls for talks": headlines leave "and" out.
fn is_headline_verb(clauses: Clauses<'_>, hits: &[CueHit], hit: &CueHit, at: usize) -> bool {
    let stops = |kind| {
        matches!(
            kind,
            UnitKind::Stop | UnitKind::Comma | UnitKind::Quotation(_)
        )
    };
    let headline = !clauses.units.last().is_some_and(|unit| stops(unit.kind));
    let tag = |unit: usize| clauses.tokens[clauses.units[unit].head as usize].tag;
    headline
        && matches!(clauses.units.get(at).map(|u| u.kind), Some(UnitKind::Verb(g)) if g.finite)
        && hit.part == Part::Verb
        && tag(at) == tag(hit.unit)
        && hits
            .iter()
            .any(|other| other.unit == at && other.cue.is_some())
}

/// "according to Smith"
fn is_attribution(hits: &[CueHit], lexicon: &Lexicon, hit: &CueHit, at: usize) -> bool {
    hits.iter().any(|other| {
        other.part == Part::Phrase
            && other.unit == at
            && other.unit != hit.unit
            && other
                .cue
                .is_some_and(|cue| lexicon.cues.takes(cue, Frames::BARE))
    })
}

/// True when the finite verb at unit `at` is that of the cue noun `hit` and not of its content, which starts at unit `start`:
/// the first one, with nothing before it that opens a clause.
fn is_verb_of_noun(
    clauses: Clauses<'_>,
    hits: &[CueHit],
    lexicon: &Lexicon,
    hit: &CueHit,
    (start, at): (usize, usize),
) -> bool {
    let kind = |unit: usize| clauses.units[unit].kind;
    if hit.part != Part::Noun || !is_subject(clauses, hit.unit) {
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
            other.unit == unit
                && other
                    .cue
                    .is_some_and(|cue| lexicon.cues.takes(cue, Frames::BARE))
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
