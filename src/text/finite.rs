//! Past tenses that the tagger took for participles and the other way round ("when asked"), and verbs that it took for nouns.
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
    for at in 1..units.len() {
        // "warned on Monday | that | closing the gates would …"
        let gerund = matches!(units[at].kind, UnitKind::Verb(group) if group.gerund);
        let word = &tokens[units[at - 1].tokens.0 as usize];
        if gerund && units[at - 1].kind == UnitKind::Relative && language.links.holds(word) {
            units[at - 1].kind = UnitKind::Link;
        }
    }
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
    let mut first = true;
    for at in 0..units.len() {
        let UnitKind::Verb(group) = units[at].kind else {
            continue;
        };
        // "Husted | said"
        if is_name(units, at) {
            units[at].kind = UnitKind::Noun;
            continue;
        }
        if group.finite || !(group.participle || is_bare(group)) {
            continue;
        }
        let main = first
            && has_subject(units, at)
            && free_verbs(&units[..at], tokens, language) <= 0
            && (goes_on(units, at)
                || governs(units, at) && free_verbs(&units[at + 1..], tokens, language) <= 0);
        let active = group.participle
            && (is_coordinated(units, at, tokens)
                || takes_pronoun(units, at, tokens)
                || has_pronoun(units, at, tokens));
        if main || active {
            make_finite(&mut units[at], group);
        }
        first = false;
    }
    let only = (0..units.len()).find(|&at| {
        is_participle(units, at)
            && carries(units, at, tokens, language)
            && has_subject(units, at)
            && free_verbs(&units[..at], tokens, language) <= 0
            && free_verbs(&units[at + 1..], tokens, language) <= 0
    });
    if let Some(at) = only
        && let UnitKind::Verb(group) = units[at].kind
    {
        make_finite(&mut units[at], group);
    }
    if free_verbs(units, tokens, language) <= 0
        && let Some((at, noun)) = verb_in_noun(units, tokens, language)
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
fn verb_in_noun(units: &[Unit], tokens: &[Token], language: &Language) -> Option<(usize, Unit)> {
    let tag = |token: u32| tokens[token as usize].tag;
    let at = units.iter().enumerate().position(|(at, unit)| {
        let (start, end) = unit.tokens;
        let behind = match units.get(at + 1).map(|unit| unit.kind) {
            Some(UnitKind::Verb(group)) => group.infinitive,
            Some(UnitKind::Link | UnitKind::Relative) => language
                .links
                .holds(&tokens[units[at + 1].tokens.0 as usize]),
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

/// "called for a vote | and said", "called for a vote | , and said": the next finite verb is coordinated with this one.
fn goes_on(units: &[Unit], at: usize) -> bool {
    let rest = &units[at + 1..];
    let next = rest.iter().enumerate().position(|(i, unit)| {
        let joined = rest.get(i + 1).map(|unit| unit.kind) == Some(UnitKind::Conjunction);
        match unit.kind {
            UnitKind::Verb(group) => group.finite,
            UnitKind::Comma => !joined,
            UnitKind::Relative | UnitKind::Question | UnitKind::Link => true,
            _ => false,
        }
    });
    next.is_some_and(|next| {
        next > 0
            && matches!(rest[next].kind, UnitKind::Verb(_))
            && rest[next - 1].kind == UnitKind::Conjunction
    })
}

/// A base form that nothing governs.
fn is_bare(group: VerbGroup) -> bool {
    group == VerbGroup::default()
}

/// A lone participle where a subject must stand: right before a finite verb and behind no noun.
fn is_name(units: &[Unit], at: usize) -> bool {
    let (start, end) = units[at].tokens;
    let lone = matches!(units[at].kind, UnitKind::Verb(group)
        if end - start == 1 && !group.finite && (group.participle || group.gerund));
    let opens = at == 0 || units[at - 1].kind == UnitKind::Comma;
    let speaks = matches!(units.get(at + 1).map(|unit| unit.kind), Some(UnitKind::Verb(group)) if group.finite);
    lone && opens && speaks
}

/// "that | she | never sent": a pronoun that opens its clause is the subject.
fn has_pronoun(units: &[Unit], at: usize, tokens: &[Token]) -> bool {
    let pronoun = at > 0
        && units[at - 1].kind == UnitKind::Noun
        && tokens[units[at - 1].head as usize].tag == Tag::PRP;
    pronoun
        && (at == 1
            || matches!(
                units[at - 2].kind,
                UnitKind::Link
                    | UnitKind::Relative
                    | UnitKind::Question
                    | UnitKind::Conjunction
                    | UnitKind::Comma
                    | UnitKind::Quotation(_)
            ))
}

/// "warned that …, | and | denied | that …", "called …, | and | asked | for help"
fn is_coordinated(units: &[Unit], at: usize, tokens: &[Token]) -> bool {
    if at == 0 || units[at - 1].kind != UnitKind::Conjunction {
        return false;
    }
    let before = units[..at].iter().rev().find_map(|unit| match unit.kind {
        UnitKind::Verb(group) if group.finite => Some((group, unit.head)),
        _ => None,
    });
    let past = before.is_some_and(|(group, head)| {
        !group.passive && !group.copula && tokens[head as usize].tag == Tag::VBD
    });
    past || units.get(at + 1).map(|unit| unit.kind) == Some(UnitKind::Link)
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
                | UnitKind::Relative
                | UnitKind::Quotation(_)
                | UnitKind::Preposition
                | UnitKind::Adverb
                | UnitKind::Adjective
                | UnitKind::Time
        )
    ) || matches!(units.get(at + 1).map(|unit| unit.kind), Some(UnitKind::Verb(group)) if group.infinitive)
}

/// The verb group of `unit` is what the sentence says of its subject.
fn make_finite(unit: &mut Unit, group: VerbGroup) {
    unit.kind = UnitKind::Verb(VerbGroup {
        participle: false,
        finite: true,
        ..group
    });
}

/// A bare past participle.
fn is_participle(units: &[Unit], at: usize) -> bool {
    matches!(units[at].kind, UnitKind::Verb(group) if group.participle && !group.finite)
}

/// "when | asked", "as | announced": one past tense right behind a word that opens a clause.
fn lacks_subject(units: &[Unit], at: usize, tokens: &[Token], language: &Language) -> bool {
    let (start, end) = units[at].tokens;
    let opened = at.checked_sub(1).is_some_and(|before| {
        let word = &tokens[units[before].tokens.0 as usize];
        matches!(
            units[before].kind,
            UnitKind::Question | UnitKind::Preposition | UnitKind::Link
        ) && language.subordinators.holds(word)
    });
    opened && end == start + 1 && tokens[start as usize].tag == Tag::VBD
}

/// The only verb of a whole sentence, with no agent behind: "The ministry | called | on both sides to leave."
fn carries(units: &[Unit], at: usize, tokens: &[Token], language: &Language) -> bool {
    let whole = units
        .last()
        .is_some_and(|unit| matches!(unit.kind, UnitKind::Stop | UnitKind::Comma));
    let agent = units.get(at + 1).is_some_and(|unit| {
        unit.kind == UnitKind::Preposition && language.agents.holds(&tokens[unit.tokens.0 as usize])
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

/// Finite verbs of `units` less the words that may start a clause for them.
fn free_verbs(units: &[Unit], tokens: &[Token], language: &Language) -> i32 {
    units
        .iter()
        .map(|unit| match unit.kind {
            UnitKind::Verb(group) if group.finite => 1,
            UnitKind::Link | UnitKind::Relative | UnitKind::Question => -1,
            UnitKind::Preposition => {
                let word = &tokens[unit.tokens.0 as usize];
                -i32::from(language.subordinators.holds(word))
            }
            _ => 0,
        })
        .sum()
}
