//! The command line: the only module that prints. One file a command, which holds its arguments, its help and its work.
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
pub mod filter;
mod gazetteer;
mod graph;
mod named;
mod output;
pub mod path;
pub mod query;
mod reading;
mod rows;
mod said;
mod slips;
mod status;
mod why_not;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use data::Database;
use failure::Failure;
use rows::Format;

use crate::pipeline::PassedOver;

/// Who said what about whom: news in, a graph out, and behind every edge the sentence that it stands on
#[derive(Debug, Parser)]
#[command(
    name = "sayso",
    version,
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
    Sql(query::SqlArgs),
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
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
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
    let cli = Cli::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
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

fn run(command: &Command, out: &mut impl Write) -> Result<Found, Failure> {
    match command {
        Command::Build(args) => build::run(args, out),
        Command::Extract(args) => extract::run(args, out),
        Command::Entities(args) => entities::run(args, out),
        Command::Said(args) => said::said(args, out),
        Command::About(args) => said::about(args, out),
        Command::Path(args) => {
            graph::path(&args.stored.args, args.format, &args.stored.database, out)
        }
        Command::Query(args) => query::query(args, out),
        Command::Sql(args) => query::sql(args, out),
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
    }
}

fn tell(failure: &Failure) {
    let mut err = io::stderr().lock();
    // Nobody is left to tell if standard error fails.
    let _ = writeln!(err, "sayso: {}", failure.what);
    if let Some(help) = &failure.help {
        let _ = writeln!(err, "help: {help}");
    }
}

/// Articles of one kind of trouble that are told one by one.
const TOLD: usize = 20;

/// Tells what was not read: by kind, with what to do.
fn tell_passed_over(passed_over: &[PassedOver]) {
    let mut err = io::stderr().lock();
    for (kind, count) in kinds(passed_over) {
        let of_kind = || passed_over.iter().filter(move |p| p.kind == kind);
        for one in of_kind().take(TOLD) {
            let _ = writeln!(err, "sayso: passed over {}", rows::plain(&one.what));
        }
        if count > TOLD {
            let _ = writeln!(err, "sayso: passed over {} more, {kind}", count - TOLD);
        }
        if let Some(one) = of_kind().next() {
            let _ = writeln!(err, "help: {}", one.help);
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
