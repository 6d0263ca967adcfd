//! The line: files → documents → analyses → store.
//!
//! Documents are read and analysed on all cores, and stored one by one in the order of their names, so that the result
//! is the same at any number of threads and for any order of the paths. Each article stands behind a barrier: a fault of
//! this program in one is told and ends no other.

mod barrier;
mod order;
mod seen;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use barrier::guarded;
pub(crate) use order::in_order;
use seen::Seen;

use crate::analysis::analyze;
use crate::analysis::coref::identify;
use crate::ingest::{self, Article, DateWords, Input, Months, Outlets};
use crate::lexicon::{CalendarWord, Folders, Lexicon};
use crate::model::{Analysis, Document, DocumentId};
use crate::store::{self, Failure, Forget, Made, Outcome, Place, RootKey, Store};

/// The language that the shipped lexicon reads, as ISO 639-1 and 639-3.
const LANGUAGE: [&str; 2] = ["en", "eng"];

/// What a build does besides reading.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// How to read files.
    pub reading: ingest::Options,
    /// Read texts in any language, not only the lexicon's.
    pub any_language: bool,
    /// Drop the documents of earlier builds that are gone.
    pub prune: bool,
    /// What may be left out that an earlier build was told.
    pub forget: Forget,
    /// Where the lexicon comes from, to write it down.
    pub folders: Folders,
    /// Threads that read and analyse; 0: one for each core. The result is the same at any number.
    pub jobs: usize,
    /// Set to end a build early: what is done is kept.
    pub stop: Arc<AtomicBool>,
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
    /// True when it was ended early.
    pub stopped: bool,
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
    Ready(Box<(Document, DocumentId, Analysis)>),
    Unchanged(String, DocumentId),
    PassedOver(PassedOver, Option<DocumentId>),
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
        outlets: Arc::new(Outlets::new(lexicon.words.outlets.iter().cloned())),
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
    each: impl FnMut(Extracted) -> bool,
) {
    extract_by(&Line::new(lexicon, options), inputs, each);
}

fn extract_by(line: &Line, inputs: Vec<Input>, mut each: impl FnMut(Extracted) -> bool) {
    in_order(
        barrier::articles(inputs, &line.options.reading),
        line.options.jobs,
        0,
        |(_, article)| line.extracted(article?),
        |found, _| each(found),
    );
}

/// Stores what is new or changed in `inputs`. `progress` hears how many bytes of the inputs and how many bytes of new
/// text are done. What cannot be read is passed over and told in the summary; only the store can fail.
pub fn build(
    inputs: Vec<Input>,
    lexicon: &Lexicon,
    store: &mut Store,
    options: &BuildOptions,
    progress: impl FnMut(u64, u64),
) -> Result<Summary, store::Error> {
    build_by(&Line::new(lexicon, options), inputs, store, progress)
}

fn build_by(
    line: &Line,
    mut inputs: Vec<Input>,
    store: &mut Store,
    mut progress: impl FnMut(u64, u64),
) -> Result<Summary, store::Error> {
    let options = line.options;
    let known = store.roots()?.into_iter().filter_map(|known| known.root);
    ingest::settle(&mut inputs, known);
    inputs.sort();
    let places: Vec<Place> = inputs
        .iter()
        .map(|input| (input.root.clone(), input.name.clone()))
        .collect();
    let keys = store.begin_build(made(line.lexicon, options), &places, options.forget)?;
    let known = store.documents()?;
    let mut summary = Summary::default();
    let mut seen = Seen::new(&places, &keys);
    let mut stored = Ok(());
    in_order(
        barrier::articles(inputs, &options.reading),
        options.jobs,
        LAST,
        |(root, article)| match article {
            Ok(article) => {
                let bytes = article.bytes;
                (keys.key(&root), line.step(article, &known), bytes)
            }
            Err(passed_over) => (keys.key(&root), Step::PassedOver(passed_over, None), 0),
        },
        |(root, step, done), follow| {
            let before = summary.bytes;
            stored = take(root, step, store, &mut summary, &mut seen).and_then(|()| {
                // As long as others still analyse, an index now and then costs nobody's time.
                let ending = follow < LAST && follow % BETWEEN_INDEXES == 0;
                if ending { store.index_next() } else { Ok(()) }
            });
            progress(done, summary.bytes - before);
            summary.stopped = options.stop.load(Ordering::Relaxed);
            stored.is_ok() && !summary.stopped
        },
    );
    stored?;
    if summary.stopped {
        store.pause()?;
        return Ok(summary);
    }
    let roots = store.roots()?;
    if options.prune || options.forget.roots {
        let is_gone = |root, name: &str| {
            options.prune && seen.is_gone(&roots, root, name)
                || options.forget.roots && !keys.holds(root)
        };
        summary.pruned = store.prune(|root, name| !is_gone(root, name))?;
    }
    store.prune_failures(|root, name| !seen.is_gone(&roots, root, name))?;
    store.finish(&keys)?;
    Ok(summary)
}

/// So many documents before the last the indexes begin to be made.
const LAST: usize = 256;
/// Documents between two of them.
const BETWEEN_INDEXES: usize = 25;

/// What a build is told, for the database to know.
fn made(lexicon: &Lexicon, options: &BuildOptions) -> Made {
    let fields = options.reading.fields.clone().into_iter();
    Made {
        lexicon: lexicon.fingerprint().to_owned(),
        gazetteers: options.folders.gazetteers.clone(),
        queries: options.folders.queries.clone(),
        bare: options.folders.bare,
        any_language: options.any_language,
        fields: fields.chain(options.reading.given.told()).collect(),
        corrections: lexicon.corrections.rows(),
    }
}

/// Stores a document, or notes why there is none to store.
fn take(
    root: RootKey,
    step: Step,
    store: &mut Store,
    summary: &mut Summary,
    seen: &mut Seen,
) -> Result<(), store::Error> {
    let (name, outcome) = match step {
        Step::Ready(ready) => {
            let (document, id, analysis) = *ready;
            summary.bytes += document.text().len() as u64;
            if document.meta.cut_short && store.has_another(root, document.name(), id)? {
                // What was read of it on a better day is worth more.
                let name = document.name();
                let passed_over = PassedOver {
                    what: format!("{name}: cut short or damaged; its earlier reading stays"),
                    ..PassedOver::of(name, &ingest::Error::Packed { name: name.into() })
                };
                return pass_over(root, (passed_over, Some(id)), store, summary, seen);
            }
            summary.remarks.extend(remarks(&document));
            let outcome = store.add(root, id, &document, &analysis)?;
            if let Outcome::Alike(other) = outcome {
                let name = document.name();
                let passed_over = PassedOver {
                    what: format!("{name}: has the id of another article, {other} ({id})"),
                    help: "build it into a database of its own".to_owned(),
                    kind: "alike",
                    name: name.to_owned(),
                };
                return pass_over(root, (passed_over, Some(id)), store, summary, seen);
            }
            (document.name().to_owned(), outcome)
        }
        Step::Unchanged(name, id) => {
            let outcome = store.find_again(root, &name, id)?;
            (name, outcome)
        }
        Step::PassedOver(passed_over, id) => {
            return pass_over(root, (passed_over, id), store, summary, seen);
        }
    };
    match outcome {
        Outcome::New => summary.new += 1,
        Outcome::Changed => summary.changed += 1,
        Outcome::Unchanged | Outcome::Alike(_) => summary.unchanged += 1,
    }
    seen.read(root, name);
    Ok(())
}

/// Notes in the database and in the summary that an article is passed over.
fn pass_over(
    root: RootKey,
    (passed_over, hash): (PassedOver, Option<DocumentId>),
    store: &mut Store,
    summary: &mut Summary,
    seen: &mut Seen,
) -> Result<(), store::Error> {
    let failure = Failure {
        name: passed_over.name.clone(),
        hash,
        kind: passed_over.kind.to_owned(),
        reason: passed_over.what.clone(),
        help: passed_over.help.clone(),
    };
    store.note_failure(root, &failure)?;
    seen.passed_over(root, &passed_over);
    summary.passed_over.push(passed_over);
    Ok(())
}

/// What to tell of how `document` was read.
pub fn remarks(document: &Document) -> impl Iterator<Item = String> {
    let remarks = document.meta.remarks();
    remarks.map(|remark| format!("{}: {remark}", document.name()))
}

/// What is done with each article.
struct Line<'a> {
    lexicon: &'a Lexicon,
    options: &'a BuildOptions,
    /// [`analyze`]; a test puts something in its place that panics.
    analyze: fn(&Document, &Lexicon) -> Analysis,
}

impl<'a> Line<'a> {
    fn new(lexicon: &'a Lexicon, options: &'a BuildOptions) -> Line<'a> {
        Line {
            lexicon,
            options,
            analyze,
        }
    }

    /// What is found in `article`.
    fn extracted(&self, article: Article) -> Extracted {
        let name = article.name().to_owned();
        let found = guarded(|| {
            let document = self.accept(&name, article.read(&self.options.reading))?;
            let analysis = (self.analyze)(&document, self.lexicon);
            Ok((document, analysis))
        });
        found.unwrap_or_else(|fault| Err(fault.in_article(name)))
    }

    /// What the store is to do with `article`; `known` says which documents it has, and whether they are up to date.
    fn step(&self, article: Article, known: &HashMap<DocumentId, bool>) -> Step {
        let name = article.name().to_owned();
        let mut read_as = None;
        let step = guarded(|| {
            let read = article.read(&self.options.reading);
            if let Ok(document) = &read {
                let id = identify(document, self.lexicon);
                read_as = Some(id);
                if known.get(&id) == Some(&true) {
                    return Ok(Step::Unchanged(name.clone(), id));
                }
            }
            let document = self.accept(&name, read)?;
            let id = read_as.unwrap_or_else(|| identify(&document, self.lexicon));
            let analysis = (self.analyze)(&document, self.lexicon);
            Ok(Step::Ready(Box::new((document, id, analysis))))
        });
        match step {
            Ok(Ok(step)) => step,
            Ok(Err(passed_over)) => Step::PassedOver(passed_over, read_as),
            Err(fault) => Step::PassedOver(fault.in_article(name), read_as),
        }
    }

    /// The document, unless it could not be read or is in another language.
    fn accept(
        &self,
        name: &str,
        read: Result<Document, ingest::Error>,
    ) -> Result<Document, PassedOver> {
        let document = read.map_err(|error| PassedOver::of(name, &error))?;
        let writing = &self.lexicon.language;
        if self.options.any_language {
            return Ok(document);
        }
        let is_own = |piece: &str| writing.is_plainly(piece);
        match ingest::other_language(&document, LANGUAGE, is_own) {
            Some(language) => Err(PassedOver {
                what: format!("{name}: not in English ({language})"),
                help: "read it all the same with --any-language".to_owned(),
                kind: "not in English",
                name: name.to_owned(),
            }),
            None => Ok(document),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Panics on one article of a hundred.
    fn with_a_fault(document: &Document, lexicon: &Lexicon) -> Analysis {
        assert!(
            !document.text().contains("number 37 "),
            "cannot be analysed"
        );
        analyze(document, lexicon)
    }

    #[test]
    fn a_fault_in_one_article_loses_no_other() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let lines: Vec<String> = (1..=100)
            .map(|n| format!("{{\"text\": \"Ann Orr said that ship number {n} was late.\"}}\n"))
            .collect();
        let file = folder.path().join("ships.jsonl");
        std::fs::write(&file, lines.concat()).expect("a file can be written");
        let lexicon = Lexicon::builtin();
        let bad = "ships.jsonl:37";
        for jobs in [1, 3] {
            let options = BuildOptions {
                jobs,
                reading: reading(&lexicon),
                ..BuildOptions::default()
            };
            let line = Line {
                analyze: with_a_fault,
                ..Line::new(&lexicon, &options)
            };
            let inputs = ingest::find(std::slice::from_ref(&file)).0;
            let mut told = Vec::new();
            extract_by(&line, inputs.clone(), |found| {
                told.push(found.map(|(_, analysis)| analysis.statements.len()));
                true
            });
            let fault = told.remove(36).expect_err("this one has a fault");
            assert_eq!(told, vec![Ok(1); 99]);
            assert_eq!(fault.name, bad);
            assert_eq!(fault.kind, "a fault of this program");
            let place = format!("{bad}: a fault of this program at src/pipeline/mod.rs:");
            assert!(fault.what.starts_with(&place), "{}", fault.what);
            assert!(
                fault.what.ends_with(": cannot be analysed"),
                "{}",
                fault.what
            );

            let database = folder.path().join(format!("{jobs}.sqlite"));
            let mut store = Store::open_or_create(&database).expect("it can be made");
            let summary = build_by(&line, inputs.clone(), &mut store, |_, _| ());
            let summary = summary.expect("the store takes all");
            assert_eq!((summary.new, summary.passed_over), (99, vec![fault]));
            // The program mended, the article is read.
            let mended = Line::new(&lexicon, &options);
            let summary = build_by(&mended, inputs, &mut store, |_, _| ());
            let summary = summary.expect("the store takes all");
            assert_eq!((summary.new, summary.unchanged), (1, 99));
            assert_eq!(summary.passed_over, []);
        }
    }
}
