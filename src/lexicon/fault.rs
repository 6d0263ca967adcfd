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

/// Help for a word that is none of `known`: what was meant, and all that there are.
pub fn one_of<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().filter(|name| !name.is_empty()).collect();
    let all = format!("one of: {}", known.join(" "));
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all,
    }
}

/// The one of `known` that is spelled most like `word`, where one is at all: at most a third of its letters differ, or it has
/// up to three more.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(word, 3, known)
}

/// As [`nearest`], where one letter in so many may differ: the longer the list, the more are alike by chance.
pub fn nearest_within<'a>(
    word: &str,
    one_in: usize,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let most = (wanted.chars().count() / one_in).clamp(1, 3);
    known
        .into_iter()
        .filter(|name| name.len().abs_diff(wanted.len()) <= 4 * most)
        .map(|name| (name.to_lowercase(), name))
        .map(|(lower, name)| {
            let begun = wanted.len() > 3 && lower.starts_with(&wanted);
            (
                changes(&wanted, &lower),
                if begun { most.max(3) } else { most },
                name,
            )
        })
        .filter(|(count, most, name)| count <= most && *count < name.chars().count())
        .min()
        .map(|(_, _, name)| name)
}

/// Letters to put in, to leave out, to exchange for another or for their neighbour until one word is the other.
fn changes(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &a) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, &b) in other.iter().enumerate() {
            let exchanged = last[column] + usize::from(a != b);
            let mut least = exchanged.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && a == other[column - 1] && one[row - 1] == b {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[other.len()]
}
