//! Rows for people (tables) and programs (JSON, CSV).

use std::borrow::Cow;
use std::io::{self, Write};

use clap::{Args, ValueEnum};
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, Table as Drawn, TableComponent, Width,
    presets,
};
use serde_json::{Map, Value};

use super::terminal::{self, Out};
use crate::export::csv::guarded;
use crate::export::plain::to_json;
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

/// How to print rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
pub struct Printing {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Leave cells of CSV as they are that a spreadsheet would take for formulas
    #[arg(long)]
    pub raw: bool,
}

/// Hundredths of the width that a column of sentences has at least.
const LONGEST: u16 = 38;

/// A number of rows as it must be written.
pub fn limit(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok();
    number
        .filter(|number| *number > 0)
        .ok_or_else(|| "not a number of rows; write 1 or more".to_owned())
}

/// Prints `table`; returns whether it had rows.
pub fn print(table: &Table, printing: Printing, out: &mut Out) -> io::Result<bool> {
    match printing.format {
        Format::Table => draw(table, out)?,
        Format::Json => json(table, &mut out.data())?,
        Format::Csv => csv(table, printing.raw, &mut out.data())?,
    }
    Ok(!table.rows.is_empty())
}

/// The table without this column, where nothing stands in it.
pub fn without_empty(mut table: Table, column: &str) -> Table {
    if let Some(at) = table.columns.iter().position(|name| name == column)
        && table.rows.iter().all(|row| row[at] == Cell::Null)
    {
        table.columns.remove(at);
        table.rows.iter_mut().for_each(|row| drop(row.remove(at)));
    }
    table
}

/// Before something is told about the rows: they come first.
pub fn flush(out: &mut Out) -> io::Result<()> {
    out.flush()
}

/// Says how many rows a table leaves out.
pub fn tell_more(shown: usize, all: usize, out: &mut Out) -> io::Result<()> {
    if all > shown {
        out.flush()?;
        terminal::tell(format_args!("{} more: --limit {all}", all - shown));
    }
    Ok(())
}

fn draw(table: &Table, out: &mut impl Write) -> io::Result<()> {
    if table.rows.is_empty() {
        terminal::tell("nothing found");
        return Ok(());
    }
    let mut drawn = Drawn::new();
    drawn
        .load_preset(presets::NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(terminal::width());
    drawn.set_header(
        table
            .columns
            .iter()
            .map(|c| terminal::line(&c.replace('_', " ")).into_owned()),
    );
    for row in &table.rows {
        let cells = row.iter().map(words);
        drawn.add_row(cells.map(|cell| terminal::line(&cell).into_owned()));
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
        to_json(out, &object)?;
        writeln!(out, "{}", if at + 1 < table.rows.len() { "," } else { "" })?;
    }
    writeln!(out, "]")
}

fn csv(table: &Table, raw: bool, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    };
    let cell = |text: String| match raw {
        true => text,
        false => guarded(text),
    };
    let titles = table.columns.iter().cloned().map(cell);
    writer.write_record(titles).map_err(failed)?;
    for row in &table.rows {
        let cells = row.iter().map(|value| cell(words(value).into_owned()));
        writer.write_record(cells).map_err(failed)?;
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

fn words(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Null => Cow::Borrowed(""),
        Cell::Integer(n) => Cow::Owned(n.to_string()),
        Cell::Real(n) => Cow::Owned(n.to_string()),
        Cell::Text(text) => Cow::Borrowed(text),
    }
}
