//! Saved queries: SQL files with leading `--` lines. In: folders. Out: [`SavedQuery`], by name. It runs none.

use std::path::PathBuf;

use include_dir::{Dir, include_dir};

use super::failure::Failure;
use crate::lexicon::{self, Fault};
use crate::model::Place;
use crate::store::Store;

static SAVED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries/saved");

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
    /// What its values are.
    pub kind: Kind,
    /// It must be given.
    pub required: bool,
    /// Its value when it is not given.
    pub default: Option<String>,
}

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    #[default]
    Text,
    /// An id, name or alias; the id is passed on.
    Entity,
    /// A day: 2025-03-31.
    Day,
    /// A number from 1.
    Count,
    /// The name of an act.
    Act,
    /// Words to search for in the full-text index.
    Words,
}

/// The kinds by the words that name them.
const KINDS: [(&str, Kind); 6] = [
    ("text", Kind::Text),
    ("entity", Kind::Entity),
    ("day", Kind::Day),
    ("count", Kind::Count),
    ("act", Kind::Act),
    ("words", Kind::Words),
];

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
            "param" => match parameter(value) {
                Ok(parameter) => query.parameters.push(parameter),
                Err(word) => {
                    return Err(fault(
                        number,
                        format!("unknown word `{word}` of a parameter"),
                        "write NAME = text, entity, day, count, act or words, then required or default VALUE",
                    ));
                }
            },
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

/// `about = entity, required`; or the word that means nothing.
fn parameter(line: &str) -> Result<Parameter, String> {
    let (name, words) = line.split_once('=').unwrap_or((line, ""));
    let mut parameter = Parameter {
        name: name.trim().to_owned(),
        kind: Kind::default(),
        required: false,
        default: None,
    };
    for word in words.split(',').map(str::trim).filter(|w| !w.is_empty()) {
        if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == word) {
            parameter.kind = *kind;
        } else if let Some(value) = word.strip_prefix("default ") {
            parameter.default = Some(value.trim().to_owned());
        } else if word == "required" {
            parameter.required = true;
        } else {
            return Err(word.to_owned());
        }
    }
    Ok(parameter)
}
