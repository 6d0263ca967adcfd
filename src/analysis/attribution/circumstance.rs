//! What may stand between the parts of a statement: adverbs, times, prepositional phrases.
//!
//! In: the units of a segment. Out: where such a part ends. Who speaks and what is said are the matcher's.

use super::cue::CueHit;
use super::matcher::Matcher;
use crate::text::UnitKind;

impl Matcher<'_> {
    pub(super) fn has_finite(&self, start: usize, end: usize) -> bool {
        let verb = |kind| matches!(kind, UnitKind::Verb(group) if group.finite || group.modal);
        (start..end).any(|at| self.kind(at).is_some_and(verb))
    }

    pub(super) fn is_preposition(&self, at: usize, fits: impl Fn(&str) -> bool) -> bool {
        match self.kind(at) {
            Some(UnitKind::Preposition | UnitKind::Link | UnitKind::Adverb | UnitKind::Other) => {
                let token = &self.clauses.tokens[self.clauses.units[at].tokens.0 as usize];
                fits(&token.norm)
            }
            _ => false,
        }
    }

    /// A preposition of the cue's row.
    pub(super) fn is_own_preposition(&self, at: usize, hit: &CueHit) -> bool {
        hit.cue.is_some_and(|cue| {
            let own = &self.lexicon.cues.list[cue as usize].prepositions;
            self.is_preposition(at, |norm| own.iter().any(|p| p == norm))
        })
    }

    /// An adverb, a time expression, a prepositional phrase, or one of these between commas.
    pub(super) fn circumstance(&self, at: usize) -> Option<usize> {
        match self.kind(at)? {
            UnitKind::Adverb | UnitKind::Time => Some(at + 1),
            UnitKind::Preposition => match self.kind(at + 1)? {
                UnitKind::Noun | UnitKind::Possessive => Some(self.clauses.noun_phrase_end(at + 1)),
                UnitKind::Time => Some(at + 2),
                UnitKind::Verb(group) if group.gerund => None,
                _ => None,
            },
            UnitKind::Comma => {
                // ", on Thursday," or ", however,"
                let end = self.circumstance_plain(at + 1)?;
                (self.kind(end) == Some(UnitKind::Comma)).then_some(end + 1)
            }
            _ => None,
        }
    }

    fn circumstance_plain(&self, at: usize) -> Option<usize> {
        if self.kind(at)? == UnitKind::Comma {
            None
        } else {
            self.circumstance(at)
        }
    }
}
