//! `gazetteer export`: the loaded lists for other programs.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Kind, write_lists};
use crate::cli::Found;
use crate::cli::data::OwnData;
use crate::cli::failure::Failure;
use crate::cli::output::{Force, Outputs};
use crate::cli::terminal::Out;
use crate::interchange::{world_rows, write, write_spacy};
use crate::model::EntityKind;

/// Write the loaded lists as our own TSV or as spaCy's EntityRuler patterns
#[derive(Clone, Debug, Args)]
pub struct ExportArgs {
    /// What to write
    #[arg(long, value_enum, default_value_t = To::Tsv)]
    to: To,
    /// Only people, organizations or places
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Only this sort: country, city, media …
    #[arg(long)]
    sort: Option<String>,
    /// Only what belongs to the entry with this id
    #[arg(long, value_name = "ID")]
    of: Option<String>,
    /// A folder for TSV, a file for spaCy; without it everything goes to standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    force: Force,
    #[command(flatten)]
    data: OwnData,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// people.tsv, organizations.tsv, places.tsv, roles.tsv
    Tsv,
    /// One JSON object a line: label, pattern, id
    Spacy,
}

/// Runs the command.
pub fn run(args: &ExportArgs, out: &mut Out) -> Result<Found, Failure> {
    let lexicon = args.data.lexicon()?;
    let kind = args.kind.map(EntityKind::from);
    let rows = world_rows(&lexicon.world, |entry| {
        kind.is_none_or(|kind| kind == entry.kind)
            && args.sort.as_ref().is_none_or(|sort| sort == entry.sort)
            && args
                .of
                .as_ref()
                .is_none_or(|of| entry.of == Some(of.as_str()))
    });
    let comment = "Exported by sayso gazetteer export.";
    let outputs = || Outputs::new(args.force).sparing_lists(&args.data.gazetteers);
    match (args.to, &args.output) {
        (To::Tsv, Some(folder)) => {
            for path in write_lists(&rows, comment, folder, outputs())? {
                writeln!(out, "{path}")?;
            }
        }
        (To::Tsv, None) => {
            for (file, text) in write(&rows, comment) {
                let mut out = out.data();
                writeln!(out, "# {file}")?;
                out.write_all(text.as_bytes())?;
            }
        }
        (To::Spacy, Some(file)) => {
            let output = outputs().open(file)?;
            output.write(|out| out.write_all(write_spacy(&rows).as_bytes()))?;
        }
        (To::Spacy, None) => out.data().write_all(write_spacy(&rows).as_bytes())?,
    }
    Ok(Found::of(!rows.entries.is_empty()))
}
