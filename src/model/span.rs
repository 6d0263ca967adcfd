//! A stretch of a document's text, in bytes.

use std::fmt;
use std::ops::Range;

/// Half-open range of **byte** offsets into one document's text, on character boundaries.
///
/// Made by the text layer and by [`Span::cover`]; nobody else does arithmetic on offsets. Code points, which every
/// border of the program speaks, come from [`CodePoints`](super::CodePoints).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span of the bytes `start..end`.
    ///
    /// # Panics
    /// If `start > end`.
    #[track_caller]
    pub const fn new(start: u32, end: u32) -> Span {
        assert!(start <= end, "a span starts before it ends");
        Span { start, end }
    }

    /// The first byte.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The byte after the last.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// True when the span holds nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same offsets for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` that the span stands for.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// True when `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
