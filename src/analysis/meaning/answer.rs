//! What a statement takes from those before it: "rejected the allegation" turns against whoever made it, and who goes on
//! speaking of a plot means the same plotters; who repeats a claim turns against whom the claim does.

use super::Reading;
use crate::model::{Act, Polarity, Statement, Target};

/// How far back the claim may lie, in statements.
const REACH: usize = 25;
/// Within how many words of the content the noun stands that heads it: "the government's latest | claims".
const OPENING: u32 = 5;
/// How far back a statement goes on from, in statements.
const NEAR: usize = 3;

impl Reading<'_> {
    /// Gives a denial that names nobody the source of the latest charge against the one who denies.
    pub(super) fn answer(&self, statements: &mut [Statement]) {
        for at in 0..statements.len() {
            let statement = &statements[at];
            let Some(source) = statement.source.as_ref().and_then(|s| s.entity) else {
                continue;
            };
            let open = matches!(statement.act, Act::Deny | Act::Reject)
                && statement.targets.is_empty()
                && !statement.negated
                && statement.about.is_empty()
                && self.speaks_of_words(at);
            if !open {
                continue;
            }
            let accuser = statements[at.saturating_sub(REACH)..at]
                .iter()
                .rev()
                .filter(|s| {
                    matches!(
                        s.act,
                        Act::Accuse | Act::Claim | Act::Criticize | Act::Warn | Act::Believe
                    ) && s
                        .targets
                        .iter()
                        .any(|t| t.polarity == Polarity::Negative && self.is_side(source, t.entity))
                })
                .filter_map(|s| s.source.as_ref()?.entity)
                .find(|&e| !self.is_side(source, e));
            if let Some(entity) = accuser {
                let polarity = Polarity::Negative;
                statements[at].targets = vec![Target { entity, polarity }];
                statements[at].polarity = polarity;
            }
        }
    }

    /// Gives a charge that names nobody the target of what the same source has just said.
    pub(super) fn carry_on(&self, statements: &mut [Statement], unaimed: &[bool]) {
        for at in 1..statements.len() {
            let statement = &statements[at];
            let aims = unaimed[at] && statement.act == Act::State
                || matches!(statement.act, Act::Warn | Act::Threaten | Act::Demand);
            if !aims || !statement.targets.is_empty() || statement.negated {
                continue;
            }
            let source = statement.source.as_ref().and_then(|s| s.entity);
            let before = statements[at.saturating_sub(NEAR)..at]
                .iter()
                .rev()
                .find(|s| {
                    s.source.as_ref().and_then(|s| s.entity) == source
                        && s.polarity == Polarity::Negative
                });
            let Some(targets) = before
                .map(|s| s.targets.clone())
                .filter(|_| source.is_some())
            else {
                continue;
            };
            let statement = &mut statements[at];
            statement.targets = targets;
            statement.polarity = Polarity::Negative;
            if statement.act == Act::State {
                statement.act = Act::Accuse;
            }
        }
    }

    /// Gives "echoed the claims that …" and "repeated Veldania's demands for …" the targets of those claims and demands.
    pub(super) fn repeat(&self, statements: &mut [Statement]) {
        for at in (0..statements.len()).rev() {
            let statement = &statements[at];
            let neutral = matches!(
                statement.act,
                Act::State | Act::Claim | Act::Demand | Act::Request | Act::Confirm | Act::Announce
            );
            if !neutral || statement.negated || !statement.targets.is_empty() {
                continue;
            }
            let (start, end) = self.attributions[at].content[0];
            let opens = |&&child: &&usize| {
                let cue = self.attributions[child].cue_tokens;
                cue.is_some_and(|(first, last)| {
                    start <= first
                        && last <= end.min(start + OPENING)
                        && self.is_cue_noun((last - 1, last))
                })
            };
            if let Some(&repeated) = self.children[at].iter().find(opens) {
                statements[at].targets = statements[repeated].targets.clone();
                statements[at].polarity = statements[repeated].polarity;
            }
        }
    }

    /// A noun of saying stands in the content: "the allegation".
    fn speaks_of_words(&self, index: usize) -> bool {
        self.attributions[index]
            .content
            .iter()
            .any(|&range| self.is_cue_noun(range))
    }
}
