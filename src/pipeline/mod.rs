//! The line: files → documents → analyses → store.
//!
//! Documents are read and analysed on all cores, and stored one by one in the order of their names, so that the result
//! is the same at any number of threads and for any order of the paths.

mod order;

use std::collections::{BTreeSet, HashMap};

pub(crate) use order::in_order;

use crate::analysis::analyze;
use crate::ingest::{self, Article, DateWords, Input, Months};
use crate::lexicon::{CalendarWord, Lexicon};
use crate::model::{Analysis, Document};
use crate::store::{self, Outcome, Store, state_of};

/// The language that the shipped lexicon reads, as ISO 639-3.
const LANGUAGE: &str = "eng";

/// What a build does besides reading.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// How to read files.
    pub reading: ingest::Options,
    /// Read texts in any language, not only the lexicon's.
    pub any_language: bool,
    /// Drop the documents of earlier builds that are gone.
    pub prune: bool,
    /// Threads that read and analyse; 0: one for each core. The result is the same at any number.
    pub jobs: usize,
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
    /// What was not read.
    pub passed_over: Vec<PassedOver>,
    /// What was read with a remark.
    pub remarks: Vec<String>,
}

/// An article or file that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Which, and what went wrong.
    pub what: String,
    /// What to do.
    pub help: String,
    /// What went wrong in one or two words, to count by.
    pub kind: &'static str,
    /// What its documents are called; `prune` keeps those of earlier builds.
    pub name: String,
}

impl PassedOver {
    /// A file or article that could not be read.
    pub fn of(name: impl Into<String>, error: &ingest::Error) -> PassedOver {
        PassedOver {
            what: error.to_string(),
            help: error.help().to_owned(),
            kind: error.kind(),
            name: name.into(),
        }
    }
}

/// A document on its way into the store.
enum Step {
    Ready(Box<(Document, Analysis, String)>),
    Unchanged(String),
    PassedOver(PassedOver),
}

/// How to read files in the lexicon's language.
pub fn reading(lexicon: &Lexicon) -> ingest::Options {
    let calendar = &lexicon.words.calendar;
    let all = |word| {
        let words = calendar.all(word);
        words.map(|(name, number)| (name.to_owned(), number))
    };
    let weekdays = all(CalendarWord::Weekday).map(|(name, _)| (name, 0));
    ingest::Options {
        months: Months::new(all(CalendarWord::Month)),
        date_words: DateWords::new(weekdays.chain(all(CalendarWord::Label))),
        boilerplate: lexicon.language.boilerplate.clone(),
        ..ingest::Options::default()
    }
}

/// What was found in an article, or why it was not read.
pub type Extracted = Result<(Document, Analysis), PassedOver>;

/// Reads and analyses articles on all cores. `each` hears of them in order and says whether to go on.
pub fn extract(
    inputs: Vec<Input>,
    lexicon: &Lexicon,
    options: &BuildOptions,
    mut each: impl FnMut(Extracted) -> bool,
) {
    in_order(
        ingest::articles(inputs, &options.reading),
        options.jobs,
        0,
        |article| {
            let name = article.name().to_owned();
            let document = accept(&name, article.read(&options.reading), lexicon, options)?;
            let analysis = analyze(&document, lexicon);
            Ok((document, analysis))
        },
        |found, _| each(found),
    );
}

/// Stores what is new or changed in `inputs`. `progress` hears how many bytes of the inputs and how many bytes of new
/// text are done. What cannot be read is passed over and told in the summary; only the store can fail.
pub fn build(
    mut inputs: Vec<Input>,
    lexicon: &Lexicon,
    store: &mut Store,
    options: &BuildOptions,
    mut progress: impl FnMut(u64, u64),
) -> Result<Summary, store::Error> {
    inputs.sort();
    inputs.dedup();
    store.begin_run(lexicon.fingerprint())?;
    let known = store.states()?;
    let mut summary = Summary::default();
    let mut names = BTreeSet::new();
    let mut stored = Ok(());
    in_order(
        ingest::articles(inputs, &options.reading),
        options.jobs,
        LAST,
        |article| {
            let bytes = article.bytes;
            (step(article, lexicon, options, &known), bytes)
        },
        |(step, done), follow| {
            let before = summary.bytes;
            stored = take(step, store, &mut summary, &mut names).and_then(|()| {
                // As long as others still analyse, an index now and then costs nobody's time.
                let ending = follow < LAST && follow % BETWEEN_INDEXES == 0;
                if ending { store.index_next() } else { Ok(()) }
            });
            progress(done, summary.bytes - before);
            stored.is_ok()
        },
    );
    stored?;
    if options.prune {
        // What could not be read today is not gone.
        let is_there = |name: &str| {
            let of = |whole: &str| {
                name == whole || name.strip_prefix(whole).is_some_and(|n| n.starts_with(':'))
            };
            names.contains(name) || summary.passed_over.iter().any(|p| of(&p.name))
        };
        summary.pruned = store.prune(is_there)?;
    }
    store.finish()?;
    Ok(summary)
}

/// So many documents before the last the indexes begin to be made.
const LAST: usize = 256;
/// Documents between two of them.
const BETWEEN_INDEXES: usize = 25;

/// Stores a document, or notes why there is none to store.
fn take(
    step: Step,
    store: &mut Store,
    summary: &mut Summary,
    names: &mut BTreeSet<String>,
) -> Result<(), store::Error> {
    match step {
        Step::Ready(ready) => {
            let (document, analysis, state) = *ready;
            summary.bytes += document.text().len() as u64;
            if let Some(encoding) = document.meta.encoding {
                let name = document.name();
                summary.remarks.push(format!("{name}: read as {encoding}"));
            }
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
        Step::PassedOver(passed_over) => summary.passed_over.push(passed_over),
    }
    Ok(())
}

fn step(
    article: Article,
    lexicon: &Lexicon,
    options: &BuildOptions,
    known: &HashMap<String, String>,
) -> Step {
    let name = article.name().to_owned();
    let read = article.read(&options.reading);
    let state = read
        .as_ref()
        .map(|document| state_of(document, lexicon.fingerprint()))
        .unwrap_or_default();
    if read.is_ok() && known.get(&name) == Some(&state) {
        return Step::Unchanged(name);
    }
    match accept(&name, read, lexicon, options) {
        Ok(document) => {
            let analysis = analyze(&document, lexicon);
            Step::Ready(Box::new((document, analysis, state)))
        }
        Err(passed_over) => Step::PassedOver(passed_over),
    }
}

/// The document, unless it could not be read or is in another language.
fn accept(
    name: &str,
    read: Result<Document, ingest::Error>,
    lexicon: &Lexicon,
    options: &BuildOptions,
) -> Result<Document, PassedOver> {
    let document = read.map_err(|error| PassedOver::of(name, &error))?;
    let piece = ingest::piece(document.text()).filter(|piece| !lexicon.language.is_plainly(piece));
    match piece.and_then(ingest::language) {
        Some(language) if language != LANGUAGE && !options.any_language => Err(PassedOver {
            what: format!("{name}: not in English ({language})"),
            help: "read it all the same with --any-language".to_owned(),
            kind: "not in English",
            name: name.to_owned(),
        }),
        _ => Ok(document),
    }
}
