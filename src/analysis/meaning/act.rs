//! What a source does by saying it, and its stance: the cue first, then the content's words.

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::lexicon::{Part, Tone};
use crate::model::{Act, ContentKind, MentionKind, Polarity};
use crate::text::PhraseKind;

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
    pub(super) fn act(&self, attribution: &Attribution, source: Option<usize>) -> Act {
        if let Some(act) = attribution
            .pattern
            .and_then(|p| self.lexicon.patterns[p].act)
        {
            return act;
        }
        let of_cue = attribution
            .cue
            .map_or(Act::State, |c| self.lexicon.cues.list[c as usize].act);
        // "repeated the demands", "rejected the claims": the noun says what was done, or what is turned down.
        let of_noun = self.noun_act(attribution);
        match (of_cue, of_noun) {
            (Act::State | Act::Agree, Some(act)) => return act,
            (Act::Reject, Some(Act::Claim | Act::Accuse | Act::State)) => return Act::Deny,
            (Act::State, None) => {}
            (act, _) => return act,
        }
        let colour = self.colour(attribution);
        let own = self.speaks_first_person(attribution);
        if colour.denial > 0 {
            Act::Deny
        } else if self.is_conditional(attribution) {
            Act::Warn
        } else if (colour.accusation > 0 || colour.negative > 0)
            && !own
            && self.subject_is_other(attribution, source)
        {
            Act::Accuse
        } else if colour.obligation > 0 && colour.prediction == 0 && attribution.cue.is_some() {
            Act::Demand
        } else if colour.prediction > 0 && colour.negative == 0 && own {
            Act::Announce
        } else {
            Act::State
        }
    }

    /// The act of the noun that heads a nominal content, where it is a cue itself: "demands", "claims".
    fn noun_act(&self, attribution: &Attribution) -> Option<Act> {
        let cue = attribution
            .cue
            .map(|c| &self.lexicon.cues.list[c as usize])?;
        if cue.part != Part::Verb || attribution.kind == ContentKind::Direct {
            return None;
        }
        let (start, end) = attribution.content[0];
        let from = self.layers.phrases.partition_point(|p| p.tokens.0 < start);
        self.layers.phrases[from..]
            .iter()
            .take(3)
            .take_while(|p| {
                p.tokens.1 <= end && matches!(p.kind, PhraseKind::Noun | PhraseKind::Possessive)
            })
            .find(|p| p.kind == PhraseKind::Noun)
            .and_then(|p| {
                self.lexicon
                    .cues
                    .form(Part::Noun, &self.layers.tokens[p.head as usize].norm)
            })
            .map(|c| self.lexicon.cues.list[c as usize].act)
    }

    /// "If Russia invades, …"
    fn is_conditional(&self, attribution: &Attribution) -> bool {
        let (start, end) = attribution.content[0];
        self.layers.tokens[start as usize..end as usize]
            .iter()
            .take(2)
            .any(|t| self.lexicon.words.is(&t.norm, "conditional"))
    }

    /// The content opens with somebody else's name.
    pub(super) fn subject_is_other(
        &self,
        attribution: &Attribution,
        source: Option<usize>,
    ) -> bool {
        let start = attribution.content[0].0;
        self.mentions_in(attribution)
            .first()
            .is_some_and(|&(mention, entity)| {
                let first = &self.coreference.mentions[mention];
                first.tokens.0 <= start + 4
                    && Some(entity) != source
                    && first.kind != MentionKind::Nominal
            })
    }

    /// The stance towards whoever is the target.
    pub(super) fn polarity(&self, attribution: &Attribution, act: Act) -> Polarity {
        if attribution.negated {
            return Polarity::Neutral;
        }
        let of_cue = attribution.cue.map_or(Polarity::Neutral, |c| {
            self.lexicon.cues.list[c as usize].polarity
        });
        if of_cue != Polarity::Neutral {
            return of_cue;
        }
        match act {
            Act::Accuse
            | Act::Criticize
            | Act::Deny
            | Act::Reject
            | Act::Warn
            | Act::Threaten
            | Act::Demand => return Polarity::Negative,
            Act::Praise | Act::Support => return Polarity::Positive,
            _ => {}
        }
        let colour = self.colour(attribution);
        let (bad, good) = (
            colour.negative + 2 * colour.accusation + 2 * colour.denial,
            colour.positive,
        );
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
            .any(|t| {
                self.lexicon
                    .words
                    .pronouns
                    .get(&t.norm)
                    .is_some_and(|p| p.person == 1 && p.case == "subject")
            })
    }
}
