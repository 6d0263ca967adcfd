//! Whose a thing is that a nominal content names: "Kiev's claims", "claims by Kiev", "US claims".

use super::Reading;
use crate::model::MentionKind;
use crate::text::PhraseKind;

/// How far behind the noun its owner may stand, in phrases: "the claims | made | by | the officials".
const REACH: usize = 6;

/// How an entity is named by a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ownership {
    /// Its words are: "Kiev's claims".
    Words,
    /// A thing of its is: "Kiev's troops".
    Thing,
    /// It itself is, or something is tied to it: "the government of Kiev".
    Itself,
}

impl Reading<'_> {
    /// The entity to which the first noun phrase of the content belongs, or which it is.
    pub(super) fn owner(&self, index: usize) -> Option<(usize, Ownership)> {
        let source = self.source(index);
        let other = |&(m, e): &(usize, usize)| !self.is_own(m, e, source);
        let (start, end) = *self.attributions[index].content.first()?;
        let phrases = &self.layers.phrases;
        let from = phrases.partition_point(|p| p.tokens.1 <= start);
        let noun = (from..phrases.len())
            .take(REACH)
            .take_while(|&at| phrases[at].tokens.0 < end)
            .find(|&at| matches!(phrases[at].kind, PhraseKind::Noun | PhraseKind::Possessive))?;
        let inside = self.mentions_between(phrases[noun].tokens);
        if phrases[noun].kind == PhraseKind::Possessive {
            let possessor = self
                .mention_at(phrases[noun].head)
                .or_else(|| inside.first().copied());
            let behind = phrases.get(noun + 1).map(|p| p.tokens);
            let ownership = if behind.is_some_and(|range| self.is_cue_noun(range)) {
                Ownership::Words
            } else {
                Ownership::Thing
            };
            return possessor.filter(other).map(|(_, e)| (e, ownership));
        }
        let head = inside
            .iter()
            .find(|&&(m, _)| self.coreference.mentions[m].head == phrases[noun].head);
        let name = inside
            .iter()
            .find(|&&(m, _)| self.coreference.mentions[m].kind == MentionKind::Name);
        let possessive = inside.iter().find(|&&(m, _)| self.is_possessive(m));
        let behind = || self.named_behind(noun, end).filter(other);
        // "US claims": the name inside, not what the whole describes; "the US government" as a whole.
        if self.is_cue_noun(phrases[noun].tokens) {
            let nation = || {
                self.nation_in(phrases[noun].tokens)
                    .map(|(_, e)| e)
                    .filter(|&e| source.is_none_or(|s| !self.is_side(s, e)))
            };
            return name
                .or(possessive)
                .filter(|m| other(m))
                .map(|m| m.1)
                .or_else(|| behind().map(|(_, e)| e))
                .or_else(nation)
                .map(|e| (e, Ownership::Words));
        }
        if let Some(found) = possessive.filter(|m| other(m)) {
            return Some((found.1, Ownership::Thing));
        }
        head.or(name)
            .filter(|m| other(m))
            .map(|m| m.1)
            .or_else(|| behind().map(|(_, e)| e))
            .map(|e| (e, Ownership::Itself))
    }

    /// "claims | made | by Kiev", "a request from Veldania", "the policy of the ministry".
    fn named_behind(&self, noun: usize, end: u32) -> Option<(usize, usize)> {
        let phrases = &self.layers.phrases;
        let words = &self.lexicon.words;
        for at in noun + 1..phrases.len().min(noun + REACH) {
            if phrases[at].tokens.1 > end || matches!(phrases[at].kind, PhraseKind::Link) {
                return None;
            }
            if phrases[at].kind == PhraseKind::Preposition {
                let norm = &self.layers.tokens[phrases[at].tokens.0 as usize].norm;
                let leads = ["agent", "origin", "genitive"]
                    .iter()
                    .any(|class| words.is(norm, class));
                let next = phrases.get(at + 1)?;
                if leads && matches!(next.kind, PhraseKind::Noun | PhraseKind::Possessive) {
                    let inside = self.mentions_between(next.tokens);
                    return self
                        .mention_at(next.head)
                        .or_else(|| inside.first().copied());
                }
            }
        }
        None
    }

    /// "his", "their".
    pub(super) fn is_possessive(&self, mention: usize) -> bool {
        let norm = &self.layers.tokens[self.coreference.mentions[mention].head as usize].norm;
        self.lexicon
            .words
            .pronouns
            .get(norm)
            .is_some_and(|p| p.case == "possessive")
    }
}
