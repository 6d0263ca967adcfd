//! Tab-separated files to rows.
//!
//! A header names the columns, `#` starts a comment line, `|` separates several values of a cell. The line number of a
//! row is its provenance.

use std::borrow::Cow;
use std::sync::Arc;

use super::fault::Faults;
use crate::model::Place;

/// A data file: its name as the user would open it, and its text.
#[derive(Clone, Debug)]
pub(super) struct DataFile {
    pub name: Arc<str>,
    pub text: Cow<'static, str>,
}

/// One row of a table, cells in the order of the columns asked for.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub file: &'a Arc<str>,
    pub line: u32,
    pub cells: &'a [&'a str],
}

impl<'a> Row<'a> {
    pub fn place(&self) -> Place {
        Place {
            file: self.file.clone(),
            line: self.line,
        }
    }

    /// The values of the cell in column `column`.
    pub fn values(&self, column: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cells[column]
            .split('|')
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }
}

/// Calls `each` with every row of `file`, whose header must name exactly `columns` (in any order). The first column
/// must not be empty.
pub(super) fn rows<const N: usize>(
    file: &DataFile,
    columns: [&str; N],
    faults: &mut Faults,
    mut each: impl FnMut(&Row<'_>, &mut Faults),
) {
    let place = |line| Place {
        file: file.name.clone(),
        line,
    };
    let mut order: Option<Vec<usize>> = None;
    for (number, line) in (1..).zip(file.text.lines()) {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let Some(order) = &order else {
            order = header(line, &columns, place(number), faults);
            if order.is_none() {
                return;
            }
            continue;
        };
        let mut cells = [""; N];
        let mut count = 0;
        for (at, cell) in line.split('\t').enumerate() {
            count += 1;
            if let Some(&column) = order.get(at) {
                cells[column] = cell.trim();
            }
        }
        if count != N {
            faults.add(
                place(number),
                format!("{count} cells where the header has {N}"),
                format!(
                    "separate the cells with one tab each: {}",
                    columns.join(" ")
                ),
            );
            continue;
        }
        if cells[0].is_empty() {
            faults.add(
                place(number),
                format!("the column `{}` is empty", columns[0]),
                "fill it in, or delete the row",
            );
            continue;
        }
        each(
            &Row {
                file: &file.name,
                line: number,
                cells: &cells,
            },
            faults,
        );
    }
    if order.is_none() {
        faults.add(
            place(1),
            "no header",
            format!("the first line names the columns: {}", columns.join(" ")),
        );
    }
}

fn header(line: &str, columns: &[&str], place: Place, faults: &mut Faults) -> Option<Vec<usize>> {
    let names: Vec<&str> = line.split('\t').map(str::trim).collect();
    let order: Option<Vec<usize>> = names
        .iter()
        .map(|name| columns.iter().position(|c| c == name))
        .collect();
    let complete = order.as_ref().is_some_and(|order| {
        order.len() == columns.len() && (0..columns.len()).all(|c| order.contains(&c))
    });
    if complete {
        return order;
    }
    let unknown: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| !columns.contains(name))
        .collect();
    let missing: Vec<&str> = columns
        .iter()
        .copied()
        .filter(|column| !names.contains(column))
        .collect();
    let mut what = Vec::new();
    if !unknown.is_empty() {
        what.push(format!("unknown column `{}`", unknown.join("`, `")));
    }
    if !missing.is_empty() {
        what.push(format!("missing column `{}`", missing.join("`, `")));
    }
    if what.is_empty() {
        what.push("a column stands twice".to_owned());
    }
    faults.add(
        place,
        what.join(", "),
        format!("the header is: {}", columns.join(" ")),
    );
    None
}
