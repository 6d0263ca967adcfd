//! At whom an act is directed, and the stance towards them.

use super::Reading;
use super::owner::Ownership;
use super::predication::{LONGEST, Predication, Who};
use super::stance::Stance;
use crate::lexicon::Part;
use crate::model::{Act, EntityKind, Polarity};

impl Reading<'_> {
    /// Two targets at most: whom the construction names, else whom the content judges or obliges, else whom a directed
    /// act speaks of first.
    pub(super) fn targets(
        &self,
        index: usize,
        act: Act,
        predications: &[Predication],
        stance: &Stance,
        addressees: &[usize],
    ) -> Vec<usize> {
        if let Some(entity) = self.captured_target(index) {
            return vec![entity];
        }
        let mut targets = self.aimed_at(index, act, predications, stance, addressees);
        targets.retain(|&entity| !self.is_thing(entity));
        targets
    }

    fn aimed_at(
        &self,
        index: usize,
        act: Act,
        predications: &[Predication],
        stance: &Stance,
        addressees: &[usize],
    ) -> Vec<usize> {
        let of_cue = self.cue(index).map_or(Act::State, |cue| cue.act);
        if is_directed(of_cue)
            && self.attributions[index].addressee.is_some()
            && let Some(&entity) = addressees.iter().find(|e| self.can_act(**e))
        {
            return vec![entity];
        }
        match act {
            Act::Deny | Act::Reject | Act::Refuse => self.turned_down(index, predications, stance),
            Act::Demand | Act::Propose | Act::Request => self
                .obliges(predications)
                .and_then(others)
                .or_else(|| self.wanted_from(index))
                .or_else(|| first_subject(predications))
                .or_else(|| self.first_spoken_of(index))
                .unwrap_or_default(),
            Act::Warn | Act::Threaten => predications
                .iter()
                .find(|p| p.conditional)
                .and_then(others)
                .or_else(|| nonempty(&stance.targets))
                .or_else(|| first_subject(predications))
                .or_else(|| self.first_spoken_of(index))
                .unwrap_or_default(),
            Act::Criticize | Act::Praise | Act::Support | Act::Apologize | Act::Accuse => {
                let judged = || nonempty(&stance.targets);
                let owner = || self.owner(index).map(|(e, _)| vec![e]);
                // "blasted the mayor, who …" against "said the mayor was a fool".
                let start = self.attributions[index].content[0].0;
                let clause = predications.first().is_some_and(|p| p.reach.0 <= start + 2);
                let first = if clause && of_cue != act {
                    judged().or_else(owner)
                } else {
                    owner().or_else(judged)
                };
                first
                    .or_else(|| first_subject(predications))
                    .or_else(|| self.first_spoken_of(index))
                    .unwrap_or_default()
            }
            Act::Believe | Act::Claim if self.polarity_of_cue(index) == Polarity::Negative => {
                nonempty(&stance.targets)
                    .or_else(|| first_subject(predications))
                    .or_else(|| self.first_spoken_of(index))
                    .unwrap_or_default()
            }
            _ => stance.targets.clone(),
        }
    }

    /// The stance towards the targets.
    pub(super) fn polarity(&self, index: usize, act: Act, stance: &Stance) -> Polarity {
        let of_cue = self.polarity_of_cue(index);
        if self.attributions[index].negated && !self.declines(index) {
            Polarity::Neutral
        } else if of_cue != Polarity::Neutral {
            of_cue
        } else {
            match act {
                Act::Accuse
                | Act::Criticize
                | Act::Deny
                | Act::Reject
                | Act::Warn
                | Act::Threaten
                | Act::Demand => Polarity::Negative,
                Act::Praise | Act::Support => Polarity::Positive,
                _ => stance.polarity(),
            }
        }
    }

    /// What gave the stance `polarity`, where `act` is what the rules read.
    pub(super) fn polarity_by(
        &self,
        index: usize,
        act: Act,
        stance: &Stance,
        polarity: Polarity,
    ) -> &'static str {
        if self.polarity(index, act, stance) != polarity {
            "earlier" // what it answers, repeats or goes on from
        } else if self.polarity_of_cue(index) == polarity {
            "cue"
        } else if stance.polarity() == polarity {
            "words"
        } else {
            "act"
        }
    }

    fn polarity_of_cue(&self, index: usize) -> Polarity {
        self.cue(index).map_or(Polarity::Neutral, |c| c.polarity)
    }

    /// Whom the construction names: "accused Veldania of".
    pub(super) fn captured_target(&self, index: usize) -> Option<usize> {
        self.attributions[index]
            .target
            .and_then(|range| self.entity_of(range))
    }

    /// Who made the claim or demand that is turned down. What is said of the source itself is turned against nobody.
    fn turned_down(
        &self,
        index: usize,
        predications: &[Predication],
        stance: &Stance,
    ) -> Vec<usize> {
        let owner = self.owner(index);
        if let Some((entity, Ownership::Words)) = owner {
            return vec![entity];
        }
        if predications.is_empty() {
            let owner = owner.filter(|&(_, o)| o == Ownership::Thing);
            return owner.map(|(e, _)| e).into_iter().collect();
        }
        let of_claim = predications.iter().find_map(|p| {
            let range = p.subject?;
            let heads_claim = self.is_cue_noun(range);
            others(p).filter(|_| heads_claim)
        });
        of_claim
            .or_else(|| nonempty(&stance.targets).filter(|_| stance.score < 0))
            .unwrap_or_default()
    }

    /// The noun phrase is headed by something said: "the US accusations".
    pub(super) fn is_cue_noun(&self, (start, end): (u32, u32)) -> bool {
        self.layers.tokens[start as usize..end as usize]
            .iter()
            .any(|t| self.lexicon.cues.form(Part::Noun, &t.norm).is_some())
    }

    /// "an apology from Veldania".
    fn wanted_from(&self, index: usize) -> Option<Vec<usize>> {
        let words = &self.lexicon.words;
        self.mentions_in(&self.attributions[index])
            .into_iter()
            .find(|&(m, e)| {
                let start = self.coreference.mentions[m].tokens.0;
                start > 0
                    && words.is(&self.layers.tokens[start as usize - 1].norm, "origin")
                    && !self.is_own(m, e, self.source(index))
            })
            .map(|(_, e)| vec![e])
    }

    /// The first of whom the content speaks who is not the source's own side, nor only a place or a victim; "Russian" in
    /// "Russian aggression" speaks of a country.
    fn first_spoken_of(&self, index: usize) -> Option<Vec<usize>> {
        let source = self.source(index);
        let mention = self
            .mentions_in(&self.attributions[index])
            .into_iter()
            .find(|&(m, e)| {
                !self.is_own(m, e, source)
                    && !self.follows_place_word(m)
                    && !self.is_anothers(index, self.coreference.mentions[m].head)
            })
            .map(|(m, e)| (self.coreference.mentions[m].tokens.0, e));
        let nation = self.attributions[index]
            .content
            .iter()
            .find_map(|&(start, end)| self.nation_in((start, end.min(start + LONGEST))))
            .filter(|&(token, e)| {
                source.is_none_or(|s| !self.is_side(s, e)) && !self.is_anothers(index, token)
            });
        match (mention, nation) {
            (Some((at, _)), Some((token, nation))) if token < at => Some(vec![nation]),
            (mention, nation) => mention.or(nation).map(|(_, e)| vec![e]),
        }
    }

    /// A country, body or person; not "reporters".
    fn can_act(&self, entity: usize) -> bool {
        matches!(
            self.coreference.entities[entity].kind,
            EntityKind::Place | EntityKind::Organization | EntityKind::Person
        )
    }
}

/// Acts that are done to whom they are said.
fn is_directed(act: Act) -> bool {
    matches!(
        act,
        Act::Accuse
            | Act::Criticize
            | Act::Warn
            | Act::Threaten
            | Act::Demand
            | Act::Request
            | Act::Praise
            | Act::Support
            | Act::Apologize
            | Act::Propose
    )
}

fn others(predication: &Predication) -> Option<Vec<usize>> {
    match &predication.who {
        Who::Others(targets) => Some(targets.clone()),
        _ => None,
    }
}

fn first_subject(predications: &[Predication]) -> Option<Vec<usize>> {
    predications.iter().find_map(others)
}

fn nonempty(targets: &[usize]) -> Option<Vec<usize>> {
    (!targets.is_empty()).then(|| targets.to_vec())
}
