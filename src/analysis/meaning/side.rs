//! Whose side somebody speaks on: a spokesman's own ministry and country are no targets of what he merely says.

use super::Reading;
use crate::model::{EntityKind, MentionKind};

impl Reading<'_> {
    /// The mention is the source itself, "we", or what the source belongs to or speaks for.
    pub(super) fn is_own(&self, mention: usize, entity: usize, source: Option<usize>) -> bool {
        if self.coreference.mentions[mention].kind == MentionKind::Pronoun
            && self.first_person(self.coreference.mentions[mention].head)
        {
            return true;
        }
        source.is_some_and(|source| self.is_side(source, entity))
    }

    /// `entity` is `source` or what it speaks for.
    pub(super) fn is_side(&self, source: usize, entity: usize) -> bool {
        source == entity || self.is_of(source, entity)
    }

    /// `member` belongs to or speaks for `entity`, or both do for one country. A country has no side but itself.
    fn is_of(&self, member: usize, entity: usize) -> bool {
        let entities = &self.coreference.entities;
        let of = &self.coreference.facts[member].of;
        if entities[member].kind == EntityKind::Place || of.is_empty() {
            return false;
        }
        let id = &entities[entity].id;
        of.iter().any(|o| o.as_str() == id)
            || (entities[entity].kind == EntityKind::Organization
                && self.coreference.facts[entity]
                    .of
                    .first()
                    .is_some_and(|body| of.contains(body)))
    }

    /// "I", "we", "our".
    pub(super) fn first_person(&self, token: u32) -> bool {
        let norm = &self.layers.tokens[token as usize].norm;
        self.lexicon
            .words
            .pronouns
            .get(norm)
            .is_some_and(|p| p.person == 1)
    }
}
