//! Past tenses that the tagger took for participles, and verbs that it took for nouns.
//!
//! In: the units of a segment. Out: the same, some participles made finite verbs: what takes a pronoun as its object
//! ("called her a friend"), what goes on from a finite verb, and the first one of a segment that has no main verb ("Smith,
//! the mayor, denied that …"). Where there is none even so, the noun before an infinitive is one ("Smith plans | to run").

use super::language::Language;
use super::phrase::VerbGroup;
use super::segment::{Unit, UnitKind};
use crate::model::{Tag, Token};

/// Makes the participle that must be the main verb a finite verb, and all that are coordinated with one.
pub(super) fn repair(units: &mut Vec<Unit>, tokens: &[Token], language: &Language) {
    let mut first = true;
    for at in 0..units.len() {
        let UnitKind::Verb(mut group) = units[at].kind else {
            continue;
        };
        if !group.participle || group.finite {
            continue;
        }
        let main = first
            && has_subject(units, at)
            && free_verbs(&units[..at], tokens, language) <= 0
            && (goes_on(units, at)
                || governs(units, at) && free_verbs(&units[at + 1..], tokens, language) <= 0);
        if main || is_coordinated(units, at) || takes_pronoun(units, at, tokens) {
            group.participle = false;
            group.finite = true;
            units[at].kind = UnitKind::Verb(group);
        }
        first = false;
    }
    if free_verbs(units, tokens, language) <= 0
        && let Some((at, noun)) = verb_in_noun(units, tokens)
    {
        let verb = Unit {
            kind: UnitKind::Verb(VerbGroup {
                finite: true,
                ..VerbGroup::default()
            }),
            tokens: (noun.tokens.1, units[at].tokens.1),
            head: units[at].head,
        };
        units[at] = noun;
        units.insert(at + 1, verb);
    }
}

/// "Smith plans | to run", "the campaign worries | that": the unit, and what is left of it without the verb.
fn verb_in_noun(units: &[Unit], tokens: &[Token]) -> Option<(usize, Unit)> {
    let tag = |token: u32| tokens[token as usize].tag;
    let at = units.iter().enumerate().position(|(at, unit)| {
        let (start, end) = unit.tokens;
        let behind = match units.get(at + 1).map(|unit| unit.kind) {
            Some(UnitKind::Verb(group)) => group.infinitive,
            Some(UnitKind::Link) => true,
            _ => false,
        };
        unit.kind == UnitKind::Noun
            && behind
            && end - start >= 2
            && unit.head + 1 == end
            && tag(unit.head) == Tag::NNS
            && matches!(tag(end - 2), Tag::NN | Tag::NNP | Tag::NNPS | Tag::NNS)
    })?;
    let (start, end) = units[at].tokens;
    let noun = Unit {
        kind: UnitKind::Noun,
        tokens: (start, end - 1),
        head: end - 2,
    };
    Some((at, noun))
}

/// "called | her": a pronoun is an object of an active verb.
fn takes_pronoun(units: &[Unit], at: usize, tokens: &[Token]) -> bool {
    units.get(at + 1).is_some_and(|unit| {
        unit.kind == UnitKind::Noun && tokens[unit.tokens.0 as usize].tag == Tag::PRP
    })
}

/// "called for a vote | and said": the next finite verb is coordinated with this one.
fn goes_on(units: &[Unit], at: usize) -> bool {
    let next = units[at + 1..].iter().position(|unit| {
        matches!(unit.kind, UnitKind::Verb(group) if group.finite)
            || matches!(
                unit.kind,
                UnitKind::Relative | UnitKind::Question | UnitKind::Comma | UnitKind::Link
            )
    });
    next.is_some_and(|next| {
        let verb = at + 1 + next;
        next > 0
            && matches!(units[verb].kind, UnitKind::Verb(_))
            && units[verb - 1].kind == UnitKind::Conjunction
    })
}

/// "warned that …, | and | denied | that …"
fn is_coordinated(units: &[Unit], at: usize) -> bool {
    at > 0
        && units[at - 1].kind == UnitKind::Conjunction
        && units.get(at + 1).map(|unit| unit.kind) == Some(UnitKind::Link)
}

/// A clause, an object or a preposition right behind.
fn governs(units: &[Unit], at: usize) -> bool {
    matches!(
        units.get(at + 1).map(|unit| unit.kind),
        Some(
            UnitKind::Link
                | UnitKind::Noun
                | UnitKind::Possessive
                | UnitKind::Question
                | UnitKind::Preposition
                | UnitKind::Adverb
                | UnitKind::Adjective
                | UnitKind::Time
        )
    ) || matches!(units.get(at + 1).map(|unit| unit.kind), Some(UnitKind::Verb(group)) if group.infinitive)
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

/// Finite verbs of `units` less the words that may start a clause for them.
fn free_verbs(units: &[Unit], tokens: &[Token], language: &Language) -> i32 {
    units
        .iter()
        .map(|unit| match unit.kind {
            UnitKind::Verb(group) if group.finite => 1,
            UnitKind::Link | UnitKind::Relative | UnitKind::Question => -1,
            UnitKind::Preposition => {
                let norm = &tokens[unit.tokens.0 as usize].norm;
                -i32::from(language.subordinators.contains(norm))
            }
            _ => 0,
        })
        .sum()
}
