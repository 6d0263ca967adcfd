//! Who says it first: "Citing two officials, the paper said the plan had failed" is a statement of the paper, and of the
//! officials that the paper has it from.

use super::Attribution;
use super::cue::CueHit;
use super::matcher::Matcher;
use crate::lexicon::{Frames, NominalSort, Part};
use crate::model::Tag;
use crate::text::UnitKind;

/// Adds a statement of whoever is cited to those `found` in one segment, in the place of one that says they were.
pub(super) fn add(matcher: &Matcher<'_>, first: usize, found: &mut Vec<Attribution>) {
    for hit in matcher.hits {
        let Some(source) = cited(matcher, hit) else {
            continue;
        };
        let here = &found[first..];
        let own = here.iter().position(|a| a.cue_tokens == Some(hit.tokens));
        let says = |a: &&Attribution| a.source.is_some() && a.cue_tokens != Some(hit.tokens);
        let cue = |a: &Attribution| a.cue_tokens.map_or(0, |cue| cue.0);
        let outermost = here
            .iter()
            .filter(says)
            .filter(|a| (hit.unit == 0) == (cue(a) > hit.tokens.0))
            .min_by_key(|a| cue(a).abs_diff(hit.tokens.0));
        let Some(said) = outermost else {
            continue;
        };
        let credited = Attribution {
            rule: "credited".to_owned(),
            pattern: None,
            source: Some(source),
            cue_tokens: Some(hit.tokens),
            cue: hit.cue,
            negated: false,
            addressee: None,
            target: None,
            ..said.clone()
        };
        match own {
            Some(own) => found[first + own] = credited,
            None => found.push(credited),
        }
    }
}

/// The people behind a participle that cites: an office, a group or a name, not a reason.
fn cited(matcher: &Matcher<'_>, hit: &CueHit) -> Option<(u32, u32)> {
    let units = matcher.clauses.units;
    let opens = hit.unit == 0 || units[hit.unit - 1].kind == UnitKind::Comma;
    if hit.part != Part::Verb || !hit.group.gerund || !opens || !matcher.takes(hit, Frames::CREDIT)
    {
        return None;
    }
    // "former intelligence | and | security officials"
    let person = units
        .get(hit.next..)?
        .iter()
        .take_while(|unit| matches!(unit.kind, UnitKind::Noun | UnitKind::Conjunction))
        .filter(|unit| unit.kind == UnitKind::Noun)
        .any(|noun| {
            let head = &matcher.clauses.tokens[noun.head as usize];
            match matcher.lexicon.words.nominals.get(&head.norm) {
                Some(nominal) => matches!(nominal.sort, NominalSort::Person | NominalSort::Group),
                None => matches!(head.tag, Tag::NNP | Tag::NNPS),
            }
        });
    let end = matcher.clauses.noun_phrase_end(hit.next);
    person.then(|| matcher.tokens(hit.next, end))?
}
