//! At whom an act is directed.

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::model::{Act, EntityKind, Polarity, Target};

impl Reading<'_> {
    /// Two targets at most: whom the construction names, else whom the content speaks of first, where the act or the
    /// content's colour is directed at somebody.
    pub(super) fn targets(&self, attribution: &Attribution, act: Act, polarity: Polarity, source: Option<usize>, addressees: &[usize]) -> Vec<Target> {
        let target = |entity| Target { entity, polarity };
        let named = attribution.target.and_then(|range| self.entity_of(range));
        if let Some(entity) = named {
            return vec![target(entity)];
        }
        let directed = matches!(
            act,
            Act::Accuse | Act::Criticize | Act::Warn | Act::Threaten | Act::Demand | Act::Request | Act::Praise | Act::Support | Act::Deny | Act::Reject | Act::Apologize | Act::Propose
        );
        let institutional = |entity: &usize| matches!(self.coreference.entities[*entity].kind, EntityKind::Place | EntityKind::Organization | EntityKind::Person);
        if directed && let Some(&entity) = addressees.iter().find(|e| institutional(e)) {
            return vec![target(entity)];
        }
        if !directed && polarity == Polarity::Neutral {
            return Vec::new();
        }
        let first = self.mentions_in(attribution).into_iter().map(|(_, entity)| entity).find(|&entity| Some(entity) != source && !addressees.contains(&entity));
        first.into_iter().map(target).collect()
    }
}
