//! Other programs' name lists to rows of ours, and ours to theirs. One file a format.
//!
//! Bytes in, rows and faults out: nothing here opens a file, and no bytes make it fail. What cannot be taken is told with
//! its line and what to do.

mod cells;
mod delimited;
mod ftm;
mod gate;
mod petrarch;
mod propose;
mod regexner;
mod rows;
mod settle;
mod spacy;
mod words;
mod world;

use crate::lexicon::Fault;
use crate::model::{EntityKind, Place};

pub use propose::propose;
pub use rows::{FILES, write};
pub use settle::{Settled, settle};
pub use spacy::write as write_spacy;
pub use world::rows as world_rows;

/// What another program wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Commas, with a header.
    Csv,
    /// Tabs, with a header.
    Tsv,
    /// spaCy's EntityRuler: one JSON object a line.
    Spacy,
    /// FollowTheMoney, OpenSanctions: one JSON object a line.
    Ftm,
    /// CoreNLP's RegexNER: pattern, type.
    Regexner,
    /// GATE's lists.def, which names the lists.
    Gate,
    /// PETRARCH's and TABARI's actors with dated codes.
    Petrarch,
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Fields by the names that the file has for them; for PETRARCH: ids and titles by codes.
    pub map: Vec<(String, String)>,
    /// What rows are that do not say it.
    pub kind: Option<EntityKind>,
}

/// Somebody or something with names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Person, organization or place.
    pub kind: Option<EntityKind>,
    /// In kebab-case; empty: made of the name.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Other names that mean it by themselves.
    pub aliases: Vec<String>,
    /// Names that count only after a full one.
    pub weak: Vec<String>,
    /// "m", "f" or nothing.
    pub sex: String,
    /// Of an organization or place.
    pub sort: String,
    /// Id of what it belongs to.
    pub of: String,
    /// Id of what it stands for when it acts.
    pub acts_for: String,
    /// Ids elsewhere: "wikidata:Q42".
    pub ids: Vec<String>,
    /// Of a place.
    pub adjectives: Vec<String>,
    /// Of a place: its people.
    pub people: Vec<String>,
    /// Of a place: "word" or "person" when its name is one, too.
    pub risk: String,
    /// Of a place; 0 unknown.
    pub population: u32,
    /// Where it stands.
    pub line: u32,
}

/// An office of somebody's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// Index of the holder among the entries.
    pub holder: usize,
    /// Title in lower case.
    pub title: String,
    /// Id of the country or body.
    pub of: String,
    /// First day, or nothing.
    pub from: String,
    /// Last day, or nothing.
    pub to: String,
    /// Where it stands.
    pub line: u32,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Entries, in the order of the file.
    pub entries: Vec<Listed>,
    /// Their offices.
    pub offices: Vec<Office>,
    /// What could not be taken.
    pub faults: Vec<Fault>,
}

/// Reads the file called `name`. `other` gives the bytes of a file that it names (GATE).
pub fn read(
    format: Format,
    name: &str,
    bytes: &[u8],
    options: &Options,
    other: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Rows {
    let mut source = Source {
        name,
        rows: Rows::default(),
    };
    match format {
        Format::Csv => delimited::read(&mut source, b',', bytes, options),
        Format::Tsv => delimited::read(&mut source, b'\t', bytes, options),
        Format::Spacy => spacy::read(&mut source, bytes, options),
        Format::Ftm => ftm::read(&mut source, bytes, options),
        Format::Regexner => regexner::read(&mut source, bytes, options),
        Format::Gate => gate::read(&mut source, bytes, options, other),
        Format::Petrarch => petrarch::read(&mut source, bytes, options),
    }
    source.rows
}

/// A file on its way into rows.
struct Source<'a> {
    name: &'a str,
    rows: Rows,
}

impl Source<'_> {
    fn fault(&mut self, line: usize, what: impl Into<String>, help: impl Into<String>) {
        self.fault_in(self.name.to_owned(), line, what, help);
    }

    fn fault_in(
        &mut self,
        file: String,
        line: usize,
        what: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.rows.faults.push(Fault {
            place: Place {
                file: file.into(),
                line: line as u32,
            },
            what: what.into(),
            help: help.into(),
        });
    }

    /// Adds an entry; one whose kind nobody tells is a fault.
    fn add(&mut self, mut entry: Listed, line: usize, options: &Options) -> Option<usize> {
        entry.line = line as u32;
        entry.kind = entry.kind.or(options.kind);
        if entry.kind.is_none() {
            self.fault(
                line,
                format!("nothing tells what `{}` is", entry.name),
                "say --kind person, organization or place",
            );
            return None;
        }
        self.rows.entries.push(entry);
        Some(self.rows.entries.len() - 1)
    }
}

/// The lines of a file, numbered; bytes that are no UTF-8 are replaced.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, String)> + '_ {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    (1..)
        .zip(bytes.split(|&b| b == b'\n'))
        .map(|(number, line)| {
            let line = String::from_utf8_lossy(line);
            (number, line.trim_end_matches('\r').to_owned())
        })
}
