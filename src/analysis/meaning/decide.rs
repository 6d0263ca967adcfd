//! What the tables make of what the rules read: act, stance, standing, whom a statement aims at and to whom it is said.

use super::bearing::{Bearings, place_name};
use super::candidate::{Cast, Place};
use super::seen::Seen;
use super::{Clauses, Reading};
use crate::lexicon::choices::{
    ABOUT, ACTS, ADDRESSEE, STANCES, STANDINGS, Sums, TARGET, VALID, best, probability,
};
use crate::model::{Act, ContentKind, Polarity, Sign, Standing, Statement, Target};

/// What a candidate must reach to be the target, in parts of a log-odd, as all figures here: what makes most edges right
/// on articles held back.
const AIMED: i32 = -6;
/// The same for whom the rules found, too.
const AIMED_BY_RULE: i32 = -24;
/// The same for a second one.
const ALSO_AIMED: i32 = 12;
/// The same for whom it is said to.
const SAID_TO: i32 = -6;
/// The same for of whom the content speaks, unless it names them.
const SPOKEN_OF: i32 = 0;
/// By how much less neutral a stance is where somebody is aimed at.
const AIMED_STANCE: i32 = 40;
/// What is less likely a statement is none.
const LEAST_VALID: i32 = -4;

/// The targets of each statement.
pub(super) fn aims(statements: &[Statement]) -> Vec<Vec<usize>> {
    let of = |s: &Statement| s.targets.iter().map(|t| t.entity).collect();
    statements.iter().map(of).collect()
}

impl Reading<'_> {
    /// Decides what was learned: act, stance, standing, targets, addressees, and how sure it is that it is a statement.
    pub(super) fn decide(&self, statements: &mut [Statement], clauses: &[Clauses]) {
        if self.lexicon.judgements.is_empty() {
            return;
        }
        let cast = Cast::of(self);
        let aimed = aims(statements);
        for index in 0..statements.len() {
            let seen = Seen {
                reading: self,
                index,
                clauses: &clauses[index],
                ruled: &statements[index],
                targets: &aimed[index],
            };
            let sums = self.lexicon.judgements.sums(|sink| seen.describe(sink));
            let found = self.choose(&seen, &aimed, &cast, &sums);
            let statement = &mut statements[index];
            let attribution = &self.attributions[index];
            let pattern = attribution.pattern.map(|at| &self.lexicon.patterns[at]);
            // A user's own cue, or own pattern with an act, has the last word.
            let is_own = pattern.is_some_and(|p| p.act.is_some() && !p.place.is_shipped());
            let is_settled = self
                .cue(index)
                .is_some_and(|cue| !cue.place.is_shipped() || is_done(cue.act, statement.act));
            let signs = &mut statement.provenance.signs;
            let ruled = statement.act;
            if is_own || is_settled {
                signs.act = Sign::rule(if is_own { "own" } else { "cue" });
            } else {
                let (act, sure) = best(&sums, ACTS, Act::ALL.len());
                statement.act = Act::ALL[act];
                signs.act = Sign::learned(Sign::LEARNED, sure);
            }
            let (standing, sure) = best(&sums, STANDINGS, Standing::ALL.len());
            statement.standing = Standing::ALL[standing];
            signs.standing = Sign::learned(Sign::LEARNED, sure);
            // Of whom the rules found, they know the stance; who aims at nobody in sight may still speak ill of somebody.
            let both = found.targets.iter().any(|(e, _)| aimed[index].contains(e));
            if !both || statement.polarity == Polarity::Neutral {
                let sums = toward(sums, !found.targets.is_empty());
                let (stance, sure) = best(&sums, STANCES, Polarity::ALL.len());
                statement.polarity = Polarity::ALL[stance];
                signs.polarity = Sign::learned(Sign::LEARNED, sure);
            } else {
                let (stance, polarity) = (&clauses[index].stance, statement.polarity);
                signs.polarity = Sign::rule(self.polarity_by(index, ruled, stance, polarity));
            }
            let polarity = statement.polarity;
            let target = |(entity, _)| Target { entity, polarity };
            signs.targets = found.targets.iter().map(|&(_, sign)| sign).collect();
            signs.addressees = found.addressees.iter().map(|&(_, sign)| sign).collect();
            statement.targets = found.targets.into_iter().map(target).collect();
            statement.addressees = found.addressees.into_iter().map(|(e, _)| e).collect();
            statement.about.extend(found.about);
            // Whoever is quoted, has a turn in a transcript, or speaks elsewhere and stands before a colon, says something.
            if pattern.is_some() {
                let valid = attribution.kind == ContentKind::Direct
                    || attribution.speaks
                    || sums[VALID] >= LEAST_VALID;
                let sure = probability(sums[VALID]).min(statement.confidence);
                statement.confidence = if valid { sure } else { 0.0 };
            }
        }
    }

    fn choose(&self, seen: &Seen<'_>, aimed: &[Vec<usize>], cast: &Cast, sums: &Sums) -> Chosen {
        let candidates = self.candidates(seen, aimed, cast);
        let bearings = Bearings::new(seen, &candidates, cast, sums);
        let mut chosen = Chosen::default();
        let mut aims: Vec<(i32, (usize, Sign))> = Vec::new();
        let mut said_to = (SAID_TO, None);
        for (at, candidate) in candidates.iter().enumerate() {
            let entity = candidate.entity;
            let said = self
                .lexicon
                .candidates
                .sums(|sink| bearings.describe(at, sink));
            let place = candidate.places[0];
            let captured = place == Place::Captured;
            let learned = |sum| Sign::learned(place_name(place).text(), probability(sum));
            let ruled = seen.targets.contains(&entity);
            let least = if ruled { AIMED_BY_RULE } else { AIMED };
            if captured || said[TARGET] >= least {
                let (sum, sign) = match captured {
                    true => (i32::MAX, Sign::rule(place_name(place).text())),
                    false => (said[TARGET], learned(said[TARGET])),
                };
                aims.push((sum, (entity, sign)));
            }
            if said[ADDRESSEE] > said_to.0 {
                said_to = (said[ADDRESSEE], Some((entity, learned(said[ADDRESSEE]))));
            }
            if said[ABOUT] > SPOKEN_OF && !seen.ruled.about.contains(&entity) {
                chosen.about.push(entity);
            }
        }
        // Of equal ones the nearest.
        aims.sort_by_key(|&(sum, _)| std::cmp::Reverse(sum));
        let also =
            |&(nth, &(sum, _)): &(usize, &(i32, (usize, Sign)))| nth == 0 || sum >= ALSO_AIMED;
        let aims = aims.iter().enumerate().take(2).filter(also);
        chosen.targets.extend(aims.map(|(_, &(_, target))| target));
        chosen.addressees.extend(said_to.1);
        chosen
    }
}

/// The cue itself does what the rules say that is done: "warned", "apologized". On statements held back they are right more
/// often there than the table.
fn is_done(of_cue: Act, ruled: Act) -> bool {
    (of_cue, ruled) == (Act::Reject, Act::Deny)
        || of_cue == ruled
            && matches!(
                ruled,
                Act::Accuse
                    | Act::Criticize
                    | Act::Reject
                    | Act::Warn
                    | Act::Threaten
                    | Act::Demand
                    | Act::Propose
                    | Act::Promise
                    | Act::Praise
                    | Act::Agree
                    | Act::Refuse
                    | Act::Apologize
            )
}

/// Whom a statement means.
#[derive(Default)]
struct Chosen {
    targets: Vec<(usize, Sign)>,
    addressees: Vec<(usize, Sign)>,
    about: Vec<usize>,
}

/// What the table says of the stance; towards somebody, it is seldom neutral.
pub(super) fn toward(mut sums: Sums, aims: bool) -> Sums {
    if aims {
        sums[STANCES + Polarity::Neutral as usize] -= AIMED_STANCE;
    }
    sums
}
