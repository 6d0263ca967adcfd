//! `entities`: who and what the store knows.

use clap::Args;

use super::Found;
use super::data::Database;
use super::failure::Failure;
use super::rows::{self, Format, Printing};
use super::terminal::Out;
use crate::store::{Cell, Table};
use crate::text::confusable;

/// List people, organizations, places and groups, the most mentioned first
#[derive(Clone, Debug, Args)]
pub struct EntitiesArgs {
    /// Only those whose name or alias holds this
    pattern: Option<String>,
    /// The most rows
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = rows::limit)]
    limit: usize,
    #[command(flatten)]
    printing: Printing,
    #[command(flatten)]
    database: Database,
}

/// Runs the command.
pub fn run(args: &EntitiesArgs, out: &mut Out) -> Result<Found, Failure> {
    let store = args.database.open()?;
    let found = store.entities(args.pattern.as_deref())?;
    let columns = [
        "id",
        "kind",
        "name",
        "looks_like",
        "listed",
        "mentions",
        "said",
        "about",
    ]
    .map(str::to_owned)
    .to_vec();
    let as_table = args.printing.format == Format::Table;
    let count = |n: u64| Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let rows = found
        .iter()
        .take(args.limit)
        .map(|e| {
            vec![
                Cell::Text(e.id.clone()),
                Cell::Text(e.kind.name().to_owned()),
                Cell::Text(e.name.clone()),
                confusable::looks_like(&e.name).map_or(Cell::Null, Cell::Text),
                match as_table {
                    true => Cell::Text(if e.listed { "yes" } else { "" }.to_owned()),
                    false => Cell::Integer(i64::from(e.listed)),
                },
                count(e.mentions),
                count(e.said),
                count(e.about),
            ]
        })
        .collect();
    let mut table = Table { columns, rows };
    if as_table {
        table = rows::without_empty(table, "looks_like");
    }
    let shown = rows::print(&table, args.printing, out)?;
    if as_table {
        rows::tell_more(args.limit, found.len(), out)?;
    }
    Ok(Found::of(shown))
}
