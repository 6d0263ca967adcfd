//! Whom a content speaks ill or well of: the tones of each predication fall on its subject; where the subject is the
//! source itself, on whom it acts upon.

use super::Reading;
use super::predication::{Predication, Who};
use crate::lexicon::Tone;
use crate::model::{Act, MentionKind, Polarity, Tag};
use crate::text::UnitKind;

/// How far behind a tone its object may stand, in words.
const OBJECT_REACH: u32 = 8;

/// What a content says of somebody.
#[derive(Clone, Debug, Default)]
pub(super) struct Stance {
    /// One, or two that are spoken of together; empty where nobody is judged.
    pub targets: Vec<usize>,
    /// Below zero: ill.
    pub score: i32,
    /// Accuse, criticize or praise, where the words do; the gravest.
    pub act: Option<Act>,
    /// Wrongdoing is spoken of and nobody named for it.
    pub unaimed: bool,
}

impl Stance {
    pub(super) fn polarity(&self) -> Polarity {
        match self.score.signum() {
            -1 => Polarity::Negative,
            1 => Polarity::Positive,
            _ => Polarity::Neutral,
        }
    }
}

impl Reading<'_> {
    /// The strongest judgement in `predications`; of equal ones the first.
    pub(super) fn stance(&self, index: usize, predications: &[Predication]) -> Stance {
        let mut judged: Vec<Stance> = Vec::new();
        let mut unaimed = false;
        for predication in predications {
            if predication.conditional {
                continue; // what is only supposed is no judgement
            }
            for (token, (weight, act)) in self.judging(index, predication) {
                let targets = self.judged_by(index, predication, token);
                if targets.is_empty() {
                    unaimed |= act == Some(Act::Accuse) && predication.who == Who::Thing;
                } else {
                    add(&mut judged, targets, weight, act);
                }
            }
        }
        let strongest = judged.iter().map(|j| j.score.abs()).max().unwrap_or(0);
        judged
            .into_iter()
            .find(|j| j.score != 0 && j.score.abs() == strongest)
            .unwrap_or(Stance {
                unaimed,
                ..Stance::default()
            })
    }

    /// The words of `predication` that judge somebody, each with its weight and its act.
    fn judging<'p>(
        &'p self,
        index: usize,
        predication: &'p Predication,
    ) -> impl Iterator<Item = (u32, (i32, Option<Act>))> + 'p {
        let (start, end) = predication.reach;
        (start..end)
            .filter_map(|token| Some((token, self.tones[token as usize].and_then(judgement)?)))
            .filter(move |&(token, _)| !self.is_anothers(index, token) && !self.is_name(token))
    }

    /// The words that speak for `polarity`, in text order.
    pub(super) fn words_for(
        &self,
        index: usize,
        predications: &[Predication],
        polarity: Polarity,
    ) -> Vec<(&str, Tone)> {
        let wanted = |weight: i32| match polarity {
            Polarity::Negative => weight < 0,
            Polarity::Neutral => false,
            Polarity::Positive => weight > 0,
        };
        let judged = predications.iter().filter(|p| !p.conditional);
        judged
            .flat_map(|p| self.judging(index, p))
            .filter(|&(_, (weight, _))| wanted(weight))
            .filter_map(|(token, _)| {
                let word = self.layers.tokens[token as usize].norm.as_str();
                Some((word, self.tones[token as usize]?))
            })
            .collect()
    }

    /// On whom the tone of `token` falls.
    fn judged_by(&self, index: usize, predication: &Predication, token: u32) -> Vec<usize> {
        let in_verb = predication.verb.0 <= token && token < predication.verb.1 + 2;
        if in_verb && predication.group.passive {
            return self.agent_behind(index, predication);
        }
        match &predication.who {
            Who::Others(targets) => {
                let suffers = self.lexicon.words.is(
                    &self.layers.tokens[predication.head as usize].norm,
                    "suffering",
                );
                if suffers && token >= predication.verb.0 {
                    Vec::new()
                } else {
                    targets.clone()
                }
            }
            Who::Own => self
                .object_behind(index, predication, token)
                .into_iter()
                .collect(),
            Who::Thing => self.agent_behind(index, predication),
        }
    }

    /// Whom the source itself acts upon or feels for: "we support Veldania", "proud of Veldania". A noun of harm has a
    /// victim instead: "attacks on".
    fn object_behind(&self, index: usize, predication: &Predication, token: u32) -> Option<usize> {
        let tone = self.tones[token as usize].and_then(judgement);
        let tag = self.layers.tokens[token as usize].tag;
        let noun = matches!(tag, Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS);
        let verb = matches!(
            tag,
            Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ
        );
        if noun && tone.is_some_and(|(weight, _)| weight < 0) {
            return None;
        }
        let reach = predication.reach.1.min(token + OBJECT_REACH);
        self.mentions_between((token + 1, reach))
            .into_iter()
            .find(|&(m, e)| !self.is_own(m, e, self.source(index)))
            .filter(|&(m, _)| {
                let start = self.coreference.mentions[m].tokens.0 as usize;
                let before = &self.layers.tokens[start - 1].norm;
                let words = &self.lexicon.words;
                let place = words.is(before, "locative") && !words.is(before, "recipient");
                verb || words.is(before, "attaching") && !place
            })
            .map(|(_, e)| e)
    }

    /// "by Russia", "from Russia" in what follows the verb.
    fn agent_behind(&self, index: usize, predication: &Predication) -> Vec<usize> {
        let words = &self.lexicon.words;
        self.mentions_between(predication.reach)
            .into_iter()
            .find(|&(m, e)| {
                let start = self.coreference.mentions[m].tokens.0;
                start > predication.reach.0
                    && words.is(&self.layers.tokens[start as usize - 1].norm, "agent")
                    && !self.is_own(m, e, self.source(index))
            })
            .map(|(_, e)| e)
            .into_iter()
            .collect()
    }

    /// A word of a name has no tone: "Peace Corps".
    fn is_name(&self, token: u32) -> bool {
        let mentions = &self.coreference.mentions;
        let until = mentions.partition_point(|m| m.tokens.0 <= token);
        mentions[..until]
            .iter()
            .rev()
            .take(3)
            .any(|m| m.kind == MentionKind::Name && m.tokens.0 <= token && token < m.tokens.1)
    }

    /// The kind of the unit right before `token`'s, for prepositions that tell roles.
    pub(super) fn follows_place_word(&self, mention: usize) -> bool {
        let start = self.coreference.mentions[mention].tokens.0;
        let words = &self.lexicon.words;
        let from = self.layers.phrases.partition_point(|p| p.tokens.1 <= start);
        // The preposition before the noun phrase that holds the mention.
        let before = from
            .checked_sub(1)
            .map(|at| self.layers.phrases[at])
            .filter(|p| p.kind == UnitKind::Preposition);
        before.is_some_and(|p| {
            let norm = &self.layers.tokens[p.tokens.0 as usize].norm;
            words.is(norm, "locative") && !words.is(norm, "origin") || words.is(norm, "victim")
        })
    }
}

fn judgement(tone: Tone) -> Option<(i32, Option<Act>)> {
    match tone {
        Tone::Accusation => Some((-3, Some(Act::Accuse))),
        Tone::Criticism => Some((-3, Some(Act::Criticize))),
        Tone::Negative => Some((-2, None)),
        Tone::Positive => Some((1, None)),
        Tone::Praise => Some((3, Some(Act::Praise))),
        _ => None,
    }
}

fn add(judged: &mut Vec<Stance>, targets: Vec<usize>, weight: i32, act: Option<Act>) {
    match judged.iter_mut().find(|j| j.targets[0] == targets[0]) {
        Some(known) => {
            known.score += weight;
            known.act = match (known.act, act) {
                (Some(Act::Accuse), _) | (_, Some(Act::Accuse)) => Some(Act::Accuse),
                (known, act) => known.or(act),
            };
            if known.targets.len() < targets.len() {
                known.targets = targets;
            }
        }
        None => judged.push(Stance {
            targets,
            score: weight,
            act,
            unaimed: false,
        }),
    }
}
