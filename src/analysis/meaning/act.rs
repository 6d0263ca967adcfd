//! What a source does by saying it, and its stance: the cue first, then the content's words.

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::lexicon::Tone;
use crate::model::{Act, Polarity};

/// How the content's words are coloured.
#[derive(Clone, Copy, Debug, Default)]
struct Colour {
    negative: u32,
    positive: u32,
    denial: u32,
    obligation: u32,
    prediction: u32,
    accusation: u32,
}

impl Reading<'_> {
    /// The act of an attribution: the pattern's, else the cue's; plain saying takes it from the content.
    pub(super) fn act(&self, attribution: &Attribution, _source: Option<usize>) -> Act {
        if let Some(act) = attribution.pattern.and_then(|p| self.lexicon.patterns[p].act) {
            return act;
        }
        let act = attribution.cue.map_or(Act::State, |c| self.lexicon.cues.list[c as usize].act);
        if act != Act::State {
            return act;
        }
        let colour = self.colour(attribution);
        if colour.denial > 0 {
            Act::Deny
        } else if colour.accusation > 0 && !self.speaks_first_person(attribution) {
            Act::Accuse
        } else if colour.obligation > 0 && colour.prediction == 0 && attribution.cue.is_some() {
            Act::Demand
        } else if colour.prediction > 0 && colour.negative == 0 && self.speaks_first_person(attribution) {
            Act::Announce
        } else {
            Act::State
        }
    }

    /// The stance towards whoever is the target.
    pub(super) fn polarity(&self, attribution: &Attribution, act: Act) -> Polarity {
        let of_cue = attribution.cue.map_or(Polarity::Neutral, |c| self.lexicon.cues.list[c as usize].polarity);
        if of_cue != Polarity::Neutral {
            return of_cue;
        }
        match act {
            Act::Accuse | Act::Criticize | Act::Deny | Act::Reject | Act::Warn | Act::Threaten | Act::Demand => return Polarity::Negative,
            Act::Praise | Act::Support => return Polarity::Positive,
            _ => {}
        }
        let colour = self.colour(attribution);
        let (bad, good) = (colour.negative + 2 * colour.accusation + 2 * colour.denial, colour.positive);
        if bad > good {
            Polarity::Negative
        } else if good > bad {
            Polarity::Positive
        } else {
            Polarity::Neutral
        }
    }

    fn colour(&self, attribution: &Attribution) -> Colour {
        let mut colour = Colour::default();
        for &(start, end) in &attribution.content {
            for token in &self.layers.tokens[start as usize..end as usize] {
                match self.lexicon.words.tones.get(&token.norm) {
                    Some(Tone::Negative) => colour.negative += 1,
                    Some(Tone::Positive) => colour.positive += 1,
                    Some(Tone::Denial) => colour.denial += 1,
                    Some(Tone::Obligation) => colour.obligation += 1,
                    Some(Tone::Prediction) => colour.prediction += 1,
                    Some(Tone::Accusation) => colour.accusation += 1,
                    None => {}
                }
            }
        }
        colour
    }

    /// The content's first words are "I" or "we".
    fn speaks_first_person(&self, attribution: &Attribution) -> bool {
        let (start, end) = attribution.content[0];
        self.layers.tokens[start as usize..end as usize]
            .iter()
            .take(4)
            .any(|t| self.lexicon.words.pronouns.get(&t.norm).is_some_and(|p| p.person == 1 && p.case == "subject"))
    }
}
