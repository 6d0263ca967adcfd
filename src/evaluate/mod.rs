//! Statements against gold: how many are found, how many are right, which are missed.
//!
//! In: texts, gold attributions (brat standoff as in PolNeAR) or gold statements (JSON), and records as `extract` prints
//! them. Out: figures, misses, spurious statements, reliability. All offsets here are code points, as gold and records
//! have them. It runs no analysis and prints nothing; [`folder`] alone reads files.
//!
//! The figures are those of two public scorers, to the last digit: their tokens, their order of pairing, their rounding.

mod attribution;
pub mod brat;
mod counts;
mod fault;
mod figures;
pub mod folder;
pub mod gold;
mod interval;
mod label;
mod mapping;
mod pairing;
pub mod polnear;
pub mod record;
mod reliability;
pub mod stories;
mod verdict;
mod words;

pub use attribution::{Attribution, Points};
pub use fault::{Fault, Faults};
pub use figures::{Prf, percent};
pub use label::{Label, labels};
pub use pairing::{Pair, Worded, pair};
pub use reliability::{Bin, Reliability, reliability};
pub use verdict::{By, Group, Miss, Verdict, groups};
pub use words::{Index, Words};

use serde_json::{Map, Value};

/// What an evaluation found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// All figures by their names, in the order in which they are printed.
    pub figures: Map<String, Value>,
    /// On each statement that gold judges, in the order of the documents.
    pub verdicts: Vec<Verdict>,
    /// What of gold was not found.
    pub misses: Vec<Miss>,
}
