//! Whose a cue noun is: a possessive before it, or a name inside its phrase.

use super::cue::CueHit;
use super::matcher::{Matcher, Tokens};
use crate::model::Tag;
use crate::text::UnitKind;

impl Matcher<'_> {
    /// "Kiev's | claims", "his claims": the possessive unit before the noun, or the pronoun inside its phrase.
    pub(super) fn possessor(&self, at: usize, hit: &CueHit) -> Option<(usize, Tokens)> {
        let first = self.clauses.units[hit.unit].tokens.0;
        if self.clauses.tokens[first as usize].tag == Tag::PRPS {
            return Some((at, Some((first, first + 1))));
        }
        let before = at.checked_sub(1)?;
        if self.clauses.units[before].kind != UnitKind::Possessive {
            return None;
        }
        let (start, end) = self.clauses.units[before].tokens;
        Some((before, Some((start, end - 1))))
    }

    /// "the | Russian | demand": tokens of the cue noun's phrase that name somebody.
    pub(super) fn modifier(&self, hit: &CueHit) -> Tokens {
        let unit = self.clauses.units[hit.unit];
        let mut start = unit.tokens.0;
        while start < unit.head
            && matches!(
                self.clauses.tokens[start as usize].tag,
                Tag::DT | Tag::PRPS | Tag::CD
            )
        {
            start += 1;
        }
        let names = (start..unit.head).any(|t| {
            let token = &self.clauses.tokens[t as usize];
            matches!(token.tag, Tag::NNP | Tag::NNPS)
                || self.lexicon.world.adjective(&token.norm).is_some()
        });
        names.then_some((start, unit.head))
    }
}
