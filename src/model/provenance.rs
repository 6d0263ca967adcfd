//! Why a statement stands in the graph.

use std::fmt;
use std::sync::Arc;

use super::{Signs, Span};

/// A line of a data file: `gazetteers/people.tsv:17`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, as the user would open it.
    pub file: Arc<str>,
    /// Line number, from 1.
    pub line: u32,
}

/// What a statement rests on: nothing is stored without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The sentence or sentences that show it.
    pub evidence: Span,
    /// Id of the pattern or rule that found it.
    pub rule: String,
    /// The sieves that resolved its source, in order.
    pub sieves: Vec<&'static str>,
    /// Lines of data behind it: the pattern, the cue, the name.
    pub lines: Vec<Place>,
    /// What gave its act, stance, standing, targets and addressees.
    pub signs: Signs,
}

impl Place {
    /// A row of the lists or patterns that the program brings, not of a user's own.
    pub fn is_shipped(&self) -> bool {
        self.file.starts_with("gazetteers/en/") || self.file.starts_with("queries/patterns/")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
