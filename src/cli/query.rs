//! `query`, `sql`: saved queries and SQL of a user's own.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use include_dir::{Dir, include_dir};

use super::data::Database;
use super::failure::Failure;
use super::rows::{self, Format};
use super::{Found, named};
use crate::store::{Cell, Table};

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
    let mut files: Vec<(String, String)> = SAVED
        .files()
        .filter_map(|file| {
            Some((
                file.path().file_stem()?.to_str()?.to_owned(),
                file.contents_utf8()?.to_owned(),
            ))
        })
        .collect();
    for folder in folders {
        let folder = folder.join("saved");
        let entries = std::fs::read_dir(&folder).map_err(|e| {
            Failure::new(
                format!("cannot read `{}`: {e}", folder.display()),
                "a folder of queries holds saved/*.sql",
            )
        })?;
        for path in entries
            .filter_map(|e| e.ok().map(|e| e.path()))
            .filter(|p| p.extension().is_some_and(|e| e == "sql"))
        {
            let text = std::fs::read_to_string(&path).map_err(|e| {
                Failure::new(
                    format!("cannot read `{}`: {e}", path.display()),
                    "it must be UTF-8 text",
                )
            })?;
            files.push((
                path.file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                text,
            ));
        }
    }
    let mut saved: Vec<SavedQuery> = Vec::new();
    for (name, text) in files {
        let query = parse(name, &text)?;
        saved.retain(|q| q.name != query.name);
        saved.push(query);
    }
    saved.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(saved)
}

fn parse(name: String, text: &str) -> Result<SavedQuery, Failure> {
    let mut query = SavedQuery {
        name,
        title: String::new(),
        parameters: Vec::new(),
        sql: text.to_owned(),
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
                return Err(Failure::new(
                    format!(
                        "queries/saved/{}.sql:{number}: unknown line `{other}`",
                        query.name
                    ),
                    "the lines are title:, about: and param:",
                ));
            }
        }
    }
    if query.title.is_empty() {
        return Err(Failure::new(
            format!("queries/saved/{}.sql:1: no title", query.name),
            "begin with `-- title: what it answers`",
        ));
    }
    Ok(query)
}
