//! What `eval` prints: figures, groups, reliability, misses and spurious statements.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::rows::{self, Format, Printing};
use super::terminal::Out;
use crate::evaluate::{By, Group, Report, Verdict, groups, percent, reliability};
use crate::store::{Cell, Table};

/// Which tables to print besides the figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// What was not found.
    pub misses: bool,
    /// What is not in gold.
    pub spurious: bool,
    /// Statements by rule, kind or cue, or judgements by what gave them.
    pub by: Option<By>,
    /// Confidence and share right.
    pub reliability: bool,
    /// The most rows of a list of statements.
    pub limit: usize,
}

impl Wanted {
    /// How many tables besides the figures.
    pub fn lists(self) -> usize {
        [
            self.misses,
            self.spurious,
            self.by.is_some(),
            self.reliability,
        ]
        .into_iter()
        .filter(|wanted| *wanted)
        .count()
    }
}

/// A table with its name in JSON and its heading.
struct Section {
    name: &'static str,
    heading: String,
    table: Table,
}

/// Prints the report. CSV is one table: the list that was asked for, else the figures.
pub fn print(report: &Report, wanted: Wanted, printing: Printing, out: &mut Out) -> io::Result<()> {
    let sections = sections(report, wanted);
    match printing.format {
        Format::Table => {
            rows::print(&figures(&report.figures), printing, out)?;
            for section in sections {
                writeln!(out, "\n{}", section.heading)?;
                rows::print(&section.table, printing, out)?;
            }
        }
        Format::Json => {
            let mut all = report.figures.clone();
            for section in sections {
                all.insert(section.name.to_owned(), objects(&section.table));
            }
            if wanted.reliability {
                all.insert("ece".to_owned(), json!(reliability(&report.verdicts).error));
            }
            let mut out = out.data();
            serde_json::to_writer_pretty(&mut out, &Value::Object(all))?;
            writeln!(out)?;
        }
        Format::Csv => {
            let table = match sections.into_iter().next() {
                Some(section) => section.table,
                None => figures(&report.figures),
            };
            rows::print(&table, printing, out)?;
        }
    }
    Ok(())
}

fn sections(report: &Report, wanted: Wanted) -> Vec<Section> {
    let mut sections = Vec::new();
    if let Some(by) = wanted.by {
        sections.push(Section {
            name: "by",
            heading: match by {
                By::Judgement => {
                    "Judgements, those of paired statements, and the share of these that is right"
                }
                _ => "Statements, and the share of them that is right",
            }
            .to_owned(),
            table: grouped(&report.verdicts, by),
        });
    }
    if wanted.reliability {
        let error = reliability(&report.verdicts).error;
        sections.push(Section {
            name: "reliability",
            heading: format!("Confidence and share right; expected calibration error {error:.4}"),
            table: reliable(&report.verdicts),
        });
    }
    if wanted.misses {
        let all = report.misses.len();
        sections.push(Section {
            name: "misses",
            heading: format!("In gold and not found: {} of {all}", all.min(wanted.limit)),
            table: missed(report, wanted.limit),
        });
    }
    if wanted.spurious {
        let all = report.verdicts.iter().filter(|v| !v.paired).count();
        sections.push(Section {
            name: "spurious",
            heading: format!("Found and not in gold: {} of {all}", all.min(wanted.limit)),
            table: spurious(&report.verdicts, wanted.limit),
        });
    }
    sections
}

/// One row a figure, in percent, with two decimals; counts last.
fn figures(figures: &Map<String, Value>) -> Table {
    let mut table = table(&["figure", "value", "P", "R", "F1"]);
    let two = |value: &Value| match value.as_f64() {
        Some(number) => text(&format!("{number:.2}")),
        None => Cell::Null,
    };
    let mut counts = Vec::new();
    for (name, value) in figures {
        let row = |cells: [Cell; 4]| [vec![text(name)], cells.to_vec()].concat();
        match value {
            Value::Object(prf) if prf.contains_key("p") => {
                let f1 = prf.get("f").or(prf.get("f1")).unwrap_or(&Value::Null);
                table
                    .rows
                    .push(row([Cell::Null, two(&prf["p"]), two(&prf["r"]), two(f1)]));
            }
            Value::Object(parts) => {
                for (part, value) in parts {
                    let name = text(&format!("{name}.{part}"));
                    let mut cells = vec![name, shown(value)];
                    cells.resize(5, Cell::Null);
                    counts.push(cells);
                }
            }
            Value::Number(number) if number.is_f64() => {
                table
                    .rows
                    .push(row([two(value), Cell::Null, Cell::Null, Cell::Null]));
            }
            other => counts.push(row([shown(other), Cell::Null, Cell::Null, Cell::Null])),
        }
    }
    table.rows.extend(counts);
    table
}

/// A count, or an interval.
fn shown(value: &Value) -> Cell {
    match value {
        Value::Array(ends) => {
            let ends = ends.iter().filter_map(Value::as_f64);
            let ends: Vec<String> = ends.map(|end| format!("{end:.1}")).collect();
            text(&ends.join("–"))
        }
        other => text(&other.to_string()),
    }
}

fn grouped(verdicts: &[Verdict], by: By) -> Table {
    let name = match by {
        By::Rule => "rule",
        By::Kind => "kind",
        By::Cue => "cue",
        By::Judgement => "judgement",
    };
    let mut table = table(&[name, "found", "paired", "right", "precision", "share"]);
    let groups = groups(verdicts, by);
    // Of what stands for nothing in gold a judgement is neither right nor wrong.
    let of = |group: &Group| match by {
        By::Judgement => group.paired,
        _ => group.found,
    };
    let all = groups.iter().map(|group| group.found).sum();
    for group in groups {
        table.rows.push(vec![
            text(&group.name),
            Cell::Integer(group.found as i64),
            Cell::Integer(group.paired as i64),
            Cell::Integer(group.right as i64),
            decimal(percent(group.right, of(&group)), 2),
            decimal(percent(group.found, all), 2),
        ]);
    }
    table
}

fn reliable(verdicts: &[Verdict]) -> Table {
    let mut table = table(&["from", "to", "statements", "confidence", "right"]);
    for bin in reliability(verdicts).bins {
        let mean = |value: f64| match bin.statements {
            0 => Cell::Null,
            _ => decimal(value, 4),
        };
        table.rows.push(vec![
            decimal(bin.from, 1),
            decimal(bin.to, 1),
            Cell::Integer(bin.statements as i64),
            mean(bin.confidence),
            mean(bin.right),
        ]);
    }
    table
}

fn missed(report: &Report, limit: usize) -> Table {
    let mut table = table(&["document", "start", "kind", "source", "cue", "content"]);
    for miss in report.misses.iter().take(limit) {
        table.rows.push(vec![
            text(&miss.document),
            Cell::Integer(i64::from(miss.start)),
            text(&miss.kind),
            text(&miss.source),
            text(&miss.cue),
            text(&miss.content),
        ]);
    }
    table
}

fn spurious(verdicts: &[Verdict], limit: usize) -> Table {
    let mut table = table(&[
        "document",
        "start",
        "kind",
        "cue",
        "content",
        "rule",
        "confidence",
    ]);
    for verdict in verdicts.iter().filter(|v| !v.paired).take(limit) {
        table.rows.push(vec![
            text(&verdict.document),
            Cell::Integer(i64::from(verdict.start)),
            text(&verdict.kind),
            text(&verdict.cue),
            text(&verdict.content),
            text(&verdict.rule),
            Cell::Real(verdict.confidence),
        ]);
    }
    table
}

fn table(columns: &[&str]) -> Table {
    Table {
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        rows: Vec::new(),
    }
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn decimal(value: f64, places: i32) -> Cell {
    let unit = 10f64.powi(places);
    Cell::Real((value * unit).round() / unit)
}

fn objects(table: &Table) -> Value {
    table
        .rows
        .iter()
        .map(|row| {
            let cells = table
                .columns
                .iter()
                .cloned()
                .zip(row.iter().map(rows::value));
            Value::Object(cells.collect())
        })
        .collect()
}
