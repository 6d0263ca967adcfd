//! The bytes of a user's file to the text of a list: what editors and spreadsheets put in is taken out.
//!
//! A byte order mark, UTF-16, line ends of Windows and of old Macs, cells in quotation marks. Lines keep their numbers.
//! Bytes that are no text become U+FFFF, which no text has: the row is a fault.

use super::table::NO_TEXT;

/// The text of a file; of a list (`.tsv`) also its cells as their author wrote them.
pub fn text(bytes: &[u8], is_list: bool) -> String {
    let text = decoded(bytes);
    let text = match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    };
    match is_list && text.contains('"') {
        true => text.split('\n').map(line).collect::<Vec<_>>().join("\n"),
        false => text,
    }
}

fn decoded(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks().0.iter().map(|pair| unit(*pair));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(NO_TEXT))
            .collect()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => narrow(rest),
        _ => narrow(bytes),
    }
}

fn narrow(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(NO_TEXT);
        }
    }
    text
}

fn line(line: &str) -> String {
    if !line.contains('"') || line.starts_with('#') {
        return line.to_owned();
    }
    let cells: Vec<String> = line.split('\t').map(cell).collect();
    cells.join("\t")
}

/// `"Orr ""Annie"" Ann"` to `Orr "Annie" Ann`; a cell whose marks are not a spreadsheet's stays.
fn cell(cell: &str) -> String {
    let inside = cell
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inside.map(|inside| inside.replace("\"\"", "\u{0}")) {
        Some(inside) if !inside.contains('"') && !inside.trim().is_empty() => {
            inside.replace('\u{0}', "\"")
        }
        _ => cell.to_owned(),
    }
}
