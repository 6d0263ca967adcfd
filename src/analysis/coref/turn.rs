//! Who speaks: the entity of each attribution's source, and whom it speaks for.

use super::{Scene, before_parenthesis, head_of};
use crate::model::{EntityKind, MentionKind};

/// The entity behind each attribution, and the sieve that resolved it.
pub(super) fn sources(scene: &Scene<'_>) -> Vec<Option<(usize, &'static str)>> {
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

/// The country or body of the text that somebody speaks for.
pub(super) fn spoken_for(scene: &Scene<'_>, entity: usize) -> Option<usize> {
    if !matches!(
        scene.directory.entity(entity).kind,
        EntityKind::Person | EntityKind::Anonymous | EntityKind::Group
    ) {
        return None;
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
        })?;
    let world = &scene.lexicon.world;
    match world.find(&of) {
        Some(index) => {
            let index = government_of(scene, index).unwrap_or(index);
            scene.directory.by_id(world.entry(index).id)
        }
        None => scene.directory.by_id(&of),
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
