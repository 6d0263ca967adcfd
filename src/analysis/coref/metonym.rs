//! Metonyms: "Moscow rejects" is Russia, "in Moscow" is the city.

use super::Scene;
use crate::model::{EntityKind, MentionKind, Resolution};

/// A place or building that stands for somebody acts for them unless a preposition of place says that it is a place.
pub(super) fn resolve(scene: &mut Scene<'_>) {
    for at in 0..scene.found.len() {
        let mention = &scene.found[at].mention;
        let Some(entity) = scene.resolutions[at]
            .entity()
            .filter(|_| mention.kind == MentionKind::Name)
        else {
            continue;
        };
        let Some(stands_for) = scene
            .directory
            .facts(entity)
            .entry
            .and_then(|e| scene.lexicon.world.entry(e).acts_for)
        else {
            continue;
        };
        if scene.directory.entity(entity).kind == EntityKind::Place
            && is_local(scene, mention.tokens)
        {
            continue;
        }
        if let Some(index) = scene.lexicon.world.find(stands_for) {
            let actor = scene.directory.listed(scene.lexicon, index);
            scene.resolutions[at] = Resolution::Unknown;
            scene.settle(at, actor, "metonym");
        }
    }
}

/// Behind "in", "at", "near" …, in a dateline, or before a street or a state: the place itself.
fn is_local(scene: &Scene<'_>, (start, end): (u32, u32)) -> bool {
    let locative = start > 0 && {
        let before = scene.norm(start - 1);
        let words = &scene.lexicon.words;
        words.is(before, "locative") && (!words.is(before, "goal") || moves(scene, start - 1))
    };
    let before_comma = scene
        .layers
        .tokens
        .get(end as usize)
        .is_some_and(|t| t.norm == ",")
        && {
            // "Moscow, Russia", "WASHINGTON, Jan. 5"
            scene.name_starts(end + 1)
                && scene
                    .layers
                    .tokens
                    .get(end as usize + 2)
                    .is_some_and(|t| t.norm == "," || t.norm == ".")
        };
    let capitals = scene.layers.tokens[start as usize]
        .span
        .of(scene.text)
        .chars()
        .all(|c| !c.is_lowercase());
    locative || before_comma || (capitals && end - start <= 2 && scene.opens_paragraph(start))
}

/// True when a word of motion stands before the preposition: "flew to Moscow", but "aid to Moscow".
fn moves(scene: &Scene<'_>, preposition: u32) -> bool {
    const FAR: u32 = 8;
    let sentence = scene.sentence_of(preposition);
    let from = scene.layers.sentences[sentence]
        .tokens
        .0
        .max(preposition.saturating_sub(FAR));
    (from..preposition).any(|t| scene.lexicon.words.is(scene.norm(t), "motion"))
}
