//! Corrections: a user's last word on who is the same and who is not, before and above all sieves.

use super::Scene;
use crate::analysis::mention::Clue;
use crate::lexicon::{Lexicon, NameUse};
use crate::model::{Document, DocumentId, EntityKind, MentionKind, Place};

/// Which article it is. Where a row of splits.tsv counts for its name, one with the same words under another name is another.
pub fn identify(document: &Document, lexicon: &Lexicon) -> DocumentId {
    document.id(&lexicon.corrections.places_in(document.name()))
}

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
            || document
                .meta
                .url
                .as_deref()
                .is_some_and(|url| url.contains(place))
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
        note(scene, entity, &split.place);
    }
}

/// The entity that `entity` is by a row of the user, if there is one.
pub(super) fn merged(scene: &mut Scene<'_>, entity: usize) -> Option<(usize, &'static str)> {
    let known = scene.directory.entity(entity);
    let merge = scene.lexicon.corrections.merge(&known.id, &known.name)?;
    let into = merge.into.clone()?;
    // The row may give an id only: then the text's name has to do.
    let bare = merge.into_name == into;
    let (kind, name) = (
        known.kind,
        if bare { &known.name } else { &merge.into_name }.clone(),
    );
    let gender = scene.directory.facts(entity).features.gender;
    let target = match scene.lexicon.world.find(&into) {
        Some(entry) => scene.directory.listed(scene.lexicon, entry),
        None => scene.directory.called(into, kind, &name, gender),
    };
    note(scene, target, &merge.place);
    Some((target, "merge"))
}

/// Remembers the row that an entity owes its mentions to.
fn note(scene: &mut Scene<'_>, entity: usize, place: &Place) {
    let lines = &mut scene.directory.facts_mut(entity).corrected_by;
    if !lines.contains(place) {
        lines.push(place.clone());
    }
}

/// Notes the rows that left `entity` alone of the readings of a name.
pub(super) fn note_readings(scene: &mut Scene<'_>, uses: &[NameUse], entity: usize) {
    for name in uses {
        let entry = scene.lexicon.world.entry(name.entry);
        if let Some(merge) = scene.lexicon.corrections.merge(entry.id, entry.name)
            && merge.into.as_deref() == Some(scene.directory.entity(entity).id.as_str())
        {
            note(scene, entity, &merge.place);
        }
    }
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
                note(scene, stays, &merge.place);
            }
        }
    }
}

/// What the words of a name say that it is.
fn kind_of(lexicon: &Lexicon, clue: &Clue) -> EntityKind {
    match clue {
        Clue::Listed { uses, .. } | Clue::Area(uses) => lexicon.world.kind(uses[0].entry),
        Clue::Unlisted { kind, .. } => *kind,
        _ => EntityKind::Person,
    }
}
