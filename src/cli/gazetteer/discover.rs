//! `gazetteer discover`: names of the articles that no list knows, and rows that would list them.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Kind, write_lists};
use crate::cli::Found;
use crate::cli::data::{Database, OwnData};
use crate::cli::failure::Failure;
use crate::cli::output::{Force, Outputs};
use crate::cli::rows::{self, Format, Printing};
use crate::cli::terminal::Out;
use crate::interchange::{Listed, Rows, propose, write};
use crate::lexicon::{Lexicon, fold};
use crate::model::EntityKind;
use crate::store::{Cell, Table, Unlisted};
use crate::text::confusable;

/// List names of a database that no list knows, with rows ready to be pasted
#[derive(Clone, Debug, Args)]
pub struct DiscoverArgs {
    /// The database
    #[arg(
        value_name = "DB",
        env = "SAYSO_DB",
        hide_env_values = true,
        default_value = "sayso.sqlite"
    )]
    database: PathBuf,
    /// Only names with at least so many mentions
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_mentions: u32,
    /// The most sentences to show of each
    #[arg(long, value_name = "N", default_value_t = 1)]
    contexts: u32,
    /// Only people, organizations or places
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// The most names
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = rows::limit)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Shape,
    /// Leave cells of CSV as they are that a spreadsheet would take for formulas
    #[arg(long)]
    raw: bool,
    /// Write the rows as lists into this folder instead
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    force: Force,
    #[command(flatten)]
    data: OwnData,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For people
    #[default]
    Table,
    /// An array, one object a line
    Json,
    /// With a header
    Csv,
    /// Rows for people.tsv, organizations.tsv, places.tsv
    Tsv,
}

/// Runs the command.
pub fn run(args: &DiscoverArgs, out: &mut Out) -> Result<Found, Failure> {
    let database = Database {
        db: args.database.clone(),
    };
    let store = database.open()?;
    let lexicon = args.data.lexicon()?;
    let kind = args.kind.map(EntityKind::from);
    let found: Vec<(Unlisted, Listed)> = store
        .unlisted(args.min_mentions, args.contexts)?
        .into_iter()
        .filter(|unlisted| kind.is_none_or(|kind| kind == unlisted.kind))
        .filter(|unlisted| !is_thing(unlisted, lexicon))
        // The lists may have learnt the name since the database was built.
        .filter(|unlisted| crate::lexicon::readings(&lexicon.world, &unlisted.name).is_empty())
        .take(args.limit)
        .map(|unlisted| {
            let row = propose(&unlisted.name, unlisted.kind, &unlisted.aliases, lexicon);
            (unlisted, row)
        })
        .collect();
    let rows = || Rows {
        entries: found.iter().map(|(_, row)| row.clone()).collect(),
        ..Rows::default()
    };
    let comment = "Proposed by sayso gazetteer discover: look at each before you keep it.";
    if found.is_empty() {
        return Ok(Found::Nothing);
    }
    if let Some(folder) = &args.output {
        let outputs = Outputs::new(args.force)
            .sparing_database(&args.database)
            .sparing_lists(&args.data.gazetteers);
        for path in write_lists(&rows(), comment, folder, outputs)? {
            writeln!(out, "{path}")?;
        }
        return Ok(Found::Something);
    }
    let format = match args.format {
        Shape::Table => Format::Table,
        Shape::Json => Format::Json,
        Shape::Csv => Format::Csv,
        Shape::Tsv => {
            for (file, text) in write(&rows(), comment) {
                let mut out = out.data();
                writeln!(out, "# {file}")?;
                out.write_all(text.as_bytes())?;
            }
            return Ok(Found::Something);
        }
    };
    let printing = Printing {
        format,
        raw: args.raw,
    };
    Ok(Found::of(rows::print(
        &table(&found, format),
        printing,
        out,
    )?))
}

/// True for what is no person, body or place: a letter, a day, an event, a programme. "Doris Day" is a person.
fn is_thing(unlisted: &Unlisted, lexicon: &Lexicon) -> bool {
    let letters = unlisted.name.chars().filter(|c| c.is_alphabetic()).count();
    let mut words: Vec<_> = unlisted.name.split_whitespace().map(fold).collect();
    // "Super Bowl LI", "Election Day 2016"
    let is_number = |word: &str| {
        word.chars()
            .all(|c| c.is_ascii_digit() || "ivxlc".contains(c))
    };
    while words.len() > 1 && words.last().is_some_and(|word| is_number(word)) {
        words.pop();
    }
    let is_thing = |word: &str| lexicon.words.is(word, "thing");
    let person = unlisted.kind == EntityKind::Person
        && words.len() > 1
        && lexicon.words.given_names.contains(&words[0]);
    letters < 2 || !person && words.last().is_some_and(|word| is_thing(word))
}

/// The most letters of a sentence that the table shows.
const SHOWN: usize = 90;

fn table(found: &[(Unlisted, Listed)], format: Format) -> Table {
    let columns = [
        "name",
        "looks_like",
        "kind",
        "sex",
        "sort",
        "mentions",
        "documents",
        "said",
        "also",
        "context",
        "document",
    ];
    let count = |n: u64| Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = |(unlisted, row): &(Unlisted, Listed)| {
        let part = |at: fn(&(String, String)) -> &String| {
            let all: Vec<&str> = unlisted.contexts.iter().map(|c| at(c).as_str()).collect();
            all.join(" / ")
        };
        vec![
            text(&unlisted.name),
            confusable::looks_like(&unlisted.name).map_or(Cell::Null, Cell::Text),
            text(unlisted.kind.name()),
            text(&row.sex),
            text(&row.sort),
            count(unlisted.mentions),
            count(unlisted.documents),
            count(unlisted.said),
            text(&unlisted.aliases.join(" | ")),
            text(&match format {
                Format::Table => around(&part(|c| &c.1), &unlisted.name),
                _ => part(|c| &c.1),
            }),
            text(&part(|c| &c.0)),
        ]
    };
    let table = Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: found.iter().map(row).collect(),
    };
    match format {
        Format::Table => rows::without_empty(table, "looks_like"),
        _ => table,
    }
}

/// The words around `name`.
fn around(context: &str, name: &str) -> String {
    let at = context.find(name).unwrap_or(0);
    let before = context[..at].chars().count().saturating_sub(SHOWN / 3);
    let mut shown: String = context.chars().skip(before).take(SHOWN).collect();
    if before > 0 {
        shown.insert(0, '…');
    }
    if context.chars().count() > before + SHOWN {
        shown.push('…');
    }
    shown
}
