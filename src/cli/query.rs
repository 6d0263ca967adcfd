//! `query`: saved queries, listed and run.

use std::path::PathBuf;

use clap::Args;

use super::data::Database;
use super::failure::Failure;
use super::guard::GuardArgs;
use super::named::Naming;
use super::rows::{self, Printing};
use super::saved::{Kind, Parameter, SavedQuery, saved};
use super::terminal::Out;
use super::{Found, filter, named};
use crate::model::Act;
use crate::store::{Cell, Store, Table};

/// Run a saved query; without a name, list them
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  sayso query\n  sayso query who-said-about about=Veldania since=2025-03-01\n  sayso query search words=\"gas pressure\"\n  sayso query denials --format csv"
)]
pub struct QueryArgs {
    /// Name of the query
    name: Option<String>,
    /// Its parameters
    #[arg(value_name = "KEY=VALUE")]
    parameters: Vec<String>,
    /// A folder with saved/*.sql of your own; may be repeated
    #[arg(long, value_name = "DIR")]
    queries: Vec<PathBuf>,
    /// Words to search for are an expression of SQLite's FTS5: NEAR(gas dam), gas OR dam, gas*
    #[arg(long)]
    syntax: bool,
    #[command(flatten)]
    naming: Naming,
    #[command(flatten)]
    printing: Printing,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    guard: GuardArgs,
}

/// Runs the command.
pub fn run(args: &QueryArgs, out: &mut Out) -> Result<Found, Failure> {
    let saved = saved(&args.queries)?;
    let Some(name) = &args.name else {
        return Ok(Found::of(rows::print(&list(&saved), args.printing, out)?));
    };
    let Some(query) = saved.iter().find(|q| q.name == *name) else {
        let near = saved
            .iter()
            .map(|q| (strsim::jaro_winkler(&q.name, name), &q.name))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let help = near.map_or("`sayso query` lists them".to_owned(), |(_, near)| {
            format!("did you mean `{near}`? `sayso query` lists them all")
        });
        return Err(Failure::new(
            format!("no saved query is called `{name}`"),
            help,
        ));
    };
    let mut store = args.database.open()?;
    let values = values(query, args, &store)?;
    args.guard
        .print(&mut store, &query.sql, &values, args.printing, out)
}

/// What the parameters of `query` are: as given, else their defaults.
fn values(
    query: &SavedQuery,
    args: &QueryArgs,
    store: &Store,
) -> Result<Vec<(String, Cell)>, Failure> {
    let name = &query.name;
    let mut values = Vec::new();
    for argument in &args.parameters {
        let (parameter, value) = given(query, argument)?;
        let cell = match parameter.kind {
            Kind::Entity => Cell::Text(named::entity(store, value, args.naming)?.id),
            Kind::Words if !args.syntax => search(value).ok_or_else(|| {
                Failure::new(
                    format!("`{argument}`: no word to search for"),
                    "write words: words=\"gas pressure\"",
                )
            })?,
            kind => typed(kind, value)
                .map_err(|help| Failure::new(format!("`{argument}`: {}", help.0), help.1))?,
        };
        values.push((parameter.name.clone(), cell));
    }
    for parameter in &query.parameters {
        if values.iter().any(|(name, _)| *name == parameter.name) {
            continue;
        }
        match &parameter.default {
            Some(value) => {
                let cell = typed(parameter.kind, value).unwrap_or(Cell::Null);
                values.push((parameter.name.clone(), cell));
            }
            None if parameter.required => {
                return Err(Failure::new(
                    format!("`{name}` needs `{}`", parameter.name),
                    format!("sayso query {name} {}=…", parameter.name),
                ));
            }
            None => {}
        }
    }
    Ok(values)
}

/// The parameter that an argument gives, and its value.
fn given<'a>(
    query: &'a SavedQuery,
    argument: &'a str,
) -> Result<(&'a Parameter, &'a str), Failure> {
    let find = |key: &str| query.parameters.iter().find(|p| p.name == key);
    argument
        .split_once('=')
        .and_then(|(key, value)| Some((find(key)?, value)))
        .ok_or_else(|| {
            let known: Vec<&str> = query.parameters.iter().map(|p| p.name.as_str()).collect();
            let help = match known.as_slice() {
                [] => "it takes none".to_owned(),
                known => format!("write KEY=VALUE, where KEY is one of: {}", known.join(" ")),
            };
            Failure::new(
                format!("`{argument}` is no parameter of `{}`", query.name),
                help,
            )
        })
}

/// A value as its kind wants it, or what is wrong and what to write.
fn typed(kind: Kind, value: &str) -> Result<Cell, (String, String)> {
    let split = |told: String| match told.split_once("; ") {
        Some((what, help)) => (what.to_owned(), help.to_owned()),
        None => (told, String::new()),
    };
    match kind {
        Kind::Text | Kind::Words | Kind::Entity => Ok(Cell::Text(value.to_owned())),
        Kind::Day => filter::day(value)
            .map(|day| Cell::Text(day.to_string()))
            .map_err(split),
        Kind::Count => rows::limit(value)
            .map(|count| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX)))
            .map_err(split),
        Kind::Act => value
            .parse::<Act>()
            .map(|act| Cell::Text(act.name().to_owned()))
            .map_err(|_| {
                let acts: Vec<&str> = Act::ALL.iter().map(|act| act.name()).collect();
                let help = format!("write one of: {}", acts.join(" "));
                ("not an act".to_owned(), help)
            }),
    }
}

/// Plain words as an expression of FTS5: all must be there; those inside quotation marks side by side.
fn search(words: &str) -> Option<Cell> {
    let mut phrases = Vec::new();
    for (at, part) in words.split('"').enumerate() {
        let inside = at % 2 == 1;
        let found: Vec<&str> = match inside {
            true => vec![part],
            false => part.split_whitespace().collect(),
        };
        // What has no letter and no digit is no word to FTS5.
        let found = found
            .into_iter()
            .filter(|word| word.contains(char::is_alphanumeric));
        phrases.extend(found.map(|word| format!("\"{word}\"")));
    }
    (!phrases.is_empty()).then(|| Cell::Text(phrases.join(" ")))
}

fn list(saved: &[SavedQuery]) -> Table {
    let parameter = |p: &Parameter| match (&p.default, p.required) {
        (Some(default), _) => format!("[{}={default}]", p.name),
        (None, true) => format!("{}=…", p.name),
        (None, false) => format!("[{}=…]", p.name),
    };
    let row = |q: &SavedQuery| {
        let parameters: Vec<String> = q.parameters.iter().map(parameter).collect();
        let cells = [q.name.clone(), parameters.join(" "), q.title.clone()];
        cells.map(Cell::Text).to_vec()
    };
    Table {
        columns: ["name", "parameters", "what it answers"]
            .map(str::to_owned)
            .to_vec(),
        rows: saved.iter().map(row).collect(),
    }
}
