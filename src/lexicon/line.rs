//! The rows of a list of expressions that are matched against whole lines.

use super::fault::Faults;
use super::table::{DataFile, rows};
use crate::model::Place;

/// The expressions of `files` as they are written, with their rows.
pub(super) fn read_expressions<'a>(
    files: impl Iterator<Item = &'a DataFile>,
    faults: &mut Faults,
) -> Vec<(String, Place)> {
    let mut expressions = Vec::new();
    for file in files {
        rows(file, ["pattern", "kind"], faults, |row, _| {
            expressions.push((row.cells[0].to_owned(), row.place()));
        });
    }
    expressions
}

/// As it is compiled: against a whole line, in any case, over bytes.
pub(super) fn whole_line(expression: &str) -> String {
    format!("(?i-u)^(?:{expression})$")
}
