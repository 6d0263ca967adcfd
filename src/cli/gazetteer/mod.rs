//! `gazetteer`: the workbench for lists of names.

mod check;
mod compile;
mod discover;
mod export;
mod import;
mod search;

use std::io::Write;
use std::path::Path;

use clap::{Args, Subcommand};

use super::Found;
use super::failure::Failure;
use super::output::{Outputs, unwritten};
use super::terminal::Out;
use crate::interchange::Rows;

/// Search, check, compile, discover, import and export names
#[derive(Debug, Args)]
pub struct GazetteerArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Search(search::SearchArgs),
    Check(check::CheckArgs),
    Compile(compile::CompileArgs),
    Discover(discover::DiscoverArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
}

/// Runs the command.
pub fn run(args: &GazetteerArgs, out: &mut Out) -> Result<Found, Failure> {
    match &args.command {
        Command::Search(args) => search::run(args, out),
        Command::Check(args) => check::run(args, out),
        Command::Compile(args) => compile::run(args, out),
        Command::Discover(args) => discover::run(args, out),
        Command::Import(args) => import::run(args, out),
        Command::Export(args) => export::run(args, out),
    }
}

/// A kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Person,
    Organization,
    Place,
}

impl From<Kind> for crate::model::EntityKind {
    fn from(kind: Kind) -> crate::model::EntityKind {
        match kind {
            Kind::Person => crate::model::EntityKind::Person,
            Kind::Organization => crate::model::EntityKind::Organization,
            Kind::Place => crate::model::EntityKind::Place,
        }
    }
}

/// Writes the lists of `rows` into `folder`; returns what was written.
fn write_lists(
    rows: &Rows,
    comment: &str,
    folder: &Path,
    mut outputs: Outputs,
) -> Result<Vec<String>, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    let mut opened = Vec::new();
    for (file, text) in crate::interchange::write(rows, comment) {
        let path = folder.join(file);
        opened.push((outputs.open(&path)?, path, text));
    }
    let mut written = Vec::new();
    for (output, path, text) in opened {
        output.write(|out| out.write_all(text.as_bytes()))?;
        written.push(path.display().to_string());
    }
    Ok(written)
}
