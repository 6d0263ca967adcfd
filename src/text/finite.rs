//! Past tenses that the tagger took for participles: "Smith, the mayor, denied that …"; and the other way round: "when asked".
//!
//! In: the units of a segment. Out: the same, at most one participle made a finite verb. A sentence needs a main verb:
//! where every finite verb hangs on a linking word, the first participle between a noun and its object is one.

use super::language::Language;
use super::segment::{Unit, UnitKind};
use crate::model::{Tag, Token};

/// Makes the participle that must be the main verb a finite verb, and all that are coordinated with one.
pub(super) fn repair(units: &mut [Unit], tokens: &[Token], language: &Language) {
    for at in 0..units.len() {
        if let UnitKind::Verb(mut group) = units[at].kind
            && group.finite
            && lacks_subject(units, at, tokens, language)
        {
            group.finite = false;
            group.participle = true;
            units[at].kind = UnitKind::Verb(group);
        }
    }
    let main = |fits: &dyn Fn(usize) -> bool| {
        (0..units.len()).find(|&at| {
            is_participle(units, at)
                && fits(at)
                && has_subject(units, at)
                && free_verbs(&units[..at], tokens, language) <= 0
                && free_verbs(&units[at + 1..], tokens, language) <= 0
        })
    };
    let main =
        main(&|at| governs(units, at)).or_else(|| main(&|at| carries(units, at, tokens, language)));
    for at in 0..units.len() {
        if let UnitKind::Verb(mut group) = units[at].kind
            && is_participle(units, at)
            && (main == Some(at) || is_coordinated(units, at))
        {
            group.participle = false;
            group.finite = true;
            units[at].kind = UnitKind::Verb(group);
        }
    }
}

/// A bare past participle.
fn is_participle(units: &[Unit], at: usize) -> bool {
    matches!(units[at].kind, UnitKind::Verb(group) if group.participle && !group.finite)
}

/// "when | asked", "as | announced": one past tense right behind a word that opens a clause.
fn lacks_subject(units: &[Unit], at: usize, tokens: &[Token], language: &Language) -> bool {
    let (start, end) = units[at].tokens;
    let opened = at.checked_sub(1).is_some_and(|before| {
        let norm = &tokens[units[before].tokens.0 as usize].norm;
        matches!(
            units[before].kind,
            UnitKind::Question | UnitKind::Preposition | UnitKind::Link
        ) && language.subordinators.contains(norm)
    });
    opened && end == start + 1 && tokens[start as usize].tag == Tag::VBD
}

/// "warned that …, | and | denied | that …"
fn is_coordinated(units: &[Unit], at: usize) -> bool {
    at > 0
        && units[at - 1].kind == UnitKind::Conjunction
        && units.get(at + 1).map(|unit| unit.kind) == Some(UnitKind::Link)
}

/// A clause or an object right behind.
fn governs(units: &[Unit], at: usize) -> bool {
    matches!(
        units.get(at + 1).map(|unit| unit.kind),
        Some(UnitKind::Link | UnitKind::Noun | UnitKind::Possessive | UnitKind::Question)
    )
}

/// The only verb of a whole sentence, with no agent behind: "The ministry | called | on both sides to leave."
fn carries(units: &[Unit], at: usize, tokens: &[Token], language: &Language) -> bool {
    let whole = units
        .last()
        .is_some_and(|unit| matches!(unit.kind, UnitKind::Stop | UnitKind::Comma));
    let agent = units.get(at + 1).is_some_and(|unit| {
        unit.kind == UnitKind::Preposition
            && language
                .agents
                .contains(&tokens[unit.tokens.0 as usize].norm)
    });
    // "responded | by | accusing"
    let gerund = matches!(units.get(at + 2).map(|u| u.kind), Some(UnitKind::Verb(g)) if g.gerund);
    whole && (!agent || gerund)
}

/// A noun before, adverbs and commas between.
fn has_subject(units: &[Unit], at: usize) -> bool {
    let skipped = |kind| {
        matches!(
            kind,
            UnitKind::Comma | UnitKind::Adverb | UnitKind::Time | UnitKind::Bracket
        )
    };
    units[..at]
        .iter()
        .rev()
        .find(|unit| !skipped(unit.kind))
        .is_some_and(|unit| {
            matches!(
                unit.kind,
                UnitKind::Noun | UnitKind::Possessive | UnitKind::Adjective
            )
        })
}

/// Finite verbs of `units` less the words that may start a clause for them; a verb right behind "and" has no subject of its
/// own.
fn free_verbs(units: &[Unit], tokens: &[Token], language: &Language) -> i32 {
    let shares = |at: usize| at > 0 && units[at - 1].kind == UnitKind::Conjunction;
    let weight = |(at, unit): (usize, &Unit)| match unit.kind {
        UnitKind::Verb(group) if group.finite && !shares(at) => 1,
        UnitKind::Link | UnitKind::Relative | UnitKind::Question => -1,
        UnitKind::Preposition => {
            let norm = &tokens[unit.tokens.0 as usize].norm;
            -i32::from(language.subordinators.contains(norm))
        }
        _ => 0,
    };
    units.iter().enumerate().map(weight).sum()
}
