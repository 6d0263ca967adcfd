//! Pronouns of the third person: the nearest agreeing antecedent, subjects and sources first.

use super::Scene;
use crate::model::{EntityKind, Gender, MentionKind, Number};
use crate::text::UnitKind;

/// How many sentences back an antecedent may stand.
const SENTENCES: usize = 4;
/// How many mentions back are looked at.
const MENTIONS: usize = 60;

pub(super) fn resolve(scene: &mut Scene<'_>, at: usize) {
    let mention = scene.found[at].mention.clone();
    let Some(pronoun) = scene
        .lexicon
        .words
        .pronouns
        .get(scene.norm(mention.head))
        .cloned()
    else {
        return;
    };
    if pronoun.person != 3 {
        return;
    }
    let sentence = scene.sentence_of(mention.head);
    let quoted = quotation_around(scene, mention.head);
    let partitive = pronoun.case == "object"
        && pronoun.number == Some(Number::Plural)
        && mention.head > 0
        && scene
            .lexicon
            .words
            .is(scene.norm(mention.head - 1), "genitive");
    let mut best: Option<(i32, usize)> = None;
    for before in (at.saturating_sub(MENTIONS)..at).rev() {
        let Some(entity) = scene.resolutions[before].entity() else {
            continue;
        };
        let other = &scene.found[before].mention;
        let distance = sentence.saturating_sub(scene.sentence_of(other.head));
        if distance > SENTENCES {
            break;
        }
        if !agrees(
            scene,
            entity,
            pronoun.gender,
            pronoun.number,
            mention.features.human,
        ) {
            continue;
        }
        if partitive && distance > 0 {
            break; // "several of them": of what the sentence has just counted
        }
        if other.tokens.0 <= mention.tokens.0 && mention.tokens.1 <= other.tokens.1 {
            continue; // inside its own description
        }
        let mut score = 20 - 4 * distance as i32;
        if scene.speaking.contains_key(&other.head) {
            score += 6;
        }
        if opens_segment(scene, other.tokens.0) {
            score += 3;
        }
        if other.kind == MentionKind::Pronoun {
            score += 1;
        }
        if distance > 0 && pronoun.gender.is_some() {
            score -= 5; // whom the sentence itself names is nearer than a speaker before
        }
        if pronoun.number == Some(Number::Plural)
            && scene.directory.entity(entity).kind == EntityKind::Place
        {
            score -= 2; // "they" may be a country, sooner a group
        }
        let other_quoted = quotation_around(scene, other.head);
        if other_quoted != quoted {
            score -= 5;
        }
        // "Smith told him": the subject of the same clause is somebody else.
        let same_segment =
            scene.segment_of[other.head as usize] == scene.segment_of[mention.head as usize];
        if pronoun.case == "object" && same_segment && scene.speaking.contains_key(&other.head) {
            score -= 9;
        }
        // What somebody says of "he" is not often of the speaker in a direct quotation.
        if quoted.is_some() && speaks_quotation(scene, quoted, entity) {
            score -= 12;
        }
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, entity));
        }
    }
    let least = if pronoun.gender.is_some() { -1 } else { 14 };
    if let Some((score, entity)) = best
        && score >= least
    {
        scene.settle(at, entity, "pronoun");
    }
}

fn agrees(
    scene: &Scene<'_>,
    entity: usize,
    gender: Option<Gender>,
    number: Option<Number>,
    human: Option<bool>,
) -> bool {
    let facts = scene.directory.facts(entity);
    let kind = scene.directory.entity(entity).kind;
    match (gender, number) {
        (Some(gender), _) => {
            matches!(kind, EntityKind::Person | EntityKind::Anonymous)
                && facts.features.gender.is_none_or(|g| g == gender)
        }
        (None, Some(Number::Plural)) => {
            matches!(kind, EntityKind::Group | EntityKind::Organization)
                || (kind == EntityKind::Place && facts.sort == "country")
        }
        (None, _) if human == Some(false) => {
            matches!(kind, EntityKind::Organization | EntityKind::Place)
                && facts.features.number != Some(Number::Plural)
        }
        _ => matches!(kind, EntityKind::Person | EntityKind::Group),
    }
}

/// The innermost quotation around a token.
fn quotation_around(scene: &Scene<'_>, token: u32) -> Option<u32> {
    let segment = scene.segment_of[token as usize];
    scene
        .layers
        .segments
        .get(segment as usize)
        .and_then(|s| s.within)
}

/// The first noun phrase of its segment, or of a clause behind ", but".
fn opens_segment(scene: &Scene<'_>, token: u32) -> bool {
    let segment = scene.segment_of[token as usize];
    scene
        .layers
        .segments
        .get(segment as usize)
        .is_some_and(|s| {
            let at = s.units.partition_point(|u| u.tokens.1 <= token);
            let kind = |back: usize| {
                let unit = at.checked_sub(back).and_then(|i| s.units.get(i));
                unit.map(|u| u.kind)
            };
            at < 2 || (kind(1) == Some(UnitKind::Conjunction) && kind(2) == Some(UnitKind::Comma))
        })
}

/// True when `entity` is named as the source of the quotation.
fn speaks_quotation(scene: &Scene<'_>, quotation: Option<u32>, entity: usize) -> bool {
    let source = quotation
        .and_then(|q| scene.owner[q as usize])
        .and_then(|a| scene.attributions[a].source);
    source.is_some_and(|(start, end)| {
        let from = scene.found.partition_point(|f| f.mention.tokens.0 < start);
        scene.found[from..]
            .iter()
            .zip(&scene.resolutions[from..])
            .take_while(|(f, _)| f.mention.tokens.0 < end)
            .any(|(f, r)| f.mention.head < end && r.entity() == Some(entity))
    })
}
