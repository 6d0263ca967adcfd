//! The command line. One file a command, which holds its arguments, its help and its work; `terminal` alone prints, `output`
//! alone writes files.
//!
//! Data goes to standard output, all else to standard error. Exit code 0: something was found; 1: nothing; 2: an error.

mod build;
mod check;
mod correct;
mod data;
mod entities;
mod eval;
mod eval_report;
mod explain;
pub mod export;
mod extract;
mod failure;
pub mod features;
pub mod filter;
mod gazetteer;
mod graph;
mod guard;
mod licences;
mod named;
mod output;
pub mod path;
mod query;
mod reading;
mod rows;
mod said;
mod saved;
mod schema;
mod slips;
mod sql;
mod status;
mod terminal;
mod why_not;

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use data::Database;
use failure::Failure;
use rows::Printing;
use terminal::Out;

use crate::pipeline::PassedOver;

/// Who said what about whom: news in, a graph out, and behind every edge the sentence that it stands on
#[derive(Debug, Parser)]
#[command(
    name = "sayso",
    version = env!("CARGO_PKG_VERSION"),
    long_version = licences::VERSION,
    max_term_width = 100,
    after_help = "Exit code: 0 found, 1 nothing found, 2 error.\nFirst steps: sayso build FOLDER; sayso entities; sayso said NAME; sayso path NAME NAME"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::BuildArgs),
    Extract(extract::ExtractArgs),
    Entities(entities::EntitiesArgs),
    Said(said::SaidArgs),
    About(said::AboutArgs),
    /// Show how two entities are linked, with the sentence behind every hop
    Path(Tabular<path::PathArgs>),
    Query(query::QueryArgs),
    Sql(sql::SqlArgs),
    Schema(schema::SchemaArgs),
    /// Write the graph, or a part of it, for GraphViz, Gephi, networkx, D3 or a spreadsheet
    Export(Stored<export::ExportArgs>),
    Explain(explain::ExplainArgs),
    Status(status::StatusArgs),
    WhyNot(why_not::WhyNotArgs),
    Patterns(check::PatternsArgs),
    Check(check::CheckArgs),
    Merge(correct::MergeArgs),
    Split(correct::SplitArgs),
    Rename(correct::RenameArgs),
    Gazetteer(gazetteer::GazetteerArgs),
    Eval(eval::EvalArgs),
    Licences(licences::LicencesArgs),
}

/// A command that reads the database.
#[derive(Debug, Args)]
struct Stored<T: Args> {
    #[command(flatten)]
    args: T,
    #[command(flatten)]
    database: Database,
}

/// A command that reads the database and prints rows.
#[derive(Debug, Args)]
struct Tabular<T: Args> {
    #[command(flatten)]
    stored: Stored<T>,
    #[command(flatten)]
    printing: Printing,
}

/// Whether a command found something: its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// 0
    Something,
    /// 1
    Nothing,
    /// 2: told already
    Error,
}

impl Found {
    fn of(something: bool) -> Found {
        if something {
            Found::Something
        } else {
            Found::Nothing
        }
    }
}

/// Parses the arguments, runs the command, tells what went wrong.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            terminal::tell_usage(&error);
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut out = Out::new();
    let result = run(&cli.command, &mut out).and_then(|found| {
        out.flush()?;
        data::still_sound()?;
        Ok(found)
    });
    match result {
        Ok(Found::Something) => ExitCode::SUCCESS,
        Ok(Found::Nothing) => ExitCode::from(1),
        Ok(Found::Error) => ExitCode::from(2),
        // Whoever read the output has seen enough.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure);
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command, out: &mut Out) -> Result<Found, Failure> {
    match command {
        Command::Build(args) => build::run(args, out),
        Command::Extract(args) => extract::run(args, out),
        Command::Entities(args) => entities::run(args, out),
        Command::Said(args) => said::said(args, out),
        Command::About(args) => said::about(args, out),
        Command::Path(args) => {
            graph::path(&args.stored.args, args.printing, &args.stored.database, out)
        }
        Command::Query(args) => query::run(args, out),
        Command::Sql(args) => sql::run(args, out),
        Command::Schema(args) => schema::run(args, out),
        Command::Export(args) => graph::export(&args.args, &args.database, out),
        Command::Explain(args) => explain::run(args, out),
        Command::Status(args) => status::run(args, out),
        Command::WhyNot(args) => why_not::run(args, out),
        Command::Patterns(args) => check::patterns(args, out),
        Command::Check(args) => check::check(args, out),
        Command::Merge(args) => correct::merge(args, out),
        Command::Split(args) => correct::split(args, out),
        Command::Rename(args) => correct::rename(args, out),
        Command::Gazetteer(args) => gazetteer::run(args, out),
        Command::Eval(args) => eval::run(args, out),
        Command::Licences(args) => licences::run(args, out),
    }
}

fn tell(failure: &Failure) {
    terminal::tell(format_args!("sayso: {}", terminal::line(&failure.what)));
    for fault in &failure.faults {
        terminal::tell(fault);
    }
    if let Some(help) = &failure.help {
        terminal::tell(format_args!("help: {}", terminal::line(help)));
    }
}

/// Articles of one kind of trouble that are told one by one.
const TOLD: usize = 20;

/// Tells what was not read: by kind, with what to do.
fn tell_passed_over(passed_over: &[PassedOver]) {
    for (kind, count) in kinds(passed_over) {
        let of_kind = || passed_over.iter().filter(move |p| p.kind == kind);
        for one in of_kind().take(TOLD) {
            terminal::tell(format_args!(
                "sayso: passed over {}",
                terminal::line(&one.what)
            ));
        }
        if count > TOLD {
            let more = count - TOLD;
            terminal::tell(format_args!("sayso: passed over {more} more, {kind}"));
        }
        if let Some(one) = of_kind().next() {
            terminal::tell(format_args!("help: {}", one.help));
        }
    }
}

/// The kinds of trouble, in the order in which they came up, with how many of each.
fn kinds(passed_over: &[PassedOver]) -> Vec<(&'static str, usize)> {
    let mut kinds: Vec<(&'static str, usize)> = Vec::new();
    for one in passed_over {
        match kinds.iter_mut().find(|(kind, _)| *kind == one.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((one.kind, 1)),
        }
    }
    kinds
}
