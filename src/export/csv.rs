//! CSV (RFC 4180, UTF-8, lines end with LF): the tables of edges and of entities that Gephi imports.
//!
//! Edges: `Source,Target,Type,Id,Label,Weight` and all that is known of them. Entities: `Id,Label` and the rest.

use std::io::Write;

use super::column::{
    Column, EdgeRecord, EntityRecord, Value, edge_columns, edge_records, entity_columns,
    entity_records,
};
use super::{Error, Level, Options};
use crate::graph::Graph;

/// Writes the table of edges.
pub fn write_edges(
    out: &mut impl Write,
    graph: &Graph<'_>,
    options: &Options,
) -> Result<(), Error> {
    let columns = edge_columns(options);
    line(out, edge_titles(&columns))?;
    for record in edge_records(graph, options) {
        let (source, target) = (record.edge.source, record.edge.target);
        let head = [&source.id, &target.id, "Directed", &record.id].map(str::to_owned);
        let row = head.into_iter().chain(cells(&columns, &record));
        line(out, row.map(|cell| safe(cell, options)))?;
    }
    Ok(())
}

/// Writes the table of entities.
pub fn write_entities(
    out: &mut impl Write,
    graph: &Graph<'_>,
    options: &Options,
) -> Result<(), Error> {
    let columns = entity_columns(options);
    line(out, entity_titles(&columns))?;
    for record in entity_records(graph, options) {
        let head = [record.row.id.clone()];
        let row = head.into_iter().chain(cells(&columns, &record));
        line(out, row.map(|cell| safe(cell, options)))?;
    }
    Ok(())
}

/// True when the first line is the header of one of the tables: nothing else in a table tells whose it is.
pub(super) fn is_ours(head: &[u8]) -> bool {
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let every = [Level::Pair, Level::Statement].map(|level| [false, true].map(|b| (level, b)));
    every.into_iter().flatten().any(|(level, betweenness)| {
        let options = Options {
            level,
            betweenness,
            ..Options::default()
        };
        let edges: Vec<String> = edge_titles(&edge_columns(&options)).collect();
        let entities: Vec<String> = entity_titles(&entity_columns(&options)).collect();
        [edges, entities]
            .map(|titles| titles.join(","))
            .iter()
            .any(|line| line.as_bytes() == first)
    })
}

fn edge_titles(columns: &[Column<EdgeRecord<'_>>]) -> impl Iterator<Item = String> {
    let head = ["Source", "Target", "Type", "Id"].map(str::to_owned);
    head.into_iter().chain(columns.iter().map(title))
}

fn entity_titles(columns: &[Column<EntityRecord<'_>>]) -> impl Iterator<Item = String> {
    std::iter::once("Id".to_owned()).chain(columns.iter().map(title))
}

fn safe(cell: String, options: &Options) -> String {
    match options.raw {
        true => cell,
        false => guarded(cell),
    }
}

/// The column's name; the two that Gephi knows as it writes them.
fn title<T>(column: &Column<T>) -> String {
    match column.name {
        "label" => "Label".to_owned(),
        "weight" => "Weight".to_owned(),
        name => name.to_owned(),
    }
}

fn cells<T>(columns: &[Column<T>], record: &T) -> impl Iterator<Item = String> {
    columns.iter().map(|column| {
        let value = (column.value)(record);
        value.map_or(String::new(), Value::into_text)
    })
}

fn line(out: &mut impl Write, cells: impl Iterator<Item = String>) -> std::io::Result<()> {
    let cells: Vec<String> = cells.map(quoted).collect();
    writeln!(out, "{}", cells.join(","))
}

/// A cell that no spreadsheet takes for a formula: where it would, an apostrophe goes before it. Numbers stay numbers.
pub fn guarded(cell: String) -> String {
    const STARTS: [char; 11] = [
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ];
    let harmless = || cell == "-" || cell.parse::<f64>().is_ok_and(f64::is_finite);
    if cell.starts_with(STARTS) && !harmless() {
        format!("'{cell}")
    } else {
        cell
    }
}

/// A cell in quotation marks where it would end too early without.
fn quoted(cell: String) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
