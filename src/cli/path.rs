//! `path A B`: how two entities are linked, with the sentence behind every hop.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::filter::FilterArgs;
use super::named::Naming;
use super::terminal;
use crate::graph::{EdgeKind, Hop, Path, PathOptions, Witness};
use crate::model::{Polarity, StatementRow};

/// Show how two entities are linked, with the sentence behind every hop
#[derive(Clone, Debug, Args)]
pub struct PathArgs {
    /// Where the path starts: the id, name or alias of an entity
    #[arg(value_name = "A")]
    pub from: String,
    /// Where it leads
    #[arg(value_name = "B")]
    pub to: String,
    /// The most hops of a path
    #[arg(long, value_name = "N", default_value_t = PathOptions::default().max_hops)]
    pub max_hops: usize,
    /// The most paths, best first
    #[arg(short, long, value_name = "N", default_value_t = PathOptions::default().k)]
    pub k: usize,
    /// Only go from who says to of whom it is said, never back
    #[arg(long)]
    pub directed: bool,
    /// The most statements to print for a hop, best first (table only)
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub evidence: usize,
    /// How the ends may be named
    #[command(flatten)]
    pub naming: Naming,
    /// Which statements link two entities
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// One statement of one hop of one path: a row of JSON and CSV.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HopRow<'r> {
    /// The path, from 1; the best is the first.
    pub path: usize,
    /// The hop on it, from 1.
    pub hop: usize,
    /// Id of the entity where the hop starts.
    pub from: &'r str,
    /// Id of the entity where it leads.
    pub to: &'r str,
    /// Id of the statement, for `explain`.
    pub statement: String,
    /// Id of who says it: the one end of the hop.
    pub source: &'r str,
    /// What the source does by saying it.
    pub act: &'static str,
    /// True when the text says that it did not take place.
    pub negated: bool,
    /// Id of whom it concerns: the other end.
    pub target: &'r str,
    /// `target`: directed at the target, `about`: only mentions it.
    pub relation: &'static str,
    /// The stance towards the target.
    pub polarity: &'static str,
    /// The day of the saying.
    pub said_on: Option<String>,
    /// The sentence that shows it.
    pub sentence: &'r str,
    /// The document's name.
    pub document: &'r str,
    /// Its headline.
    pub title: Option<&'r str>,
    /// Its outlet.
    pub publisher: Option<&'r str>,
    /// Its day of publication.
    pub published: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
    /// Said at first hand, denied, or only supposed.
    pub standing: &'static str,
    /// Id of the other source that reports it.
    pub teller: Option<&'r str>,
}

impl PathArgs {
    /// How to look for the paths.
    pub fn options(&self) -> PathOptions {
        PathOptions {
            max_hops: self.max_hops,
            k: self.k,
            directed: self.directed,
        }
    }
}

/// All statements of all hops, as rows.
pub fn rows<'r>(paths: &[Path<'r>]) -> Vec<HopRow<'r>> {
    let mut rows = Vec::new();
    for (path_at, path) in paths.iter().enumerate() {
        for (hop_at, hop) in path.hops.iter().enumerate() {
            for witness in &hop.witnesses {
                let statement = witness.statement;
                let (source, target) = match hop.follows(witness) {
                    true => (hop.from, hop.to),
                    false => (hop.to, hop.from),
                };
                rows.push(HopRow {
                    path: path_at + 1,
                    hop: hop_at + 1,
                    from: &hop.from.id,
                    to: &hop.to.id,
                    statement: statement.id.to_string(),
                    source: &source.id,
                    act: statement.act.name(),
                    negated: statement.negated,
                    target: &target.id,
                    relation: EdgeKind::of(statement).name(),
                    polarity: witness.polarity.name(),
                    said_on: statement.said_on.map(|day| day.to_string()),
                    sentence: &statement.sentence,
                    document: &statement.document,
                    title: statement.title.as_deref(),
                    publisher: statement.publisher.as_deref(),
                    published: statement.published.map(|day| day.to_string()),
                    confidence: statement.confidence,
                    standing: statement.standing.name(),
                    teller: statement.teller.as_ref().map(|(id, _)| id.as_str()),
                });
            }
        }
    }
    rows
}

/// Prints the paths for people: each hop with its best `evidence` statements, in lines of about `width` characters.
pub fn write_text(
    out: &mut impl Write,
    paths: &[Path],
    evidence: usize,
    width: usize,
) -> io::Result<()> {
    for (at, path) in paths.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write!(out, "Path {} of {}: ", at + 1, paths.len())?;
        for hop in &path.hops {
            write!(out, "{} {} ", plain(&hop.from.name), arrow(hop))?;
        }
        let last = path
            .hops
            .last()
            .map_or(String::new(), |hop| plain(&hop.to.name));
        writeln!(out, "{last}")?;
        for (at, hop) in path.hops.iter().enumerate() {
            let (from, to) = (plain(&hop.from.name), plain(&hop.to.name));
            writeln!(out, "\n  {}. {from} {} {to}", at + 1, arrow(hop))?;
            for witness in hop.witnesses.iter().take(evidence) {
                write_witness(out, hop, witness, width)?;
            }
            let more = hop.witnesses.len().saturating_sub(evidence);
            if more > 0 {
                let noun = if more == 1 { "statement" } else { "statements" };
                writeln!(out, "     and {more} more {noun}")?;
            }
        }
    }
    Ok(())
}

/// Three lines: who does what to whom, the sentence, where it stands.
fn write_witness(
    out: &mut impl Write,
    hop: &Hop,
    witness: &Witness,
    width: usize,
) -> io::Result<()> {
    let statement = witness.statement;
    let (source, target) = match hop.follows(witness) {
        true => (hop.from, hop.to),
        false => (hop.to, hop.from),
    };
    let stance = match (EdgeKind::of(statement), witness.polarity) {
        (EdgeKind::About, _) => " (only mentions)",
        (EdgeKind::Target, Polarity::Negative) => " (against)",
        (EdgeKind::Target, Polarity::Positive) => " (for)",
        (EdgeKind::Target, Polarity::Neutral) => "",
    };
    let (source, target) = (plain(&source.name), plain(&target.name));
    let not = statement.standing.before_act();
    let teller = match &statement.teller {
        Some((_, name)) => format!(", told by {}", plain(name)),
        None => String::new(),
    };
    writeln!(
        out,
        "     {source} ─ {not}{} → {target}{stance}{teller}",
        statement.act
    )?;
    write_wrapped(out, &plain(&statement.sentence), "       ", width)?;
    write_wrapped(out, &whereabouts(statement), "       ", width)
}

/// Which way the statements of a hop point.
fn arrow(hop: &Hop) -> &'static str {
    let ahead = hop.witnesses.iter().filter(|w| hop.follows(w)).count();
    match ahead {
        0 => "←",
        all if all == hop.witnesses.len() => "→",
        _ => "↔",
    }
}

/// "[17] Harbour talks · Arven Daily · 2024-03-02 · news/one.txt · said on 2024-03-01"
fn whereabouts(statement: &StatementRow) -> String {
    let parts = [
        statement.title.as_deref().map(plain),
        statement.publisher.as_deref().map(plain),
        statement.published.map(|day| day.to_string()),
        Some(plain(&statement.document)),
        statement
            .said_on
            .filter(|day| Some(*day) != statement.published)
            .map(|day| format!("said on {day}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("[{}] {}", statement.id, parts.join(" · "))
}

/// `text` on one line, with nothing hidden.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    terminal::line(&words.join(" ")).into_owned()
}

fn write_wrapped(out: &mut impl Write, text: &str, indent: &str, width: usize) -> io::Result<()> {
    let mut line = String::new();
    let room = width.saturating_sub(indent.len()).max(20);
    for word in text.split(' ') {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
            writeln!(out, "{indent}{line}")?;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{indent}{line}")
}
