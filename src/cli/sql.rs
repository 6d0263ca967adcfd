//! `sql`: one SELECT of the user's own.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;

use super::Found;
use super::data::Database;
use super::failure::Failure;
use super::guard::GuardArgs;
use super::rows::Printing;
use super::terminal::Out;

/// Run one SELECT over the tables and views that `sayso schema` describes
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  sayso sql \"SELECT source, count(*) FROM who_said_what_about_whom WHERE act = 'deny' GROUP BY source\"\n  sayso sql --file mine.sql --format csv\n  sayso sql - < mine.sql"
)]
pub struct SqlArgs {
    /// The SQL; - for standard input
    #[arg(
        allow_hyphen_values = true,
        required_unless_present = "file",
        conflicts_with = "file"
    )]
    sql: Option<String>,
    /// Read the SQL from this file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    printing: Printing,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    guard: GuardArgs,
}

/// Runs the command.
pub fn run(args: &SqlArgs, out: &mut Out) -> Result<Found, Failure> {
    let sql = match (&args.file, args.sql.as_deref()) {
        (Some(file), _) => text(std::fs::read_to_string(file), &file.display().to_string())?,
        (None, Some("-")) => {
            let mut sql = String::new();
            let read = std::io::stdin().lock().read_to_string(&mut sql);
            text(read.map(|_| sql), "-")?
        }
        (None, sql) => sql.unwrap_or_default().to_owned(),
    };
    let mut store = args.database.open()?;
    args.guard.print(&mut store, &sql, &[], args.printing, out)
}

fn text(read: std::io::Result<String>, name: &str) -> Result<String, Failure> {
    read.map_err(|error| {
        Failure::new(
            format!("cannot read `{name}`: {error}"),
            "give a file of one SELECT in UTF-8",
        )
    })
}
