//! Options of the commands that read articles.

use std::path::{Path, PathBuf};

use clap::Args;
use regex::Regex;

use super::data::OwnData;
use super::failure::Failure;
use super::terminal;
use crate::ingest::{self, Beside, Given, Input, Months, Scan};
use crate::lexicon::Lexicon;
use crate::pipeline::{self, BuildOptions, PassedOver};

/// What to read, and how.
#[derive(Clone, Debug, Args)]
pub struct ReadingArgs {
    /// Files and folders: .txt .md .html .jsonl .json and .gz of these; - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Read a field of JSON articles under another name: text=body, title, date, publisher, author, url
    #[arg(long, value_name = "WHAT=NAME", value_parser = field)]
    pub field: Vec<(String, String)>,
    /// The outlet of all articles
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Where the outlet stands in an article's name: '^([^/]+)/'
    #[arg(long, value_name = "REGEX", value_parser = expression)]
    pub publisher_from: Option<Regex>,
    /// Where the day does: '(\d{4})-(\d\d)-(\d\d)'
    #[arg(long, value_name = "REGEX", value_parser = expression)]
    pub date_from: Option<Regex>,
    /// A table of articles beside them: file, title, date, publisher, author, url (.csv, .tsv)
    #[arg(long, value_name = "FILE")]
    pub meta: Option<PathBuf>,
    /// Read texts that are not in English, too
    #[arg(long)]
    pub any_language: bool,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Data of the user's own
    #[command(flatten)]
    pub data: OwnData,
}

/// All that reading needs.
pub struct Prepared {
    /// What words mean.
    pub lexicon: &'static Lexicon,
    /// How to read.
    pub options: BuildOptions,
    /// What was found to read.
    pub inputs: Vec<Input>,
    /// What was not.
    pub missing: Vec<PassedOver>,
}

impl ReadingArgs {
    /// Loads the lexicon and finds the inputs.
    pub fn prepare(&self) -> Result<Prepared, Failure> {
        self.prepare_with(self.data.lexicon()?)
    }

    /// As [`ReadingArgs::prepare`], where what is read will be kept.
    pub fn prepare_to_keep(&self) -> Result<Prepared, Failure> {
        self.prepare_with(self.data.sound_lexicon()?)
    }

    fn prepare_with(&self, lexicon: &'static Lexicon) -> Result<Prepared, Failure> {
        let reading = pipeline::reading(lexicon);
        let table = self
            .meta
            .as_deref()
            .map(|file| table(file, &reading.months));
        let reading = ingest::Options {
            fields: self.field.iter().cloned().collect(),
            given: Given {
                publisher: self.publisher.clone(),
                publisher_from: self.publisher_from.clone(),
                date_from: self.date_from.clone(),
                table: table.transpose()?,
            },
            ..reading
        };
        let options = BuildOptions {
            reading,
            any_language: self.any_language,
            folders: self.data.folders(),
            jobs: threads(self.jobs),
            ..BuildOptions::default()
        };
        let found = ingest::scan(&self.paths);
        tell_others(&found);
        tell_left_over(&options.reading.given, &found);
        let inputs = found.inputs;
        let missing = found
            .errors
            .iter()
            .map(|error| PassedOver::of("", error))
            .collect();
        Ok(Prepared {
            lexicon,
            options,
            inputs,
            missing,
        })
    }
}

/// The table of articles in `file`.
fn table(file: &Path, months: &Months) -> Result<Beside, Failure> {
    let bytes = std::fs::read(file).map_err(|error| {
        Failure::new(
            format!("`{}` cannot be read: {error}", file.display()),
            "name a table of articles behind --meta",
        )
    })?;
    Beside::read(file, bytes, months).map_err(|faults| {
        let faults = faults
            .iter()
            .map(|(line, what)| format!("{}:{line}: {what}", file.display()));
        Failure::new(
            faults.collect::<Vec<_>>().join("; "),
            "a row is a file and what is known of it; days are written as 2025-03-14",
        )
    })
}

/// Tells the rows of the table that are of no file.
fn tell_left_over(given: &Given, found: &Scan) {
    let Some(table) = &given.table else { return };
    let names = found.inputs.iter().map(|input| input.name.as_str());
    let rows = table.left_over(names);
    if let Some(first) = rows.first() {
        terminal::tell(format_args!(
            "sayso: {}: {} of no file that was found: `{}`{}\nhelp: name files as they are called from the folder on that is given",
            terminal::line(&table.file),
            match rows.len() {
                1 => "1 row is".to_owned(),
                many => format!("{many} rows are"),
            },
            terminal::line(first),
            if rows.len() > 1 { ", …" } else { "" }
        ));
    }
}

/// Kinds of files that are told by name.
const KINDS: usize = 8;

/// Tells what the folders hold that nobody reads: so many files of each kind, the most frequent first.
fn tell_others(found: &Scan) {
    let mut kinds: Vec<(usize, String)> = found
        .others
        .iter()
        .map(|(ending, &count)| match ending.as_str() {
            "" => (count, "without an ending".to_owned()),
            ending => (count, format!(".{ending}")),
        })
        .collect();
    if found.devices > 0 {
        kinds.push((found.devices, "pipe, socket or device".to_owned()));
    }
    kinds.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let all: usize = kinds.iter().map(|(count, _)| count).sum();
    if all == 0 {
        return;
    }
    let told = &kinds[..kinds.len().min(KINDS)];
    let rest: usize = kinds.iter().skip(KINDS).map(|(count, _)| count).sum();
    let mut list: Vec<String> = told.iter().map(|(n, kind)| format!("{n} {kind}")).collect();
    if rest > 0 {
        list.push(format!("{rest} of other kinds"));
    }
    let files = if all == 1 {
        "1 file"
    } else {
        &format!("{all} files")
    };
    terminal::tell(format_args!(
        "sayso: {files} in the folders not read: {}\nhelp: turn articles into text, HTML or .jsonl first; a file that is named \
        itself is read whatever its ending",
        terminal::line(&list.join(", "))
    ));
}

/// `--jobs`, as the pipeline takes it.
pub(super) fn threads(jobs: Option<usize>) -> usize {
    jobs.map_or(0, |jobs| jobs.max(1))
}

fn expression(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| error.to_string())
}

fn field(text: &str) -> Result<(String, String), String> {
    const KNOWN: [&str; 6] = ["text", "title", "date", "publisher", "author", "url"];
    match text.split_once('=') {
        Some((what, name)) if KNOWN.contains(&what) && !name.is_empty() => {
            Ok((what.to_owned(), name.to_owned()))
        }
        _ => Err(format!(
            "write WHAT=NAME, where WHAT is one of: {}",
            KNOWN.join(" ")
        )),
    }
}
