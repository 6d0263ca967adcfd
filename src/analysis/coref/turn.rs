//! Who speaks: the entity of each attribution's source, and the first person inside what it says.

use super::{Scene, before_parenthesis, head_of};
use crate::model::{EntityKind, MentionKind, Number};

/// The entity behind each attribution, and the sieve that resolved it.
pub(super) fn sources(scene: &mut Scene<'_>) -> Vec<Option<(usize, &'static str)>> {
    use crate::model::Resolution;
    let mut sources: Vec<Option<(usize, &'static str)>> =
        Vec::with_capacity(scene.attributions.len());
    for attribution in scene.attributions {
        let of_mention = attribution.source.and_then(|range| {
            let (_, head) = head_of(scene.layers, before_parenthesis(scene.layers, range));
            let from = scene
                .found
                .partition_point(|f| f.mention.tokens.0 + 40 < head);
            (from..scene.found.len())
                .take_while(|&i| scene.found[i].mention.tokens.0 <= head)
                .filter(|&i| {
                    scene.found[i].mention.head == head
                        || (scene.found[i].mention.kind == MentionKind::Name
                            && head < scene.found[i].mention.tokens.1)
                })
                .find_map(|i| match scene.resolutions[i] {
                    Resolution::Resolved { entity, by } => Some((entity, by)),
                    _ => None,
                })
        });
        sources.push(of_mention);
    }
    for at in 0..sources.len() {
        if sources[at].is_none()
            && let Some(of) = scene.attributions[at].source_of
        {
            sources[at] = sources[of].map(|(entity, _)| (entity, "turn"));
        }
    }
    sources
}

/// "I" and "we" inside a quotation are its source; "we" of somebody who speaks for a country or body is that.
pub(super) fn first_person(scene: &mut Scene<'_>, sources: &[Option<(usize, &'static str)>]) {
    for at in 0..scene.found.len() {
        let mention = scene.found[at].mention.clone();
        if mention.kind != MentionKind::Pronoun || scene.resolutions[at].entity().is_some() {
            continue;
        }
        let Some(pronoun) = scene
            .lexicon
            .words
            .pronouns
            .get(scene.norm(mention.head))
            .cloned()
        else {
            continue;
        };
        if pronoun.person != 1 {
            continue;
        }
        let segment = scene.segment_of[mention.head as usize];
        let quotation = scene
            .layers
            .segments
            .get(segment as usize)
            .and_then(|s| s.within);
        let Some((entity, _)) = quotation
            .and_then(|q| scene.owner[q as usize])
            .and_then(|a| sources[a])
        else {
            continue;
        };
        let meant = if pronoun.number == Some(Number::Plural) {
            spoken_for(scene, entity)
        } else {
            entity
        };
        scene.settle(at, meant, "first-person");
    }
}

/// The country or body that somebody speaks for.
fn spoken_for(scene: &mut Scene<'_>, entity: usize) -> usize {
    if !matches!(
        scene.directory.entity(entity).kind,
        EntityKind::Person | EntityKind::Anonymous | EntityKind::Group
    ) {
        return entity;
    }
    let of = scene
        .directory
        .facts(entity)
        .of
        .first()
        .cloned()
        .or_else(|| {
            let id = scene.directory.entity(entity).id.clone();
            let world = &scene.lexicon.world;
            let mut held = world.offices(&id).filter(|r| r.held_on(scene.date));
            match (held.next(), held.next()) {
                (Some(role), None) => Some(role.of.into()),
                _ => None,
            }
        });
    match of.and_then(|id| scene.lexicon.world.find(&id)) {
        Some(index) => {
            let index = government_of(scene, index).unwrap_or(index);
            scene.directory.listed(scene.lexicon, index)
        }
        None => entity,
    }
}

/// The country whose government, ministry or army the entry is: "we" of its spokesman is the country.
fn government_of(scene: &Scene<'_>, entry: u32) -> Option<u32> {
    let world = &scene.lexicon.world;
    let body = world.entry(entry);
    matches!(
        body.sort,
        "government" | "ministry" | "military" | "intelligence"
    )
    .then(|| body.of.and_then(|id| world.find(id)))
    .flatten()
}
