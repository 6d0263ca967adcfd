//! Whole lines against a set of expressions.
//!
//! The shipped expressions are automata that `build.rs` made of them (`src/lexicon/automata.rs`), read in place: nothing is
//! compiled when the program starts. A user's own are regular expressions, compiled when they are read.

use regex::bytes::RegexSet;

/// Expressions, each of which is matched against a whole line.
#[derive(Clone, Debug, Default)]
pub struct LineSet {
    shipped: Automata<'static>,
    own: RegexSet,
}

impl LineSet {
    /// Automata as `build.rs` wrote them.
    pub fn shipped(automata: &'static [u8]) -> LineSet {
        LineSet {
            shipped: Automata(automata),
            own: RegexSet::default(),
        }
    }

    /// Sets the expressions of a user's own.
    pub fn set_own(&mut self, own: RegexSet) {
        self.own = own;
    }

    /// True when one of the expressions fits the whole of `line`.
    pub fn is_match(&self, line: &str) -> bool {
        self.shipped.is_match(line.as_bytes())
            || (!self.own.is_empty() && self.own.is_match(line.as_bytes()))
    }
}

/// Deterministic automata, numbers in little-endian order:
///
/// - how many there are (u32), then for each byte that a line may begin with a bit set of those that go on from it, and the
///   same for each byte that a line may end with, then where each automaton begins (u32)
/// - an automaton: the column of each byte, then rows of cells (u16), one row a state. The first cell is 1 where a line may
///   end, each other one is where the row of the next state begins, in cells. Row 0 is the state that nothing leaves; its
///   first cell is where row 1 begins, the state at the begin of a line.
#[derive(Clone, Copy, Debug, Default)]
struct Automata<'a>(&'a [u8]);

/// Bytes of the number at the head.
const HEAD: usize = 4;
/// What a byte may be.
const BYTES: usize = 256;

impl<'a> Automata<'a> {
    fn is_match(&self, line: &[u8]) -> bool {
        let (false, Some(&first), Some(&last)) = (self.0.is_empty(), line.first(), line.last())
        else {
            return false;
        };
        let count = self.number(0);
        let width = count.div_ceil(8);
        let starting = self.set(usize::from(first), width);
        let ending = self.set(BYTES + usize::from(last), width);
        let sets = starting.iter().zip(ending).map(|(s, e)| s & e);
        sets.enumerate().any(|(at, mut candidates)| {
            let mut any = false;
            while candidates != 0 && !any {
                any = self.fits(at * 8 + candidates.trailing_zeros() as usize, width, line);
                candidates &= candidates - 1;
            }
            any
        })
    }

    /// The bit set number `at`.
    fn set(&self, at: usize, width: usize) -> &'a [u8] {
        &self.0[HEAD + at * width..][..width]
    }

    /// True when automaton `at` takes the whole of `line`.
    fn fits(&self, at: usize, width: usize, line: &[u8]) -> bool {
        let begin = self.number(HEAD + 2 * BYTES * width + at * 4);
        let Some((columns, cells)) = self.0[begin..].split_first_chunk::<BYTES>() else {
            return false;
        };
        let (cells, _) = cells.as_chunks();
        let cell = |at: usize| usize::from(u16::from_le_bytes(cells[at]));
        let mut row = cell(0);
        for &byte in line {
            row = cell(row + usize::from(columns[usize::from(byte)]));
            if row == 0 {
                return false;
            }
        }
        cell(row) == 1
    }

    fn number(&self, at: usize) -> usize {
        let bytes = &self.0[at..][..4];
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize
    }
}
