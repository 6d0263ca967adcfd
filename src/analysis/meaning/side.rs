//! Whose side somebody speaks on: a spokesman's own ministry and country are no targets of what he merely says.

use rustc_hash::FxHashMap;

use super::Reading;
use crate::analysis::coref::Coreference;
use crate::lexicon::Lexicon;
use crate::model::{Date, EntityKind, MentionKind};

/// Sorts of bodies that are one with their country's government.
const EXECUTIVE: [&str; 4] = ["government", "ministry", "military", "intelligence"];

/// For each entity of the document, those that it belongs to or speaks for: by the text, by its office on the day, by
/// the lists.
pub(super) fn sides(
    coreference: &Coreference,
    by_id: &FxHashMap<&str, usize>,
    lexicon: &Lexicon,
    date: Option<Date>,
) -> Vec<Vec<usize>> {
    let world = &lexicon.world;
    let entities = &coreference.entities;
    let facts = &coreference.facts;
    let mut executives: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (body, facts) in facts.iter().enumerate() {
        if let Some(country) = facts.of.first()
            && EXECUTIVE.contains(&facts.sort.as_str())
        {
            executives.entry(country.as_str()).or_default().push(body);
        }
    }
    let mut sides = vec![Vec::new(); entities.len()];
    for (index, entity) in entities.iter().enumerate() {
        // A country has no side but itself.
        if entity.kind == EntityKind::Place {
            continue;
        }
        let mut of: Vec<&str> = facts[index].of.iter().map(|o| o.as_str()).collect();
        if entity.kind == EntityKind::Person {
            of.extend(
                world
                    .offices(&entity.id)
                    .filter(|role| date.is_none() || role.held_on(date))
                    .map(|role| role.of),
            );
        }
        // An official of a country speaks for its ministries, too.
        if entity.kind != EntityKind::Organization {
            sides[index].extend(of.iter().filter_map(|id| executives.get(id)).flatten());
        }
        for id in of {
            sides[index].extend(by_id.get(id));
            if let Some(entry) = world.find(id) {
                sides[index].extend(world.within(entry).filter_map(|e| by_id.get(e.id)));
            }
        }
    }
    sides
}

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
        source == entity || self.sides[source].contains(&entity)
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

    /// The first adjective of nationality in the tokens `start..end` whose country this document speaks of, and that.
    pub(super) fn nation_in(&self, (start, end): (u32, u32)) -> Option<(u32, usize)> {
        (start..end).find_map(|token| {
            let tokens = &self.layers.tokens;
            let entry = self.lexicon.nationality(tokens, token as usize)?;
            let id = self.lexicon.world.entry(entry).id;
            self.by_id.get(id).map(|&e| (token, e))
        })
    }
}
