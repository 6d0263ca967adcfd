//! Workbooks of Excel: the rows of the first sheet.

use super::archive::Member;
use super::table::Rows;
use crate::ingest::xml::{self, Element};

/// The rows of the first sheet, numbered cells put at their columns.
pub(super) fn rows(members: &[Member], limit: u64) -> Result<Rows, String> {
    let part = |path: &str| -> Result<Option<Element>, String> {
        let Some(member) = members.iter().find(|member| member.path == path) else {
            return Ok(None);
        };
        let bytes = member.place.bytes(limit)?;
        let root = xml::parse(&String::from_utf8_lossy(&bytes));
        root.map(Some)
            .map_err(|message| format!("{path}: {message}"))
    };
    let path = first_sheet(&part)?;
    let shared: Vec<String> = part("xl/sharedStrings.xml")?.map_or_else(Vec::new, |root| {
        let items = root.elements().filter(|element| element.name == "si");
        items.map(words).collect()
    });
    let sheet = part(&path)?.ok_or_else(|| format!("no {path}"))?;
    let mut found = Vec::new();
    sheet.all("row", &mut found);
    let mut rows: Vec<Result<Vec<String>, String>> = Vec::new();
    for row in found {
        // Empty rows are left out of the file but counted.
        let number = row.attribute("r").and_then(|r| r.parse::<usize>().ok());
        let missing = number.map_or(0, |number| (number - 1).saturating_sub(rows.len()));
        rows.extend((0..missing.min(1000)).map(|_| Ok(Vec::new())));
        rows.push(Ok(cells(row, &shared)));
    }
    Ok(Box::new(rows.into_iter()))
}

/// The path of the sheet that stands first in the workbook.
fn first_sheet(part: &impl Fn(&str) -> Result<Option<Element>, String>) -> Result<String, String> {
    let usual = "xl/worksheets/sheet1.xml".to_owned();
    let (Some(book), Some(links)) = (
        part("xl/workbook.xml")?,
        part("xl/_rels/workbook.xml.rels")?,
    ) else {
        return Ok(usual);
    };
    let id = book.find("sheet").and_then(|sheet| {
        let mut ids = sheet.attributes.iter().filter(|(name, _)| name == "id");
        ids.next_back().map(|(_, id)| id.clone())
    });
    let link = links
        .elements()
        .find(|link| link.attribute("id") == id.as_deref());
    let target = link.and_then(|link| link.attribute("target"));
    Ok(
        target.map_or(usual, |target| match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        }),
    )
}

fn cells(row: &Element, shared: &[String]) -> Vec<String> {
    const MOST: usize = 1000;
    let mut cells: Vec<String> = Vec::new();
    for cell in row.elements().filter(|element| element.name == "c") {
        let column = cell.attribute("r").and_then(column).unwrap_or(cells.len());
        if column >= MOST {
            break;
        }
        cells.resize(cells.len().max(column), String::new());
        let value = cell.child(&["v"]).map(Element::text).unwrap_or_default();
        let value = match cell.attribute("t") {
            Some("s") => {
                let number = value.trim().parse::<usize>().ok();
                number
                    .and_then(|number| shared.get(number))
                    .cloned()
                    .unwrap_or_default()
            }
            Some("inlineStr") => cell.child(&["is"]).map(words).unwrap_or_default(),
            _ => value,
        };
        cells.truncate(column);
        cells.push(value);
    }
    cells
}

/// The words of a string in its runs, readings beside the words left out.
fn words(item: &Element) -> String {
    let mut words = String::new();
    for element in item.elements() {
        match element.name.as_str() {
            "t" => words.push_str(&element.text()),
            "r" => words.push_str(&element.child(&["t"]).map(Element::text).unwrap_or_default()),
            _ => {}
        }
    }
    words
}

/// The column of "AB12", from 0.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.take(4).fold(0usize, |number, letter| {
        number * 26 + usize::from(letter - b'A') + 1
    });
    number.checked_sub(1)
}
