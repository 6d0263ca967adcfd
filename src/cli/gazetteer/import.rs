//! `gazetteer import`: another program's list to lists of ours.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Kind, write_lists};
use crate::cli::Found;
use crate::cli::data::OwnData;
use crate::cli::failure::Failure;
use crate::cli::output::{Force, Outputs};
use crate::cli::terminal::{Out, tell};
use crate::interchange::{Format, Options, read, settle};

/// Turn another program's list of names into lists of ours
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// The file; for GATE the index lists.def
    file: PathBuf,
    /// What wrote it
    #[arg(long, value_enum)]
    from: From,
    /// CSV, TSV: take COLUMN as FIELD (id name aliases weak kind sex sort of acts_for ids title from to, - for none);
    /// PETRARCH: take CODE as the id of a country or as a title; may be repeated
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = pair)]
    map: Vec<(String, String)>,
    /// What rows are that do not say it
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// The folder for people.tsv, organizations.tsv, places.tsv, roles.tsv
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    force: Force,
    #[command(flatten)]
    data: OwnData,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    /// Commas, with a header
    Csv,
    /// Tabs, with a header
    Tsv,
    /// spaCy's EntityRuler patterns (JSONL)
    Spacy,
    /// FollowTheMoney, OpenSanctions (JSON lines)
    Ftm,
    /// CoreNLP's RegexNER
    Regexner,
    /// GATE's lists.def and lists
    Gate,
    /// PETRARCH's or TABARI's actors
    Petrarch,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((column, field)) if !column.is_empty() && !field.is_empty() => {
            Ok((column.to_owned(), field.to_owned()))
        }
        _ => Err("write it as COLUMN=FIELD".to_owned()),
    }
}

/// Runs the command.
pub fn run(args: &ImportArgs, out: &mut Out) -> Result<Found, Failure> {
    let name = args.file.to_string_lossy();
    let bytes = std::fs::read(&args.file).map_err(|error| {
        Failure::new(
            format!("cannot read `{name}`: {error}"),
            "check the path of the file",
        )
    })?;
    let format = match args.from {
        From::Csv => Format::Csv,
        From::Tsv => Format::Tsv,
        From::Spacy => Format::Spacy,
        From::Ftm => Format::Ftm,
        From::Regexner => Format::Regexner,
        From::Gate => Format::Gate,
        From::Petrarch => Format::Petrarch,
    };
    let options = Options {
        map: args.map.clone(),
        kind: args.kind.map(Into::into),
    };
    let folder = args.file.parent().map(PathBuf::from).unwrap_or_default();
    let mut rows = read(format, &name, &bytes, &options, &|list| {
        std::fs::read(folder.join(list)).ok()
    });
    let lexicon = args.data.lexicon()?;
    let settled = settle(&mut rows, &name, &lexicon.world);
    rows.faults.sort_by(|a, b| a.place.cmp(&b.place));
    for fault in &rows.faults {
        tell(fault);
    }
    if rows.entries.is_empty() {
        tell(format_args!("sayso: nothing of `{name}` could be taken"));
        return Ok(Found::Nothing);
    }
    let file = args.file.file_name().unwrap_or_default().to_string_lossy();
    let outputs = Outputs::new(args.force)
        .sparing_lists(std::slice::from_ref(&args.file))
        .sparing_lists(&args.data.gazetteers);
    let comment = format!("Imported from {file}.");
    let written = write_lists(&rows, &comment, &args.output, outputs)?;
    writeln!(
        out,
        "{} entries, {} offices: {}",
        rows.entries.len(),
        rows.offices.len(),
        written.join(", ")
    )?;
    writeln!(
        out,
        "{} are listed already and get more names; {} rows were put together with others; {} things were not taken",
        settled.known,
        settled.merged,
        rows.faults.len()
    )?;
    Ok(Found::Something)
}
