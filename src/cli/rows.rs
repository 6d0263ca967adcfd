//! Rows for people (tables) and programs (JSON, CSV).

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, Table as Drawn, TableComponent, Width,
    presets,
};
use serde_json::{Map, Value};

use crate::store::{Cell, Table};

/// How rows are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// An array, one object a line
    Json,
    /// With a header
    Csv,
}

/// Width of the lines where no terminal tells another.
const WIDTH: u16 = 120;

/// Hundredths of the width that a column of sentences has at least.
const LONGEST: u16 = 38;

/// Columns of the terminal; where there is none, what COLUMNS says, else those of a page.
pub fn width() -> u16 {
    let stated = std::env::var("COLUMNS").ok().and_then(|n| n.parse().ok());
    if !io::stdout().is_terminal() {
        return stated.unwrap_or(WIDTH).clamp(40, 200);
    }
    Drawn::new().width().unwrap_or(WIDTH).clamp(40, 200)
}

/// Prints `table`; returns whether it had rows.
pub fn print(table: &Table, format: Format, out: &mut impl Write) -> io::Result<bool> {
    match format {
        Format::Table => draw(table, out)?,
        Format::Json => json(table, out)?,
        Format::Csv => csv(table, out)?,
    }
    Ok(!table.rows.is_empty())
}

fn draw(table: &Table, out: &mut impl Write) -> io::Result<()> {
    if table.rows.is_empty() {
        eprintln!("nothing found");
        return Ok(());
    }
    let mut drawn = Drawn::new();
    drawn
        .load_preset(presets::NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width());
    drawn.set_header(table.columns.iter().map(|c| c.replace('_', " ")));
    for row in &table.rows {
        drawn.add_row(row.iter().map(|cell| plain(&words(cell))));
    }
    arrange(table, &mut drawn);
    for line in drawn.to_string().lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Numbers to the right, and room for the column with the most words.
fn arrange(table: &Table, drawn: &mut Drawn) {
    let length = |at: usize| -> usize {
        let cells = table.rows.iter().map(|row| &row[at]);
        cells.map(|cell| words(cell).chars().count()).sum()
    };
    let longest = (0..table.columns.len()).max_by_key(|&at| length(at));
    for (at, column) in drawn.column_iter_mut().enumerate() {
        let numbers = |cell: &Cell| matches!(cell, Cell::Integer(_) | Cell::Real(_) | Cell::Null);
        if table.rows.iter().all(|row| numbers(&row[at])) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if longest == Some(at) && length(at) > 40 * table.rows.len() {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Percentage(LONGEST)));
        }
    }
}

fn json(table: &Table, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "[")?;
    for (at, row) in table.rows.iter().enumerate() {
        let object: Map<String, Value> = table
            .columns
            .iter()
            .cloned()
            .zip(row.iter().map(value))
            .collect();
        serde_json::to_writer(&mut *out, &object)?;
        writeln!(out, "{}", if at + 1 < table.rows.len() { "," } else { "" })?;
    }
    writeln!(out, "]")
}

fn csv(table: &Table, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    };
    writer.write_record(&table.columns).map_err(failed)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(words)).map_err(failed)?;
    }
    writer.flush()
}

/// A cell as JSON.
pub fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => Value::from(*n),
        Cell::Real(n) => Value::from(*n),
        Cell::Text(text) => Value::from(text.as_str()),
    }
}

fn words(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => format!("{n}"),
        Cell::Text(text) => text.clone(),
    }
}

/// Without the characters that would steer a terminal.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
