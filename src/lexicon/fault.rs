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
    /// A compiled gazetteer cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file that is no compiled gazetteer, or one of another release.
    #[error("`{}` is no compiled gazetteer that this program reads", path.display())]
    Foreign {
        /// Which.
        path: PathBuf,
    },
    /// A compiled gazetteer that is not as it was written.
    #[error("`{}` is damaged", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
    },
    /// A compiled gazetteer whose lists have changed since.
    #[error("`{}` is older than the lists it was compiled from", path.display())]
    Stale {
        /// Which.
        path: PathBuf,
    },
    /// A folder without people, organizations, places and offices.
    #[error("`{}` holds no list to compile", path.display())]
    NoLists {
        /// Which.
        path: PathBuf,
    },
}

impl Error {
    /// What to do about it; faults carry their own help.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Error::Faults(_) => None,
            Error::Read { .. } => Some("check the path given to --gazetteers or --queries"),
            Error::Write { .. } => {
                Some("check that its folder may be written to and the disk is not full")
            }
            Error::Foreign { .. } => Some(
                "give a folder of lists, or compile it again: sayso gazetteer compile FOLDER -o FILE",
            ),
            Error::Damaged { .. } => Some(
                "nothing that was read with it can be trusted; compile it again: sayso gazetteer compile FOLDER -o FILE",
            ),
            Error::Stale { .. } => {
                Some("compile them again: sayso gazetteer compile FOLDER -o FILE")
            }
            Error::NoLists { .. } => {
                Some("people.tsv, organizations.tsv, places.tsv and roles.tsv are compiled")
            }
        }
    }
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
