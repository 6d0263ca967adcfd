//! At whom an act is directed.

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::model::{Act, EntityKind, MentionKind, Polarity, Target};

impl Reading<'_> {
    /// Two targets at most: whom the construction names, else whom the content speaks of first, where the act or the
    /// content's colour is directed at somebody.
    pub(super) fn targets(
        &self,
        attribution: &Attribution,
        act: Act,
        polarity: Polarity,
        source: Option<usize>,
        addressees: &[usize],
    ) -> Vec<Target> {
        let target = |entity| Target { entity, polarity };
        let named = attribution.target.and_then(|range| self.entity_of(range));
        if let Some(entity) = named {
            return vec![target(entity)];
        }
        let directed = matches!(
            act,
            Act::Accuse
                | Act::Criticize
                | Act::Warn
                | Act::Threaten
                | Act::Demand
                | Act::Request
                | Act::Praise
                | Act::Support
                | Act::Deny
                | Act::Reject
                | Act::Apologize
                | Act::Propose
        );
        let institutional = |entity: &usize| {
            matches!(
                self.coreference.entities[*entity].kind,
                EntityKind::Place | EntityKind::Organization | EntityKind::Person
            )
        };
        if directed && let Some(&entity) = addressees.iter().find(|e| institutional(e)) {
            return vec![target(entity)];
        }
        if !directed && polarity == Polarity::Neutral {
            return Vec::new();
        }
        if !directed && !self.subject_is_other(attribution, source) {
            return Vec::new();
        }
        let first = self
            .mentions_in(attribution)
            .into_iter()
            .find(|&(mention, entity)| {
                let own = self.coreference.mentions[mention].kind == MentionKind::Pronoun
                    && self.is_first_person(mention);
                Some(entity) != source && !addressees.contains(&entity) && !own
            });
        first
            .into_iter()
            .map(|(_, entity)| target(entity))
            .collect()
    }

    fn is_first_person(&self, mention: usize) -> bool {
        let norm = &self.layers.tokens[self.coreference.mentions[mention].head as usize].norm;
        self.lexicon
            .words
            .pronouns
            .get(norm)
            .is_some_and(|p| p.person == 1)
    }
}
