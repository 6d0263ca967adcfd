//! From the store to a graph: what `path` and `export` share.

use super::data::Database;
use super::export::ExportArgs;
use super::failure::Failure;
use super::filter::{refuse_no_days, tell_left_out};
use super::path::{self, PathArgs};
use super::rows::{self, Format, Printing};
use super::terminal::{self, Out};
use super::{Found, named};
use crate::graph::{Graph, paths};
use crate::store::{Cell, Table};

/// Runs `path`.
pub fn path(
    args: &PathArgs,
    printing: Printing,
    database: &Database,
    out: &mut Out,
) -> Result<Found, Failure> {
    refuse_no_days(args.filter.since, args.filter.until)?;
    let store = database.open()?;
    let (from, to) = (
        named::entity(&store, &args.from, args.naming)?,
        named::entity(&store, &args.to, args.naming)?,
    );
    if from.id == to.id {
        return Err(Failure::new(
            format!("both ends are {} (`{}`)", from.name, from.id),
            "name two entities; `sayso said` and `sayso about` tell of one",
        ));
    }
    let entities = store.all_entities()?;
    let statements = store.statements(&args.filter.of_store())?;
    let filter = args.filter.filter();
    tell_left_out(&filter, &statements);
    let graph = Graph::build(&entities, &statements, &filter);
    let found = paths(&graph, &from.id, &to.id, &args.options());
    if printing.format == Format::Table {
        if found.is_empty() {
            terminal::tell(format_args!(
                "no path of at most {} hops leads from {} to {}",
                args.max_hops, from.name, to.name
            ));
        }
        path::write_text(out, &found, args.evidence, usize::from(terminal::width()))?;
    } else {
        rows::print(&table(&found), printing, out)?;
    }
    Ok(Found::of(!found.is_empty()))
}

fn table(found: &[crate::graph::Path<'_>]) -> Table {
    let mut table = Table::default();
    for row in path::rows(found) {
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(row) else {
            continue;
        };
        if table.columns.is_empty() {
            table.columns = fields.keys().cloned().collect();
        }
        table
            .rows
            .push(fields.into_iter().map(|(_, value)| cell(value)).collect());
    }
    table
}

fn cell(value: serde_json::Value) -> Cell {
    match value {
        serde_json::Value::Null => Cell::Null,
        serde_json::Value::Bool(yes) => Cell::Integer(i64::from(yes)),
        serde_json::Value::Number(n) => n
            .as_i64()
            .map_or_else(|| Cell::Real(n.as_f64().unwrap_or_default()), Cell::Integer),
        serde_json::Value::String(text) => Cell::Text(text),
        other => Cell::Text(other.to_string()),
    }
}

/// Runs `export`.
pub fn export(args: &ExportArgs, database: &Database, out: &mut Out) -> Result<Found, Failure> {
    refuse_no_days(args.filter.since, args.filter.until)?;
    let store = database.open()?;
    let files = args.files(&database.db)?;
    let middle = args
        .entity
        .as_deref()
        .map(|name| named::entity(&store, name, args.naming))
        .transpose()?;
    let entities = store.all_entities()?;
    let statements = store.statements(&args.filter.of_store())?;
    let filter = args.filter(middle.map(|e| e.id));
    tell_left_out(&filter, &statements);
    let graph = Graph::build(&entities, &statements, &filter);
    args.write(&graph, files, &mut out.data())?;
    Ok(Found::of(graph.edges().next().is_some()))
}
