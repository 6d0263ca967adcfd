//! What is counted in each document, added up over all.

use super::words::{jaccard, shared};
use super::{Attribution, Index, Pair, Worded};
use crate::model::ContentKind;

/// All kinds together, as an index of [`Tally`].
pub const ALL: usize = 0;
/// Quotations, as an index of [`Tally`].
pub const DIRECT: usize = 1;

/// A number for all kinds, and for direct, mixed and indirect.
pub type Tally = [u64; 4];

/// Tokens of one role: of both, of gold, of the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// In both.
    pub both: u64,
    /// In gold.
    pub gold: u64,
    /// In the system's.
    pub system: u64,
}

/// What is counted at one threshold: Jaccard ≥ 0.5, ≥ 0.8, the same words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Paired, by the kind of gold.
    pub gold: Tally,
    /// Paired, by the kind of the statement.
    pub system: Tally,
    /// Paired, where gold has a source, by the kind of gold.
    pub sourced: Tally,
    /// … and the source is right (lenient, strict, exact), by the kind of gold.
    pub right_gold: [Tally; 3],
    /// … by the kind of the statement.
    pub right_system: [Tally; 3],
}

/// The counts of one document or of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Source, cue, content; words, then all tokens.
    pub tokens: [[Tokens; 2]; 3],
    /// Gold attributions.
    pub gold: Tally,
    /// Those with a source.
    pub gold_sourced: Tally,
    /// System statements.
    pub system: Tally,
    /// Those with a source.
    pub system_sourced: Tally,
    /// By threshold.
    pub matches: [Matches; 3],
}

/// Where a kind stands in a [`Tally`].
pub const fn place(kind: ContentKind) -> usize {
    match kind {
        ContentKind::Direct => DIRECT,
        ContentKind::Mixed => 2,
        ContentKind::Indirect => 3,
    }
}

impl Counts {
    /// Counts the tokens of all attributions of one document, role by role.
    pub fn count_tokens(&mut self, index: &Index, system: &[Attribution], gold: &[Attribution]) {
        let roles: [fn(&Attribution) -> &Vec<super::Points>; 3] =
            [|a| &a.source, |a| &a.cue, |a| &a.content];
        for (role, spans) in roles.into_iter().enumerate() {
            let all = |list: &[Attribution]| -> Vec<_> {
                list.iter().flat_map(|a| spans(a).iter().copied()).collect()
            };
            let (said, wanted) = (all(system), all(gold));
            let sets = [
                (index.words(&said), index.words(&wanted)),
                (index.tokens(&said), index.tokens(&wanted)),
            ];
            for (at, (said, wanted)) in sets.into_iter().enumerate() {
                let tokens = &mut self.tokens[role][at];
                tokens.both += shared(&said, &wanted) as u64;
                tokens.gold += wanted.len() as u64;
                tokens.system += said.len() as u64;
            }
        }
    }

    /// Counts the attributions of one document and their pairs.
    pub fn count_pairs(&mut self, system: &[Worded], gold: &[Worded], pairs: &[Pair]) {
        for wanted in gold {
            bump(&mut self.gold, wanted.kind, true);
            bump(
                &mut self.gold_sourced,
                wanted.kind,
                !wanted.source.is_empty(),
            );
        }
        for said in system {
            bump(&mut self.system, said.kind, true);
            bump(&mut self.system_sourced, said.kind, !said.source.is_empty());
        }
        for pair in pairs {
            let (said, wanted) = (&system[pair.system], &gold[pair.gold]);
            let sourced = !wanted.source.is_empty();
            let right = [
                pair.source_right(),
                jaccard(&said.source, &wanted.source) >= 0.5,
                said.source == wanted.source,
            ];
            let hits = [
                pair.content >= 0.5,
                pair.content >= 0.8,
                pair.content == 1.0,
            ];
            for (matches, _) in self.matches.iter_mut().zip(hits).filter(|(_, hit)| *hit) {
                bump(&mut matches.gold, wanted.kind, true);
                bump(&mut matches.system, said.kind, true);
                bump(&mut matches.sourced, wanted.kind, sourced);
                for (at, &right) in right.iter().enumerate() {
                    bump(&mut matches.right_gold[at], wanted.kind, sourced && right);
                    bump(&mut matches.right_system[at], said.kind, sourced && right);
                }
            }
        }
    }

    /// Adds the counts of another document.
    pub fn add(&mut self, other: &Counts) {
        for (mine, theirs) in self.tokens.iter_mut().zip(&other.tokens) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                mine.both += theirs.both;
                mine.gold += theirs.gold;
                mine.system += theirs.system;
            }
        }
        add(&mut self.gold, &other.gold);
        add(&mut self.gold_sourced, &other.gold_sourced);
        add(&mut self.system, &other.system);
        add(&mut self.system_sourced, &other.system_sourced);
        for (mine, theirs) in self.matches.iter_mut().zip(&other.matches) {
            add(&mut mine.gold, &theirs.gold);
            add(&mut mine.system, &theirs.system);
            add(&mut mine.sourced, &theirs.sourced);
            for at in 0..3 {
                add(&mut mine.right_gold[at], &theirs.right_gold[at]);
                add(&mut mine.right_system[at], &theirs.right_system[at]);
            }
        }
    }
}

fn bump(tally: &mut Tally, kind: ContentKind, counts: bool) {
    tally[ALL] += u64::from(counts);
    tally[place(kind)] += u64::from(counts);
}

fn add(tally: &mut Tally, other: &Tally) {
    for (mine, theirs) in tally.iter_mut().zip(other) {
        *mine += theirs;
    }
}
