//! `entities`: who and what the store knows.

use std::io::Write;

use clap::Args;

use super::Found;
use super::data::Database;
use super::failure::Failure;
use super::rows::{self, Format};
use crate::store::{Cell, Table};

/// List people, organizations, places and groups, the most mentioned first
#[derive(Clone, Debug, Args)]
pub struct EntitiesArgs {
    /// Only those whose name or alias holds this
    pattern: Option<String>,
    /// The most rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    database: Database,
}

/// Runs the command.
pub fn run(args: &EntitiesArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let store = args.database.open()?;
    let found = store.entities(args.pattern.as_deref())?;
    let columns = ["id", "kind", "name", "listed", "mentions", "said", "about"]
        .map(str::to_owned)
        .to_vec();
    let count = |n: u64| Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let rows = found
        .iter()
        .take(args.limit)
        .map(|e| {
            vec![
                Cell::Text(e.id.clone()),
                Cell::Text(e.kind.name().to_owned()),
                Cell::Text(e.name.clone()),
                Cell::Text(if e.listed { "yes" } else { "" }.to_owned()),
                count(e.mentions),
                count(e.said),
                count(e.about),
            ]
        })
        .collect();
    let shown = rows::print(&Table { columns, rows }, args.format, out)?;
    if found.len() > args.limit && args.format == Format::Table {
        out.flush()?;
        eprintln!("{} more: --limit {}", found.len() - args.limit, found.len());
    }
    Ok(Found::of(shown))
}
