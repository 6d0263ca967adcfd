//! Corrections: a user's last word on who is the same and who is not, before and above all sieves.

use super::Scene;
use crate::analysis::mention::Clue;
use crate::lexicon::Lexicon;
use crate::model::{Document, EntityKind, MentionKind};

/// Names that mean somebody else in this document.
pub(super) fn split(scene: &mut Scene<'_>, document: &Document) {
    let corrections = &scene.lexicon.corrections;
    if corrections.is_empty() {
        return;
    }
    let is_within = |place: &str| {
        let is_outlet = |name: &str| name.eq_ignore_ascii_case(place);
        document.meta.publisher.as_deref().is_some_and(is_outlet)
            || document.name().contains(place)
            || document.meta.url.as_deref().is_some_and(|url| url.contains(place))
    };
    for at in 0..scene.found.len() {
        let mention = &scene.found[at].mention;
        if mention.kind != MentionKind::Name {
            continue;
        }
        let Some(split) = corrections.split(mention.span.of(scene.text), is_within) else {
            continue;
        };
        let gender = mention.features.gender;
        let entity = match scene.lexicon.world.find(&split.id) {
            Some(entry) => scene.directory.listed(scene.lexicon, entry),
            None => {
                let kind = kind_of(scene.lexicon, &scene.found[at].clue);
                let id = split.id.clone();
                scene.directory.called(id, kind, &split.name, gender)
            }
        };
        scene.settle(at, entity, "split");
        let lines = &mut scene.directory.facts_mut(entity).corrected_by;
        if !lines.contains(&split.place) {
            lines.push(split.place.clone());
        }
    }
}

/// The entity that `entity` is by a row of the user, if there is one.
pub(super) fn merged(scene: &mut Scene<'_>, entity: usize) -> Option<(usize, &'static str)> {
    let known = scene.directory.entity(entity);
    let merge = scene.lexicon.corrections.merge(&known.id, &known.name)?;
    let into = merge.into.clone()?;
    let (kind, name) = (known.kind, known.name.clone());
    let gender = scene.directory.facts(entity).features.gender;
    let target = match scene.lexicon.world.find(&into) {
        Some(entry) => scene.directory.listed(scene.lexicon, entry),
        None => scene.directory.called(into, kind, &name, gender),
    };
    let lines = &mut scene.directory.facts_mut(target).corrected_by;
    if !lines.contains(&merge.place) {
        lines.push(merge.place.clone());
    }
    Some((target, "merge"))
}

/// Readings of a name that a row of the user makes one.
pub(super) fn merged_readings(lexicon: &Lexicon, readings: &mut Vec<u32>) {
    for reading in readings.iter_mut() {
        let entry = lexicon.world.entry(*reading);
        if let Some(merge) = lexicon.corrections.merge(entry.id, entry.name)
            && let Some(into) = merge.into.as_ref()
            && let Some(target) = lexicon.world.find(into)
        {
            *reading = target;
        }
    }
    let mut seen = Vec::new();
    readings.retain(|reading| {
        let new = !seen.contains(reading);
        seen.push(*reading);
        new
    });
}

/// Gives entities the names that the user wants.
pub(super) fn rename(scene: &mut Scene<'_>) {
    if scene.lexicon.corrections.is_empty() {
        return;
    }
    for entity in 0..scene.directory.count() {
        let known = scene.directory.entity(entity);
        let row = scene.lexicon.corrections.merge(&known.id, &known.name);
        if let Some(merge) = row
            && let Some(name) = &merge.name
        {
            // The name goes to the one that stays.
            let stays = merge.into.as_ref().map(|id| scene.directory.by_id(id));
            let stays = stays.unwrap_or(Some(entity));
            if let Some(stays) = stays {
                scene.directory.rename(stays, name);
                let lines = &mut scene.directory.facts_mut(stays).corrected_by;
                if !lines.contains(&merge.place) {
                    lines.push(merge.place.clone());
                }
            }
        }
    }
}

/// What the words of a name say that it is.
fn kind_of(lexicon: &Lexicon, clue: &Clue) -> EntityKind {
    match clue {
        Clue::Listed { uses, .. } | Clue::Area(uses) => {
            lexicon.world.entry(uses[0].entry).kind
        }
        Clue::Unlisted { kind, .. } => *kind,
        _ => EntityKind::Person,
    }
}
