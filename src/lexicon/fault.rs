//! What is wrong in a data file, and how to mend it.

use std::fmt;
use std::path::PathBuf;

use crate::model::Place;

/// One fault of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line.
    pub place: Place,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub help: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  help: {}", self.place, self.what, self.help)
    }
}

/// Why a lexicon cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Data files with faults, all of them.
    #[error("{} in the data files", count(.0.len()))]
    Faults(Vec<Fault>),
    /// A file or folder of the user's cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

fn count(faults: usize) -> String {
    match faults {
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    }
}

/// Collects faults while files are read.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    pub fn add(&mut self, place: Place, what: impl Into<String>, help: impl Into<String>) {
        self.0.push(Fault {
            place,
            what: what.into(),
            help: help.into(),
        });
    }
}
