//! Tab-separated files to rows.
//!
//! A header names the columns, `#` starts a comment line, `|` separates several values of a cell. The line number of a
//! row is its provenance.

use std::borrow::Cow;
use std::sync::Arc;

use super::fault::{Faults, nearest};
use crate::model::{Gender, Place};

/// In the place of bytes that are no text.
pub const NO_TEXT: char = '\u{FFFF}';

/// A data file: its name as the user would open it, and its text.
#[derive(Clone, Debug)]
pub struct DataFile {
    pub name: Arc<str>,
    pub text: Cow<'static, str>,
}

impl DataFile {
    /// The list that the file holds: its last name.
    pub fn list(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or("")
    }
}

/// SHA-256 over names and texts of files, in hexadecimal digits.
pub fn fingerprint<'a>(files: impl Iterator<Item = &'a DataFile>) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.name.as_bytes());
        hash.update([0]);
        hash.update(file.text.as_bytes());
        hash.update([0]);
    }
    let mut hex = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(hex, "{byte:02x}"); // writing into a String cannot fail
    }
    hex
}

/// One row of a table, cells in the order of the columns asked for.
#[derive(Debug)]
pub struct Row<'a> {
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
        cut(self.cells[column], b'|')
            .map(trim)
            .filter(|value| !value.is_empty())
    }

    /// The sex in column `column`.
    pub fn sex(&self, column: usize, faults: &mut Faults) -> Option<Gender> {
        match self.cells[column] {
            "m" => Some(Gender::Male),
            "f" => Some(Gender::Female),
            "" | "u" => None,
            other => {
                faults.add(
                    self.place(),
                    format!("unknown sex `{other}`"),
                    "m, f or nothing",
                );
                None
            }
        }
    }

    /// The count in column `column`; 0 for none.
    pub fn number(&self, column: usize, faults: &mut Faults) -> u32 {
        let cell = self.cells[column];
        if cell.is_empty() {
            return 0;
        }
        cell.parse().unwrap_or_else(|_| {
            faults.add(
                self.place(),
                format!("`{cell}` is no count"),
                "write digits only",
            );
            0
        })
    }
}

/// Calls `each` with every row of `file`, whose header must name exactly `columns` (in any order). The first column
/// must not be empty.
pub fn rows<const N: usize>(
    file: &DataFile,
    columns: [&str; N],
    faults: &mut Faults,
    each: impl FnMut(&Row<'_>, &mut Faults),
) {
    some_rows(file, columns, N, faults, each);
}

/// As [`rows`], but only the first `needed` columns must be there; the cells of others are empty.
pub fn some_rows<const N: usize>(
    file: &DataFile,
    columns: [&str; N],
    needed: usize,
    faults: &mut Faults,
    mut each: impl FnMut(&Row<'_>, &mut Faults),
) {
    let place = |line| Place {
        file: file.name.clone(),
        line,
    };
    let is_own = matches!(file.text, Cow::Owned(_));
    let mut order: Option<Vec<usize>> = None;
    for (number, line) in (1..).zip(cut(&file.text, b'\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        // A spreadsheet may say on the first line what separates the cells.
        let separator = number == 1 && matches!(line, "sep=" | "sep=\t");
        if line.starts_with('#') || trim(line).is_empty() || separator {
            continue;
        }
        let Some(order) = &order else {
            order = header(line, &columns, needed, place(number), faults);
            if order.is_none() {
                return;
            }
            continue;
        };
        let mut cells = [""; N];
        let mut count = 0;
        for (at, cell) in cut(line, b'\t').enumerate() {
            count += 1;
            match order.get(at) {
                Some(&column) => cells[column] = trim(cell),
                // Empty columns at the end are a spreadsheet's.
                None if trim(cell).is_empty() => count -= 1,
                None => {}
            }
        }
        if count != order.len() {
            let header: Vec<&str> = order.iter().map(|&column| columns[column]).collect();
            faults.add(
                place(number),
                format!("{count} cells where the header has {}", order.len()),
                format!("separate the cells with one tab each: {}", header.join(" ")),
            );
            continue;
        }
        if is_own && line.contains(NO_TEXT) {
            faults.add(
                place(number),
                "bytes that are no UTF-8",
                "save the file as UTF-8; a spreadsheet calls it Unicode text",
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

/// The pieces of `text` between the bytes `mark`, an ASCII one. Cells and values are short: there a plain loop is twice as
/// fast as the search of [`str::split`], and every start reads some 40,000 of them.
fn cut(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        match text.bytes().position(|byte| byte == mark) {
            Some(at) => {
                rest = Some(&text[at + 1..]);
                Some(&text[..at])
            }
            None => rest.take(),
        }
    })
}

/// As [`str::trim`], which is asked only where an end is no plain letter, digit or mark.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

fn header(
    line: &str,
    columns: &[&str],
    needed: usize,
    place: Place,
    faults: &mut Faults,
) -> Option<Vec<usize>> {
    let names: Vec<&str> = line.trim_end().split('\t').map(str::trim).collect();
    let order: Option<Vec<usize>> = names
        .iter()
        .map(|name| columns.iter().position(|c| c == name))
        .collect();
    let complete = order.as_ref().is_some_and(|order| {
        let once = |c: usize| order.iter().filter(|&&o| o == c).count();
        (0..columns.len()).all(|c| once(c) == 1 || (c >= needed && once(c) == 0))
    });
    if complete {
        return order;
    }
    let unknown: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| !columns.contains(name))
        .collect();
    let missing: Vec<&str> = columns[..needed]
        .iter()
        .copied()
        .filter(|column| !names.contains(column))
        .collect();
    let mut what = Vec::new();
    let mut help = format!("the header is: {}", columns.join(" "));
    if line.starts_with("sep=")
        || names.len() == 1 && columns.len() > 1 && line.contains([',', ';'])
    {
        help.insert_str(
            0,
            "separate the cells with tabs, not commas or semicolons; ",
        );
    }
    for name in &unknown {
        if let Some(near) = nearest(name, columns.iter().copied()) {
            help.insert_str(0, &format!("did you mean `{near}`? "));
        }
    }
    if !unknown.is_empty() {
        what.push(format!("unknown column `{}`", unknown.join("`, `")));
    }
    if !missing.is_empty() {
        what.push(format!("missing column `{}`", missing.join("`, `")));
    }
    if what.is_empty() {
        what.push("a column stands twice".to_owned());
    }
    faults.add(place, what.join(", "), help);
    None
}
