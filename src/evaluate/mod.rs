//! Statements against gold: how many are found, how many are right, which are missed.
//!
//! In: texts, gold attributions (brat standoff as in PolNeAR) or gold statements (JSON), and records as `extract` prints
//! them. Out: figures, misses, spurious statements, reliability. All offsets here are code points, as gold and records
//! have them. It runs no analysis and prints nothing; [`folder`] alone reads files.
//!
//! The figures are those of two public scorers, to the last digit: their tokens, their order of pairing, their rounding.

mod attribution;
pub mod brat;
mod fault;
pub mod folder;
mod label;
mod pairing;
mod words;

pub use attribution::{Attribution, Points};
pub use fault::{Fault, Faults};
pub use label::{Label, labels};
pub use pairing::{Pair, Worded, pair};
pub use words::{Index, Words};
