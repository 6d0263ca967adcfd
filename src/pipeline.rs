//! The line: files → documents → analyses → store.
//!
//! Documents are read and analysed on all cores, and stored one by one in the order of their names, so that the result
//! is the same at any number of threads and for any order of the paths.

use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use crate::analysis::analyze;
use crate::ingest::{self, Input, Months};
use crate::lexicon::{CalendarWord, Lexicon};
use crate::model::{Analysis, Document};
use crate::store::{self, Outcome, Store, state_of};

/// The language that the shipped lexicon reads, as ISO 639-3.
const LANGUAGE: &str = "eng";
/// Files that are read and analysed together.
const CHUNK: usize = 16;

/// What a build does besides reading.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// How to read files.
    pub reading: ingest::Options,
    /// Read texts in any language, not only the lexicon's.
    pub any_language: bool,
    /// Drop the documents of earlier builds that are gone.
    pub prune: bool,
}

/// What became of the documents of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Not there before.
    pub new: usize,
    /// Read again.
    pub changed: usize,
    /// As they were.
    pub unchanged: usize,
    /// Dropped.
    pub pruned: usize,
    /// Bytes of text that were analysed.
    pub bytes: u64,
    /// What was not read, with what went wrong and what to do.
    pub passed_over: Vec<(String, String)>,
}

/// A document on its way into the store.
enum Step {
    Ready(Box<(Document, Analysis, String)>),
    Unchanged(String),
    PassedOver(String, String),
}

/// How to read files in the lexicon's language.
pub fn reading(lexicon: &Lexicon) -> ingest::Options {
    let months = lexicon
        .words
        .calendar
        .all(CalendarWord::Month)
        .map(|(name, number)| (name.to_owned(), number));
    ingest::Options {
        months: Months::new(months),
        ..ingest::Options::default()
    }
}

/// Reads one file and analyses its articles, in order.
pub fn extract(
    input: &Input,
    lexicon: &Lexicon,
    options: &BuildOptions,
) -> Vec<Result<(Document, Analysis), (String, String)>> {
    ingest::read(input, &options.reading)
        .into_iter()
        .map(|read| {
            let document = accept(read, options)?;
            let analysis = analyze(&document, lexicon);
            Ok((document, analysis))
        })
        .collect()
}

/// Stores what is new or changed in `inputs`. `progress` hears how many files are done and how many bytes of text they
/// held. What cannot be read is passed over and told in the summary; only the store can fail.
pub fn build(
    mut inputs: Vec<Input>,
    lexicon: &Lexicon,
    store: &mut Store,
    options: &BuildOptions,
    mut progress: impl FnMut(usize, u64),
) -> Result<Summary, store::Error> {
    inputs.sort();
    inputs.dedup();
    store.begin_run(lexicon.fingerprint())?;
    let known = store.states()?;
    let mut summary = Summary::default();
    let mut names = BTreeSet::new();
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(8);
        scope.spawn(move || {
            for chunk in inputs.chunks(CHUNK) {
                let steps: Vec<Vec<Step>> = chunk
                    .par_iter()
                    .map(|input| steps(input, lexicon, options, &known))
                    .collect();
                if sender.send(steps).is_err() {
                    return; // the store failed: nobody listens any more
                }
            }
        });
        for steps in receiver {
            for file in steps {
                let mut bytes = 0;
                for step in file {
                    match step {
                        Step::Ready(ready) => {
                            let (document, analysis, state) = *ready;
                            bytes += document.text().len() as u64;
                            match store.add(&document, &analysis, &state)? {
                                Outcome::New => summary.new += 1,
                                Outcome::Changed => summary.changed += 1,
                            }
                            names.insert(document.name().to_owned());
                        }
                        Step::Unchanged(name) => {
                            summary.unchanged += 1;
                            names.insert(name);
                        }
                        Step::PassedOver(what, help) => summary.passed_over.push((what, help)),
                    }
                }
                summary.bytes += bytes;
                progress(1, bytes);
            }
        }
        Ok::<_, store::Error>(())
    })?;
    if options.prune {
        summary.pruned = store.prune(&names)?;
    }
    store.finish()?;
    Ok(summary)
}

fn steps(
    input: &Input,
    lexicon: &Lexicon,
    options: &BuildOptions,
    known: &HashMap<String, String>,
) -> Vec<Step> {
    ingest::read(input, &options.reading)
        .into_iter()
        .map(|read| {
            let state = read
                .as_ref()
                .map(|document| state_of(document, lexicon.fingerprint()))
                .unwrap_or_default();
            if let Ok(document) = &read
                && known.get(document.name()) == Some(&state)
            {
                return Step::Unchanged(document.name().to_owned());
            }
            let document = match accept(read, options) {
                Ok(document) => document,
                Err((what, help)) => return Step::PassedOver(what, help),
            };
            let analysis = analyze(&document, lexicon);
            Step::Ready(Box::new((document, analysis, state)))
        })
        .collect()
}

/// The document, unless it could not be read or is in another language: then what, and what to do.
fn accept(
    read: Result<Document, ingest::Error>,
    options: &BuildOptions,
) -> Result<Document, (String, String)> {
    let document = read.map_err(|error| (error.to_string(), error.help().to_owned()))?;
    match ingest::language(document.text()) {
        Some(language) if language != LANGUAGE && !options.any_language => Err((
            format!("{}: not in English ({language})", document.name()),
            "read it all the same with --any-language".to_owned(),
        )),
        _ => Ok(document),
    }
}
