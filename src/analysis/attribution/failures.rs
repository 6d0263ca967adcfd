//! Where a pattern has failed at a cue, so that it is not tried there again.
//!
//! In: the place of a try. Out: whether it is worth one. What is found there is none of its business.

use rustc_hash::FxHashSet;

/// Where the rest of a pattern's line has failed: before the cue or behind it, how many elements are left, and the unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Failures {
    steps: u32,
    known: FxHashSet<(Side, usize, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// Before the cue.
    Left,
    /// Behind it.
    Right,
}

impl Failures {
    /// Most lines are done in fewer steps, and quicker without a table.
    const FEW: u32 = 100;

    /// True when it has failed there; counts the question.
    pub(super) fn holds(&mut self, place: (Side, usize, usize)) -> bool {
        self.steps += 1;
        self.steps > Self::FEW && self.known.contains(&place)
    }

    /// It has failed there.
    pub(super) fn add(&mut self, place: (Side, usize, usize)) {
        if self.steps > Self::FEW {
            self.known.insert(place);
        }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        if self.steps > 0 {
            *self = Failures::default();
        }
    }
}
