//! `eval`: statements against gold.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Found;
use super::data::OwnData;
use super::eval_report::{self, Wanted};
use super::failure::Failure;
use super::reading::threads;
use super::rows::{Format, Printing};
use super::terminal::{self, Out};
use crate::evaluate::record::{self, Record};
use crate::evaluate::{By, Faults, Report, folder, polnear, stories};
use crate::export;
use crate::ingest;
use crate::model::CodePoints;
use crate::pipeline::{self, BuildOptions, in_order};

/// Score what is found against gold: how much, how well, what is missed
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  sayso eval polnear/dev --by rule\n  sayso eval my-gold --docs my-texts --misses --limit 50\n  sayso eval polnear/dev --reliability"
)]
pub struct EvalArgs {
    /// A folder with text/*.txt and attributions/*.ann, or one with gold in *.json
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// Score this output of `extract` instead of reading the texts
    #[arg(long, value_name = "FILE")]
    system: Option<PathBuf>,
    /// Where the texts of gold in *.json stand [default: the folder `docs` beside GOLD]
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    #[command(flatten)]
    printing: Printing,
    /// List what is in gold and was not found
    #[arg(long)]
    misses: bool,
    /// List what was found and is not in gold
    #[arg(long)]
    spurious: bool,
    /// The most rows of each list; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How many are right of each rule, kind or cue; or of the judgements by what gave them
    #[arg(long, value_enum)]
    by: Option<ByArg>,
    /// Does a confidence of 0.9 mean that nine in ten are right?
    #[arg(long)]
    reliability: bool,
    /// Only statements at least this sure, from 0 to 1
    #[arg(long, value_name = "0…1", default_value_t = 0.0, value_parser = super::filter::confidence)]
    min_confidence: f32,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    data: OwnData,
}

/// By what statements are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ByArg {
    Rule,
    Kind,
    Cue,
    Judgement,
}

/// Records by the file names of their documents.
type Records = BTreeMap<String, Record>;

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Failure {
        Failure {
            what: faults.heading(),
            faults: faults.0.iter().map(ToString::to_string).collect(),
            help: None,
        }
    }
}

/// Runs the command.
pub fn run(args: &EvalArgs, out: &mut Out) -> Result<Found, Failure> {
    let wanted = Wanted {
        misses: args.misses,
        spurious: args.spurious,
        by: args.by.map(|by| match by {
            ByArg::Rule => By::Rule,
            ByArg::Kind => By::Kind,
            ByArg::Cue => By::Cue,
            ByArg::Judgement => By::Judgement,
        }),
        reliability: args.reliability,
        limit: if args.limit == 0 {
            usize::MAX
        } else {
            args.limit
        },
    };
    if args.printing.format == Format::Csv && wanted.lists() > 1 {
        return Err(Failure::new(
            "CSV holds one table",
            "ask for one of --by, --misses, --spurious and --reliability at a time, or for --format json",
        ));
    }
    let no_signs = args.system.is_some() || args.gold.join("attributions").is_dir();
    if args.by == Some(ByArg::Judgement) && no_signs {
        return Err(Failure::new(
            "--by judgement needs gold in *.json, and reads the texts itself",
            "leave out --system, and give a folder of gold with acts and targets",
        ));
    }
    let report = report(args)?;
    eval_report::print(&report, wanted, args.printing, out)?;
    Ok(Found::of(
        report.verdicts.iter().any(|verdict| verdict.paired),
    ))
}

fn report(args: &EvalArgs) -> Result<Report, Failure> {
    if args.gold.join("attributions").is_dir() {
        let documents = folder::annotated(&args.gold)?;
        let texts: Vec<_> = documents
            .iter()
            .map(|d| (d.path.as_path(), d.text.as_str()))
            .collect();
        let records = records(args, &texts)?;
        let scored = all(args, &documents, |document| {
            polnear::score(document, records.get(&format!("{}.txt", document.name)))
        });
        return Ok(polnear::report(scored));
    }
    let texts = args.docs.clone().unwrap_or_else(|| {
        let beside = args.gold.parent().unwrap_or(Path::new(""));
        beside.join("docs")
    });
    let documents = folder::stories(&args.gold, &texts)?;
    if documents.is_empty() {
        return Err(Failure::new(
            format!("no gold in {}", args.gold.display()),
            "give a folder with text/*.txt and attributions/*.ann, or one with *.json",
        ));
    }
    let texts: Vec<_> = documents
        .iter()
        .map(|d| (d.path.as_path(), d.text.as_str()))
        .collect();
    let records = records(args, &texts)?;
    let none = Record::default();
    let scored = all(args, &documents, |story| {
        let record = records.get(&story.gold.doc).unwrap_or(&none);
        stories::score(&story.text, &story.gold, record)
    });
    Ok(stories::report(scored))
}

/// The scores of all documents, in their order.
fn all<D: Sync, S: Send>(
    args: &EvalArgs,
    documents: &[D],
    score: impl Fn(&D) -> S + Sync,
) -> Vec<S> {
    let mut scores = Vec::with_capacity(documents.len());
    in_order(
        documents.iter(),
        threads(args.jobs),
        0,
        score,
        |scored, _| {
            scores.push(scored);
            true
        },
    );
    scores
}

/// What was found in the texts: read from the given file, else by reading them. Tells which have nothing.
fn records(args: &EvalArgs, texts: &[(&Path, &str)]) -> Result<Records, Failure> {
    let mut records = match &args.system {
        Some(file) => given(file)?,
        None => analysed(args, texts)?,
    };
    let mut faults = Faults::default();
    let mut without = 0;
    let mut known = 0;
    for (path, text) in texts {
        let name = path.file_name().map(|name| name.to_string_lossy());
        match records.get_mut(name.unwrap_or_default().as_ref()) {
            Some(record) => {
                let file = args.system.as_deref().unwrap_or(path);
                let length = CodePoints::new(text).at(text.len() as u32);
                record.check(length, &file.display().to_string(), &mut faults);
                if args.min_confidence > 0.0 {
                    record.keep_surer_than(f64::from(args.min_confidence));
                }
                known += 1;
            }
            None => without += 1,
        }
    }
    if !faults.0.is_empty() {
        return Err(faults.into());
    }
    let mut notes = Vec::new();
    if without > 0 {
        let what = format!("{without} of {} texts: no output for them", texts.len());
        notes.push((
            what,
            "they count as texts in which nothing was found".to_owned(),
        ));
    }
    if records.len() > known {
        let what = format!("{} documents without gold", records.len() - known);
        notes.push((
            what,
            "documents are matched by the names of their files".to_owned(),
        ));
    }
    for (what, help) in notes {
        terminal::tell(format_args!("sayso: {what}\nhelp: {help}"));
    }
    Ok(records)
}

/// The records of a file.
fn given(file: &Path) -> Result<Records, Failure> {
    let lines = std::fs::read_to_string(file).map_err(|error| {
        Failure::new(
            format!("{}: cannot be read: {error}", file.display()),
            "give a file that `sayso extract` wrote",
        )
    })?;
    Ok(record::parse(&file.display().to_string(), &lines)?)
}

/// The records of the texts, exactly as `extract` would print them.
fn analysed(args: &EvalArgs, texts: &[(&Path, &str)]) -> Result<Records, Failure> {
    let lexicon = args.data.lexicon()?;
    let options = BuildOptions {
        reading: pipeline::reading(lexicon),
        any_language: true,
        jobs: threads(args.jobs),
        ..BuildOptions::default()
    };
    let paths: Vec<PathBuf> = texts.iter().map(|(path, _)| path.to_path_buf()).collect();
    let (inputs, _) = ingest::find(&paths);
    let mut records = Records::new();
    let mut failed = None;
    pipeline::extract(inputs, lexicon, &options, |article| {
        match record_of(article) {
            Ok(record) => drop(records.insert(record.file_name().to_owned(), record)),
            Err(failure) => failed = Some(failure),
        }
        failed.is_none()
    });
    failed.map_or(Ok(records), Err)
}

/// The article as `extract` would print it.
fn record_of(article: pipeline::Extracted) -> Result<Record, Failure> {
    let (document, analysis) = article.map_err(|passed| Failure::new(passed.what, passed.help))?;
    let mut line = Vec::new();
    export::record::write(&mut line, &document, &analysis)?;
    let mut record: Record = serde_json::from_slice(&line).map_err(|error| {
        Failure::new(
            format!("{}: {error}", document.name()),
            "report this as a fault",
        )
    })?;
    for (said, statement) in record.statements.iter_mut().zip(&analysis.statements) {
        said.signs = Some(statement.provenance.signs.clone());
    }
    Ok(record)
}
