//! Whose: the countries and bodies that words beside a head name.

use compact_str::CompactString;

use super::Scene;
use crate::analysis::mention::Clue;
use crate::model::{EntityKind, MentionKind};

/// Ids of the countries and bodies that the tokens `start..end` name: "US", "Russian", "Kremlin".
pub(super) fn bodies_in(scene: &Scene<'_>, start: u32, end: u32) -> Vec<CompactString> {
    let mut ids: Vec<CompactString> = Vec::new();
    for token in start..end {
        if let Some(entry) = adjective(scene, token) {
            ids.push(scene.lexicon.world.entry(entry).id.into());
        }
    }
    let from = scene.found.partition_point(|f| f.mention.tokens.0 < start);
    for (index, f) in scene.found.iter().enumerate().skip(from) {
        if f.mention.tokens.0 >= end {
            break;
        }
        if f.mention.kind == MentionKind::Name
            && !matches!(f.clue, Clue::Area(_))
            && f.mention.tokens.1 <= end
            && let Some(entity) = scene.resolutions[index].entity()
            && scene.directory.entity(entity).kind != EntityKind::Person
        {
            ids.push(scene.directory.entity(entity).id.as_str().into());
        }
    }
    ids.dedup();
    ids
}

/// "Kremlin spokesman", "US Secretary": whose, from the words before the name in the same phrase.
pub(super) fn bodies_before(scene: &Scene<'_>, at: usize) -> Vec<CompactString> {
    let start = scene.found[at].mention.tokens.0;
    let phrases = &scene.layers.phrases;
    let from = phrases.partition_point(|p| p.tokens.1 <= start);
    phrases.get(from).map_or_else(Vec::new, |phrase| {
        bodies_in(scene, phrase.tokens.0.min(start), start)
    })
}

/// The country or region whose adjective ends at `token`: "Russian", "North Korean".
pub(super) fn adjective(scene: &Scene<'_>, token: u32) -> Option<u32> {
    scene
        .lexicon
        .nationality(&scene.layers.tokens, token as usize)
}
