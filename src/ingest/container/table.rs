//! Tables: a row is an article, the columns are its fields, named by the first row or told by what stands in them.

use serde_json::{Map, Value};

use super::{Articles, Content, File, Opened};
use crate::ingest::{Error, decode, json, source};

/// Rows by which the column of the text is told.
const SAMPLE: usize = 20;
/// Words that the text has in the mean, where no column says that it is the text.
const WORDS: usize = 20;

/// Rows of cells, or what is wrong with one.
pub(super) type Rows = Box<dyn Iterator<Item = Result<Vec<String>, String>> + Send>;

pub(super) fn articles(opened: Opened) -> Articles {
    let file = File {
        name: opened.input.name.clone(),
        size: opened.size,
    };
    let mut source = opened.source;
    let head = match source.reader.fill_buf() {
        Ok(head) if decode::is_blank(head) => {
            let name = file.name.clone();
            return file.one(Content::Failed(Error::Empty { name }));
        }
        Ok(head) if decode::is_binary(head) => {
            let name = file.name.clone();
            return file.one(Content::Failed(Error::Binary { name }));
        }
        Ok(head) => head,
        Err(error) => {
            let error = source::failed(&opened.input, source.packed, error);
            return file.one(Content::Failed(error));
        }
    };
    let mark = separator(head);
    // A table in UTF-16 is decoded in one piece, any other row by row.
    let reader: Box<dyn std::io::Read + Send> = if encoding_rs::Encoding::for_bom(head).is_some() {
        match source::bytes(&opened.input, source, opened.limit) {
            Ok((bytes, _)) => Box::new(std::io::Cursor::new(
                decode::text(bytes, None).0.into_bytes(),
            )),
            Err(error) => return file.one(Content::Failed(error)),
        }
    } else {
        source.reader
    };
    let rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(reader)
        .into_byte_records();
    let rows = rows.map(|row| {
        let row = row.map_err(|error| error.to_string())?;
        let cells = row.iter().map(|cell| decode::text(cell.to_vec(), None).0);
        Ok(cells.collect())
    });
    of_rows(file, Box::new(rows))
}

/// The articles of a table that is read row by row.
pub(super) fn of_rows(file: File, mut rows: Rows) -> Articles {
    let mut ahead: Vec<Result<Vec<String>, String>> = rows.by_ref().take(SAMPLE + 1).collect();
    let longest = |row: &Vec<String>| row.iter().map(|cell| words(cell)).max().unwrap_or(0);
    let first = ahead.first().and_then(|row| row.as_ref().ok());
    let has_header = first.is_some_and(|row| longest(row) < WORDS);
    let mut names: Vec<String> = match first {
        Some(row) if has_header => row.iter().map(|cell| cell.trim().to_owned()).collect(),
        Some(row) => (1..=row.len()).map(|number| number.to_string()).collect(),
        None => Vec::new(),
    };
    let number = if has_header { 2u64 } else { 1 };
    if has_header {
        let _ = ahead.remove(0);
    }
    if !names.iter().any(|name| json::is_text(name))
        && let Some(column) = text_column(&ahead)
        && let Some(name) = names.get_mut(column)
    {
        // Whoever maps a field names the column as the file does: that name stays beside.
        *name = format!("{name}{}", json::GUESSED);
    }
    let File { name, mut size } = file;
    if ahead.is_empty() {
        let error = Error::Empty { name: name.clone() };
        return File { name, size }.one(Content::Failed(error));
    }
    let rows = (number..).zip(ahead.into_iter().chain(rows));
    let rows = rows.filter(|(_, row)| {
        let is_blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
        !row.as_ref().is_ok_and(is_blank)
    });
    Box::new(rows.map(move |(number, row)| {
        let name = format!("{name}:{number}");
        let content = match row {
            Ok(cells) => Content::Object(object(&names, cells)),
            Err(message) => Content::Failed(Error::Broken {
                name: name.clone(),
                format: "table",
                message,
            }),
        };
        super::Article {
            name,
            content,
            bytes: std::mem::take(&mut size),
        }
    }))
}

fn object(names: &[String], cells: Vec<String>) -> Value {
    let mut fields = Map::new();
    for (name, cell) in names.iter().zip(cells) {
        if !cell.trim().is_empty() {
            fields.entry(name.clone()).or_insert(Value::String(cell));
        }
    }
    Value::Object(fields)
}

fn words(cell: &str) -> usize {
    cell.split_whitespace().count()
}

/// The column with the most words, where it has enough of them.
fn text_column(rows: &[Result<Vec<String>, String>]) -> Option<usize> {
    let rows: Vec<&Vec<String>> = rows.iter().filter_map(|row| row.as_ref().ok()).collect();
    let columns = rows.iter().map(|row| row.len()).max()?;
    let total = |column: usize| -> usize {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| words(cell)).sum()
    };
    let best = (0..columns).max_by_key(|&column| (total(column), columns - column))?;
    (total(best) >= WORDS * rows.len()).then_some(best)
}

/// The mark between columns: what the first row has most of.
fn separator(head: &[u8]) -> u8 {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| {
        let mut quoted = false;
        let cells = line.iter().filter(|&&byte| {
            quoted ^= byte == b'"';
            byte == mark && !quoted
        });
        cells.count()
    };
    let marks = [b',', b';', b'\t', b'|'];
    let most = marks.iter().map(|&mark| count(mark)).max().unwrap_or(0);
    let best = marks.into_iter().find(|&mark| count(mark) == most);
    best.unwrap_or(b',')
}
