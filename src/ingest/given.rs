//! What a user says of articles: their outlet, where outlet and day stand in their names, a table beside them.
//!
//! In: options of the command line. Out: metadata. What is said goes before what an article says of itself, and the table before
//! the names, these before one outlet for all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;

use super::{Months, decode, filled};
use crate::model::{Date, Document, Meta};

/// What is said of the articles of a run.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The outlet of all.
    pub publisher: Option<String>,
    /// Where the outlet stands in an article's name: the first group, else all that fits.
    pub publisher_from: Option<Regex>,
    /// Where the day does: the groups, else all that fits.
    pub date_from: Option<Regex>,
    /// A row for an article.
    pub table: Option<Beside>,
}

/// A table that says what articles are, called after its file.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The name of the file.
    pub file: String,
    rows: BTreeMap<String, Meta>,
}

impl Given {
    /// As options of the command line, for a database to know.
    pub fn told(&self) -> impl Iterator<Item = (String, String)> {
        let from = |regex: &Option<Regex>| regex.as_ref().map(|regex| regex.as_str().to_owned());
        let told = [
            ("--publisher", self.publisher.clone()),
            ("--publisher-from", from(&self.publisher_from)),
            ("--date-from", from(&self.date_from)),
            (
                "--meta",
                self.table.as_ref().map(|table| table.file.clone()),
            ),
        ];
        let told = told
            .into_iter()
            .filter_map(|(what, value)| Some((what, value?)));
        told.map(|(what, value)| (what.to_owned(), value.replace('\n', " ")))
    }

    /// Gives `document` what is said of it.
    pub(super) fn settle(&self, document: &mut Document, months: &Months) {
        let name = document.name();
        let publisher = captured(self.publisher_from.as_ref(), name, " ");
        let publisher = publisher.as_deref().and_then(filled);
        let publisher = publisher.or_else(|| self.publisher.clone());
        let published = captured(self.date_from.as_ref(), name, "-").and_then(|day| {
            let day = day.trim();
            months.date_of(day).or_else(|| Months::date_in_name(day))
        });
        let row = self
            .table
            .as_ref()
            .and_then(|table| table.row(name))
            .cloned();
        let Meta {
            title,
            published: day,
            publisher: outlet,
            author,
            url,
            ..
        } = row.unwrap_or_default();
        let meta = &mut document.meta;
        put(&mut meta.title, title);
        put(&mut meta.published, day.or(published));
        put(&mut meta.publisher, outlet.or(publisher));
        put(&mut meta.author, author);
        put(&mut meta.url, url);
    }
}

fn put<T>(place: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *place = given;
    }
}

/// The groups of the first place in `name` that fits, joined, else all of it.
fn captured(regex: Option<&Regex>, name: &str, joint: &str) -> Option<String> {
    let captures = regex?.captures(name)?;
    let groups: Vec<&str> = captures
        .iter()
        .skip(1)
        .flatten()
        .map(|g| g.as_str())
        .collect();
    Some(match groups.is_empty() {
        true => captures[0].to_owned(),
        false => groups.join(joint),
    })
}

/// Names of the columns of a table, as they are written.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("file", &["file", "path", "name", "document", "filename"]),
    ("title", &["title", "headline"]),
    ("date", &["date", "published", "day"]),
    ("publisher", &["publisher", "source", "outlet"]),
    ("author", &["author", "authors", "byline"]),
    ("url", &["url", "link"]),
];

impl Beside {
    /// Reads a table; all that is wrong with it, by line.
    pub fn read(
        path: &Path,
        bytes: Vec<u8>,
        months: &Months,
    ) -> Result<Beside, Vec<(u64, String)>> {
        let is_tabbed = path
            .extension()
            .is_some_and(|ending| ending == "tsv" || ending == "tab");
        let text = decode::text(bytes, None).0;
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(if is_tabbed { b'\t' } else { b',' })
            .from_reader(text.as_bytes());
        let header = reader
            .headers()
            .map_err(|error| vec![(1, error.to_string())])?;
        let columns: Vec<Option<&str>> = header
            .iter()
            .map(|cell| {
                let cell = cell.trim().to_lowercase();
                let known = COLUMNS
                    .iter()
                    .find(|(_, names)| names.contains(&cell.as_str()));
                known.map(|(what, _)| *what)
            })
            .collect();
        let mut faults = Vec::new();
        if !columns.contains(&Some("file")) || columns.iter().flatten().count() < 2 {
            let columns: Vec<&str> = COLUMNS.iter().map(|(what, _)| *what).collect();
            let help = columns.join(", ");
            let message = "no column `file`, or none besides it; a header names some of";
            return Err(vec![(1, format!("{message} {help}"))]);
        }
        let mut rows = BTreeMap::new();
        for row in reader.records() {
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    faults.push((line, error.to_string()));
                    continue;
                }
            };
            let line = row.position().map_or(0, csv::Position::line);
            let mut meta = Meta::default();
            let mut name = None;
            for (column, cell) in columns.iter().zip(row.iter()) {
                let Some(value) = filled(cell) else { continue };
                match *column {
                    Some("file") => name = Some(value.trim_start_matches("./").replace('\\', "/")),
                    Some("title") => meta.title = Some(value),
                    Some("date") => match day(&value, months) {
                        Some(day) => meta.published = Some(day),
                        None => faults.push((line, format!("`{value}` is no day"))),
                    },
                    Some("publisher") => meta.publisher = Some(value),
                    Some("author") => meta.author = Some(value),
                    Some("url") => meta.url = Some(value),
                    _ => {}
                }
            }
            match name {
                None => faults.push((line, "no file is named".to_owned())),
                Some(name) => {
                    if rows.insert(name.clone(), meta).is_some() {
                        faults.push((line, format!("`{name}` has a row before")));
                    }
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Beside {
            file: file.into_owned(),
            rows,
        })
    }

    /// The row of the article `name`: called so, called so from a folder inside on, or that of the file that holds it.
    fn row(&self, name: &str) -> Option<&Meta> {
        self.key(name).and_then(|key| self.rows.get(key))
    }

    fn key<'a>(&self, name: &'a str) -> Option<&'a str> {
        let holders = std::iter::successors(Some(name), |name| Some(name.rsplit_once(':')?.0));
        holders
            .flat_map(|name| {
                std::iter::successors(Some(name), |name| Some(name.split_once('/')?.1))
            })
            .find(|name| self.rows.contains_key(*name))
    }

    /// The rows that are of none of the files `names`.
    pub fn left_over<'a>(&'a self, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let met: BTreeSet<&str> = names.filter_map(|name| self.key(name)).collect();
        let is_met = |row: &str| {
            // A row may be of one article of a file.
            met.contains(row)
                || row
                    .rsplit_once(':')
                    .is_some_and(|(file, _)| met.contains(file))
        };
        self.rows
            .keys()
            .map(String::as_str)
            .filter(|row| !is_met(row))
            .collect()
    }
}

fn day(value: &str, months: &Months) -> Option<Date> {
    months
        .date_of(value)
        .or_else(|| Months::date_in_name(value))
}
