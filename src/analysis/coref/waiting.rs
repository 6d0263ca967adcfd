//! Names that wait to be settled, and what each may mean.

use super::Scene;
use crate::lexicon::NameUse;
use crate::model::MentionKind;

/// Names that nobody has settled yet.
pub(super) fn names(scene: &Scene<'_>) -> Vec<usize> {
    (0..scene.found.len())
        .filter(|&i| {
            scene.found[i].mention.kind == MentionKind::Name
                && scene.resolutions[i].entity().is_none()
        })
        .collect()
}

/// The entries that a name means by itself.
pub(super) fn strong(scene: &Scene<'_>, uses: &[NameUse]) -> Vec<u32> {
    let mut readings = uses
        .iter()
        .filter(|u| !u.weak && !u.shared)
        .map(|u| u.entry)
        .collect();
    if !scene.lexicon.corrections.is_empty() {
        super::corrected::merged_readings(scene.lexicon, &mut readings);
    }
    readings
}
