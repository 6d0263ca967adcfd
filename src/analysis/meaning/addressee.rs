//! To whom something was said: whom the construction names, else "to X" and "in an interview with X" beside the cue.

use super::Reading;
use crate::text::UnitKind;

/// How far from the cue an addressee may stand, in phrases.
const NEAR: usize = 30;

impl Reading<'_> {
    /// The addressees of the attribution.
    pub(super) fn addressees(&self, index: usize) -> Vec<usize> {
        let attribution = &self.attributions[index];
        let captured = attribution
            .addressee
            .and_then(|range| self.entity_of(range));
        captured
            .or_else(|| self.beside_cue(index))
            .filter(|&entity| self.source(index) != Some(entity))
            .into_iter()
            .collect()
    }

    /// "added | to | the agency", "in | a call | with | the minister".
    fn beside_cue(&self, index: usize) -> Option<usize> {
        let attribution = &self.attributions[index];
        let (_, cue_end) = attribution.cue_tokens?;
        let words = &self.lexicon.words;
        let units = &self.layers.segments[attribution.segment].units;
        let outside = |token: u32| {
            !attribution
                .content
                .iter()
                .any(|&(start, end)| start <= token && token < end)
        };
        let norm = |token: u32| self.layers.tokens[token as usize].norm.as_str();
        let cue = units.partition_point(|u| u.tokens.1 < cue_end);
        let window = cue.saturating_sub(NEAR)..(cue + NEAR).min(units.len().saturating_sub(1));
        for at in window {
            let (unit, next) = (&units[at], &units[at + 1]);
            if unit.kind != UnitKind::Preposition
                || !outside(unit.tokens.0)
                || !matches!(next.kind, UnitKind::Noun | UnitKind::Possessive)
            {
                continue;
            }
            let preposition = norm(unit.tokens.0);
            let right_behind_cue = unit.tokens.0 == cue_end && words.is(preposition, "recipient");
            let of_exchange = at > 0
                && units[at - 1].kind == UnitKind::Noun
                && words.is(norm(units[at - 1].head), "exchange")
                && (words.is(preposition, "recipient") || words.is(preposition, "partner"));
            if right_behind_cue || of_exchange {
                let found = self.entity_of(next.tokens);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }
}
