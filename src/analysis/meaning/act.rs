//! What a source does by saying it: the cue first; where that only says, the content.

use super::Reading;
use super::predication::{LONGEST, Predication, Who};
use super::stance::Stance;
use crate::lexicon::{Cue, Frames, Part, Tone};
use crate::model::{Act, ContentKind, Polarity, Tag};
use crate::text::PhraseKind;

/// How far behind a verb its own adverbs and complements may stand: "is very likely to".
const COMPLEMENT: u32 = 4;

impl Reading<'_> {
    /// The cue's row.
    pub(super) fn cue(&self, index: usize) -> Option<&Cue> {
        self.attributions[index]
            .cue
            .map(|c| &self.lexicon.cues.list[c as usize])
    }

    /// "is not willing to", "did not want to": a refusal, not a negated statement.
    pub(super) fn declines(&self, index: usize) -> bool {
        let to_act = |cue: &Cue| {
            matches!(cue.act, Act::Agree | Act::Believe)
                && Frames::named("to").is_some_and(|to| cue.frames.meets(to))
        };
        let (start, _) = self.attributions[index].content[0];
        self.attributions[index].negated
            && self.cue(index).is_some_and(to_act)
            && self
                .lexicon
                .words
                .is(&self.layers.tokens[start as usize].norm, "purpose")
    }

    /// The act of an attribution: the pattern's, else the cue's; plain saying takes it from the content.
    pub(super) fn act(&self, index: usize, predications: &[Predication], stance: &Stance) -> Act {
        let attribution = &self.attributions[index];
        let of_pattern = attribution.pattern.map(|p| &self.lexicon.patterns[p]);
        if let Some(act) = of_pattern.and_then(|p| p.act) {
            return act;
        }
        if self.declines(index) {
            return Act::Refuse;
        }
        let of_cue = self.cue(index).map_or(Act::State, |cue| cue.act);
        let of_noun = if predications.is_empty() {
            self.noun_act(index)
        } else {
            None
        };
        let denies = self.has_tone(index, Tone::Denial);
        if predications.is_empty()
            && let Some(act) = self.act_of_description(index, of_noun, denies)
        {
            return act;
        }
        match (of_cue, of_noun) {
            (Act::Reject, Some(Act::Claim | Act::Accuse | Act::State)) => Act::Deny,
            (Act::Reject | Act::State | Act::Claim, _) if denies => Act::Deny,
            (Act::State | Act::Agree, Some(act)) => act,
            (Act::State, None) => self.act_of_clause(index, predications, stance),
            // "insisted that Veldania must go"
            (Act::Claim, None) if self.obliges(predications).is_some() => Act::Demand,
            (act, _) => act,
        }
    }

    /// The act of plain saying, by what is said.
    fn act_of_clause(&self, index: usize, predications: &[Predication], stance: &Stance) -> Act {
        let Some(main) = main(predications) else {
            return stance.act.unwrap_or(Act::State);
        };
        if let Some(act) = self.performed(index, main) {
            return act;
        }
        if self.warns(index, predications, main) {
            return Act::Warn;
        }
        if stance.polarity() == Polarity::Negative && stance.act == Some(Act::Accuse) {
            return Act::Accuse;
        }
        if self.obliges(predications).is_some() {
            return Act::Demand;
        }
        match stance.act {
            Some(act) if (act == Act::Praise) == (stance.score > 0) => act,
            _ if self.predicts(main) => Act::Predict,
            _ => Act::State,
        }
    }

    /// "We condemn the attack": who says so does it.
    fn performed(&self, index: usize, main: &Predication) -> Option<Act> {
        // "We have ordered" and, in a quotation, "we ordered" only tell of it.
        let now = match self.layers.tokens[main.head as usize].tag {
            Tag::VB | Tag::VBP | Tag::VBZ => true,
            Tag::VBD => self.attributions[index].kind != ContentKind::Direct,
            _ => false,
        };
        if main.who != Who::Own || main.group.modal || main.group.passive || !now {
            return None;
        }
        match (self.verb_act(main.head)?, main.group.negated) {
            (
                act @ (Act::Criticize
                | Act::Deny
                | Act::Reject
                | Act::Demand
                | Act::Request
                | Act::Praise
                | Act::Support
                | Act::Apologize
                | Act::Promise
                | Act::Propose
                | Act::Refuse
                | Act::Warn),
                false,
            ) => Some(act),
            (Act::Support | Act::Agree, true) => Some(Act::Reject),
            _ => None,
        }
    }

    /// "If Veldania closes the gates, …", "we will respond with all means".
    fn warns(&self, index: usize, predications: &[Predication], main: &Predication) -> bool {
        let own_threat = predications.iter().any(|p| {
            p.who == Who::Own
                && !p.conditional
                && (self.foretells(p) || self.plans(p))
                && self.tone_in(p.reach, Tone::Threat)
        });
        let Some(first) = predications.first().filter(|p| p.conditional) else {
            return own_threat;
        };
        own_threat
            || main.who == Who::Own && matches!(first.who, Who::Others(_)) && self.foretells(main)
            || [
                Tone::Negative,
                Tone::Accusation,
                Tone::Criticism,
                Tone::Threat,
            ]
            .iter()
            .any(|&tone| self.has_tone(index, tone))
    }

    /// The first predication that lays a duty on others, or on nobody in particular.
    pub(super) fn obliges<'p>(&self, predications: &'p [Predication]) -> Option<&'p Predication> {
        predications.iter().find(|p| {
            // "The law must be changed" and "it is vital that" oblige; "there must be a way" does not.
            let obliges = match &p.who {
                Who::Others(_) => true,
                Who::Thing => p.expletive || p.group.passive,
                Who::Own => false,
            };
            obliges
                && !p.conditional
                && self.tone_in((p.verb.0, p.verb.1 + COMPLEMENT), Tone::Obligation)
        })
    }

    /// What others will do, or what may happen, is foretold; what will happen may be planned by the source.
    fn predicts(&self, predication: &Predication) -> bool {
        match predication.who {
            Who::Own => false,
            Who::Others(_) => self.foretells(predication),
            Who::Thing => self.tone_in(self.complex(predication), Tone::Prediction),
        }
    }

    /// "will", "could", "is likely to".
    fn foretells(&self, predication: &Predication) -> bool {
        let range = self.complex(predication);
        self.tone_in(range, Tone::Future) || self.tone_in(range, Tone::Prediction)
    }

    /// The verb with what completes it.
    fn complex(&self, predication: &Predication) -> (u32, u32) {
        let (start, end) = predication.verb;
        (start, (end + COMPLEMENT).min(predication.reach.1))
    }

    /// "intends to", "is ready to": a verb or adjective of will before an infinitive.
    fn plans(&self, predication: &Predication) -> bool {
        let to = Frames::named("to");
        let (start, end) = predication.verb;
        (start..(end + COMPLEMENT).min(predication.reach.1)).any(|token| {
            let norm = &self.layers.tokens[token as usize].norm;
            [Part::Verb, Part::Adjective].iter().any(|&part| {
                self.lexicon.cues.form(part, norm).is_some_and(|cue| {
                    let cue = &self.lexicon.cues.list[cue as usize];
                    matches!(cue.act, Act::Believe | Act::Agree | Act::Promise)
                        && to.is_some_and(|to| cue.frames.meets(to))
                })
            })
        })
    }

    /// "described the report as baseless", "called him a coward": what stands behind "as", or behind a verb of naming,
    /// judges.
    fn act_of_description(&self, index: usize, of_noun: Option<Act>, denies: bool) -> Option<Act> {
        let attribution = &self.attributions[index];
        let cue = self.cue(index)?;
        let words = &self.lexicon.words;
        if !matches!(cue.act, Act::State | Act::Claim | Act::Believe)
            || attribution.kind == ContentKind::Direct
        {
            return None;
        }
        let (start, end) = *attribution.content.first()?;
        let judged = (start..end)
            .find(|&t| words.is(&self.layers.tokens[t as usize].norm, "as"))
            .map(|at| (at, end.min(at + COMPLEMENT + 1)))
            .or(words.is(&cue.lemma, "naming").then_some((start, end)))
            .filter(|&(at, _)| !self.is_anothers(index, at + 1))?;
        if denies {
            return Some(Act::Deny);
        }
        if self.tone_in(judged, Tone::Accusation) {
            return Some(Act::Accuse);
        }
        match (self.balance(judged), of_noun) {
            (-1, _) => Some(Act::Criticize),
            (1, Some(_)) => Some(Act::Confirm),
            (1, None) => Some(Act::Praise),
            _ => None,
        }
    }

    /// More words of praise or more of blame: 1 or −1.
    fn balance(&self, (start, end): (u32, u32)) -> i32 {
        (start..end)
            .filter_map(|t| match self.tones[t as usize]? {
                Tone::Negative | Tone::Criticism | Tone::Accusation => Some(-1),
                Tone::Positive | Tone::Praise => Some(1),
                _ => None,
            })
            .sum::<i32>()
            .signum()
    }

    /// The act of the noun that heads a nominal content, where it is a cue itself: "demands", "claims".
    pub(super) fn noun_act(&self, index: usize) -> Option<Act> {
        let attribution = &self.attributions[index];
        let cue = self.cue(index)?;
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

    /// The content, reported words of others left out, holds a word of this tone.
    fn has_tone(&self, index: usize, tone: Tone) -> bool {
        self.attributions[index]
            .content
            .iter()
            .flat_map(|&(start, end)| start..end.min(start + LONGEST))
            .any(|t| self.tones[t as usize] == Some(tone) && !self.is_anothers(index, t))
    }

    fn tone_in(&self, (start, end): (u32, u32), tone: Tone) -> bool {
        let end = (end as usize).min(self.tones.len());
        self.tones[(start as usize).min(end)..end].contains(&Some(tone))
    }
}

/// The first predication that is no condition.
fn main(predications: &[Predication]) -> Option<&Predication> {
    predications
        .iter()
        .find(|p| !p.conditional)
        .or(predications.first())
}
