//! `status`: what a database is, how it was made, and what could not be read.

use std::io::Write;

use clap::Args;

use super::data::Database;
use super::failure::Failure;
use super::terminal;
use super::{Found, TOLD};
use crate::store::{Status, Store, Told};

/// Show what the database holds, how it was made, and which articles could not be read
#[derive(Clone, Debug, Args)]
pub struct StatusArgs {
    /// All that could not be read, not only the first of each kind
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    database: Database,
}

/// Runs the command.
pub fn run(args: &StatusArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let store = Store::open_read_only(&args.database.db)?;
    let status = store.status()?;
    writeln!(out, "{}", args.database.db.display())?;
    let mut line = |name: &str, value: String| match value.is_empty() {
        true => Ok(()),
        false => writeln!(out, "{name:>12}  {value}"),
    };
    let state = match status.finished {
        true => "complete",
        false => "being built, or the last build did not come to an end: run it again",
    };
    line("state", state.to_owned())?;
    line("documents", documents(&status))?;
    for (root, names) in &status.roots {
        let path = match root.root {
            Some(_) => terminal::line(&root.path),
            None => "standard input".into(),
        };
        let fields = root.fields.iter();
        let fields: String = fields.map(|(a, b)| format!(", {a}={b}")).collect();
        let s = if *names == 1 { "" } else { "s" };
        line("root", format!("{path} ({names} name{s}{fields})"))?;
    }
    let told = |what: &str| {
        let made = status.made.iter();
        let values = made.filter(|told: &&Told| told.0 == what);
        values
            .map(|told| terminal::line(&told.2))
            .collect::<Vec<_>>()
    };
    line("made by", format!("sayso {}", told("version").concat()))?;
    let lexicon = told("lexicon").concat();
    line("lexicon", lexicon.chars().take(12).collect())?;
    line("gazetteers", told("gazetteers").join(", "))?;
    line("queries", told("queries").join(", "))?;
    line("options", told("option").join(" "))?;
    let corrections = told("correction");
    if !corrections.is_empty() {
        line("corrections", format!("{}", corrections.len()))?;
    }
    if status.older > 0 {
        let older = format!("{} documents were read with other data", status.older);
        line("mixed", older)?;
    }
    failures(&status, if args.all { usize::MAX } else { TOLD }, out)?;
    Ok(Found::Something)
}

/// "29, one of them under 2 names"
fn documents(status: &Status) -> String {
    match status.names.saturating_sub(status.documents) {
        0 => status.documents.to_string(),
        _ => format!("{} under {} names", status.documents, status.names),
    }
}

fn failures(status: &Status, most: usize, out: &mut impl Write) -> std::io::Result<()> {
    if status.failures.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nNot read, and tried again at every build: {}",
        status.failures.len()
    )?;
    for (root, failure) in status.failures.iter().take(most) {
        let hash = failure.hash.map(|hash| format!(" ({hash})"));
        writeln!(
            out,
            "  {}{}{}",
            terminal::line(&place(root, failure)),
            terminal::line(&failure.reason),
            hash.unwrap_or_default()
        )?;
    }
    if status.failures.len() > most {
        writeln!(out, "  … and {} more: --all", status.failures.len() - most)?;
    }
    Ok(())
}

/// The root, where the reason does not name it.
fn place(root: &str, failure: &crate::store::Failure) -> String {
    match root {
        "" | "." => String::new(),
        root if failure.reason.starts_with(root) => String::new(),
        root => format!("{root}/"),
    }
}
