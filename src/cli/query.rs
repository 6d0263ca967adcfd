//! `query`, `sql`: saved queries and SQL of a user's own.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use include_dir::{Dir, include_dir};

use super::data::Database;
use super::failure::Failure;
use super::rows::{self, Format};
use super::{Found, named};
use crate::lexicon::{self, Fault};
use crate::model::Place;
use crate::store::{Cell, Store, Table};

static SAVED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries/saved");

/// Run a saved query; without a name, list them
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  sayso query\n  sayso query who-said-about about=Veldania\n  sayso query denials --format csv"
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
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    database: Database,
}

/// Run one SELECT over the tables and views of docs/schema.md
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Example:\n  sayso sql \"SELECT source, count(*) FROM who_said_what_about_whom WHERE act = 'deny' GROUP BY source\""
)]
pub struct SqlArgs {
    /// The SQL
    #[arg(allow_hyphen_values = true)]
    sql: String,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    database: Database,
}

/// A saved query: SQL with leading `--` lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// Name of its file.
    pub name: String,
    /// What it answers.
    pub title: String,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// The SQL.
    pub sql: String,
    /// Its file.
    pub place: Place,
}

/// A parameter of a saved query: `-- param: about = entity, required`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// It names an entity: an id, name or alias is given, the id is passed on.
    pub entity: bool,
    /// It must be given.
    pub required: bool,
    /// Its value when it is not given.
    pub default: Option<String>,
}

/// Runs `query`.
pub fn query(args: &QueryArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let saved = saved(&args.queries)?;
    let Some(name) = &args.name else {
        return list(&saved, args.format, out);
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
    let store = args.database.open()?;
    let mut values = Vec::new();
    for argument in &args.parameters {
        let known = query
            .parameters
            .iter()
            .map(|p| p.name.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let parameter = argument.split_once('=').and_then(|(key, value)| {
            query
                .parameters
                .iter()
                .find(|p| p.name == key)
                .map(|p| (p, value))
        });
        let Some((parameter, value)) = parameter else {
            return Err(Failure::new(
                format!("`{argument}` is no parameter of `{name}`"),
                format!("write KEY=VALUE, where KEY is one of: {known}"),
            ));
        };
        let value = if parameter.entity {
            named::entity(&store, value)?.id
        } else {
            value.to_owned()
        };
        values.push((parameter.name.clone(), value));
    }
    for parameter in &query.parameters {
        if values.iter().any(|(name, _)| *name == parameter.name) {
            continue;
        }
        match &parameter.default {
            Some(value) => values.push((parameter.name.clone(), value.clone())),
            None if parameter.required => {
                return Err(Failure::new(
                    format!("`{name}` needs `{}`", parameter.name),
                    format!("sayso query {name} {}=…", parameter.name),
                ));
            }
            None => {}
        }
    }
    let table = store.query(&query.sql, &values)?;
    Ok(Found::of(rows::print(&table, args.format, out)?))
}

/// Runs `sql`.
pub fn sql(args: &SqlArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let table = args.database.open()?.query(&args.sql, &[])?;
    Ok(Found::of(rows::print(&table, args.format, out)?))
}

fn list(saved: &[SavedQuery], format: Format, out: &mut impl Write) -> Result<Found, Failure> {
    let parameter = |p: &Parameter| match (&p.default, p.required) {
        (Some(default), _) => format!("[{}={default}]", p.name),
        (None, true) => format!("{}=…", p.name),
        (None, false) => format!("[{}=…]", p.name),
    };
    let rows = saved
        .iter()
        .map(|q| {
            vec![
                Cell::Text(q.name.clone()),
                Cell::Text(
                    q.parameters
                        .iter()
                        .map(parameter)
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
                Cell::Text(q.title.clone()),
            ]
        })
        .collect();
    let table = Table {
        columns: ["name", "parameters", "what it answers"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    };
    Ok(Found::of(rows::print(&table, format, out)?))
}

/// The shipped queries and those of the user's folders, by name; a user's own replaces a shipped one.
pub fn saved(folders: &[PathBuf]) -> Result<Vec<SavedQuery>, Failure> {
    let (saved, faults) = read_saved(folders)?;
    match faults.is_empty() {
        true => Ok(saved),
        false => Err(lexicon::Error::Faults(faults).into()),
    }
}

/// As [`saved`], with the faults of those that cannot be read.
pub fn read_saved(folders: &[PathBuf]) -> Result<(Vec<SavedQuery>, Vec<Fault>), Failure> {
    let mut files: Vec<(String, Vec<u8>)> = SAVED
        .files()
        .map(|file| {
            let name = format!("queries/saved/{}", file.path().display());
            (name, file.contents().to_owned())
        })
        .collect();
    files.sort();
    for folder in folders {
        let folder = folder.join("saved");
        let failed = |e: std::io::Error| {
            Failure::new(
                format!("cannot read `{}`: {e}", folder.display()),
                "a folder of queries holds saved/*.sql",
            )
        };
        let entries = std::fs::read_dir(&folder).map_err(failed)?;
        let mut own: Vec<PathBuf> = entries
            .filter_map(|e| e.ok().map(|e| e.path()))
            .filter(|p| p.extension().is_some_and(|e| e == "sql"))
            .collect();
        own.sort();
        for path in own {
            let bytes = std::fs::read(&path).map_err(failed)?;
            files.push((path.to_string_lossy().into_owned(), bytes));
        }
    }
    let mut saved: Vec<SavedQuery> = Vec::new();
    let mut faults = Vec::new();
    for (file, bytes) in files {
        match parse(&file, &bytes) {
            Ok(query) => {
                saved.retain(|q| q.name != query.name);
                saved.push(query);
            }
            Err(fault) => faults.push(fault),
        }
    }
    saved.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((saved, faults))
}

/// What is wrong with queries that can be read: they are prepared for an empty database.
pub fn faults(saved: &[SavedQuery]) -> Result<Vec<Fault>, Failure> {
    let store = Store::empty()?;
    let mut faults = Vec::new();
    for query in saved {
        let mut fault = |what: String, help: String| {
            faults.push(Fault {
                place: query.place.clone(),
                what,
                help,
            });
        };
        let asked = match store.parameters(&query.sql) {
            Ok(asked) => asked,
            Err(error) => {
                fault(
                    format!("it can never run: {error}"),
                    error.help().to_owned(),
                );
                continue;
            }
        };
        let known: Vec<&str> = query.parameters.iter().map(|p| p.name.as_str()).collect();
        for name in asked.iter().filter(|name| !known.contains(&name.as_str())) {
            fault(
                format!("`:{name}` has no line"),
                format!("add `-- param: {name} = required`, or mend the name"),
            );
        }
        for name in known.iter().filter(|name| asked.iter().all(|a| a != *name)) {
            fault(
                format!("nothing asks for the parameter `{name}`"),
                format!("write :{name} in the SQL, or delete its line"),
            );
        }
    }
    Ok(faults)
}

fn parse(file: &str, bytes: &[u8]) -> Result<SavedQuery, Fault> {
    let fault = |line: u32, what: String, help: &str| Fault {
        place: Place {
            file: file.into(),
            line,
        },
        what,
        help: help.to_owned(),
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|&&b| b == b'\n').count() as u32 + 1;
        fault(
            line,
            "bytes that are no UTF-8".to_owned(),
            "save the file as UTF-8",
        )
    })?;
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let mut query = SavedQuery {
        name: name.trim_end_matches(".sql").to_owned(),
        title: String::new(),
        parameters: Vec::new(),
        sql: text.to_owned(),
        place: fault(1, String::new(), "").place,
    };
    for (number, line) in (1..).zip(text.lines().take_while(|line| line.starts_with("--"))) {
        let Some((key, value)) = line.trim_start_matches('-').trim().split_once(':') else {
            continue;
        };
        match key.trim() {
            "title" => query.title = value.trim().to_owned(),
            "param" => {
                let (parameter, words) = value.split_once('=').unwrap_or((value, ""));
                let words: Vec<&str> = words.split(',').map(str::trim).collect();
                query.parameters.push(Parameter {
                    name: parameter.trim().to_owned(),
                    entity: words.contains(&"entity"),
                    required: words.contains(&"required"),
                    default: words
                        .iter()
                        .find_map(|w| w.strip_prefix("default "))
                        .map(str::to_owned),
                });
            }
            "about" => {}
            other => {
                return Err(fault(
                    number,
                    format!("unknown line `{other}`"),
                    "the lines are title:, about: and param:",
                ));
            }
        }
    }
    if query.title.is_empty() {
        return Err(fault(
            1,
            "no title".to_owned(),
            "begin with `-- title: what it answers`",
        ));
    }
    Ok(query)
}
