//! spaCy's EntityRuler patterns, one JSON object a line: `{"label", "pattern", "id"}`.
//!
//! A pattern is a string, or tokens that say ORTH, TEXT or LOWER (also with IN); what matches by shape, expression or
//! number cannot be a name. Patterns with one id are names of one entry.

use serde_json::{Map, Value, json};

use super::{Listed, Options, Rows, Source, cells, lines, words};

/// The most names that one pattern may stand for.
const MOST: usize = 64;

pub fn read(source: &mut Source<'_>, bytes: &[u8], options: &Options) {
    let mut by_id = std::collections::BTreeMap::new();
    for (line, text) in lines(bytes) {
        if text.trim().is_empty() {
            continue;
        }
        let Ok(Value::Object(object)) = serde_json::from_str::<Value>(&text) else {
            source.fault(
                line,
                "no JSON object",
                "one object a line: label, pattern, id",
            );
            continue;
        };
        let label = object.get("label").and_then(Value::as_str).unwrap_or("");
        let Some(kind) = words::kind(label).or(options.kind) else {
            source.fault(
                line,
                format!("the label `{label}` is no kind of ours"),
                "person, organization and place are taken; say --kind to take all as one",
            );
            continue;
        };
        let names = match pattern(object.get("pattern")) {
            Ok(names) => names,
            Err(why) => {
                source.fault(
                    line,
                    why,
                    "give the names as strings, or as ORTH, TEXT and LOWER",
                );
                continue;
            }
        };
        let mut good = Vec::new();
        for name in names {
            match cells::name(&name) {
                Ok(name) => good.push(name),
                Err(why) => source.fault(
                    line,
                    format!("the pattern `{name}` {why}"),
                    "give the name as it stands in text",
                ),
            }
        }
        let id = object.get("id").and_then(Value::as_str).unwrap_or("");
        let mut good = good.into_iter();
        let known = by_id.get(&(kind, id.to_owned())).copied();
        if let Some(at) = known
            && !id.is_empty()
        {
            let entry: &mut Listed = &mut source.rows.entries[at];
            entry.aliases.extend(good);
        } else if let Some(name) = good.next() {
            let entry = Listed {
                kind: Some(kind),
                id: id.to_owned(),
                name,
                aliases: good.collect(),
                sort: words::sort(label).to_owned(),
                ..Listed::default()
            };
            if let Some(at) = source.add(entry, line, options) {
                by_id.insert((kind, id.to_owned()), at);
            }
        }
    }
}

/// The names that a pattern stands for.
fn pattern(pattern: Option<&Value>) -> Result<Vec<String>, String> {
    let tokens = match pattern {
        Some(Value::String(name)) => return Ok(vec![name.clone()]),
        Some(Value::Array(tokens)) if !tokens.is_empty() => tokens,
        _ => return Err("no pattern".to_owned()),
    };
    let mut names = vec![String::new()];
    for token in tokens {
        let words = token
            .as_object()
            .map(token_words)
            .unwrap_or_else(|| Err("a token of the pattern is no object".to_owned()))?;
        if words.len() * names.len() > MOST {
            return Err(format!("the pattern stands for more than {MOST} names"));
        }
        names = names
            .iter()
            .flat_map(|name| words.iter().map(move |word| join(name, word)))
            .collect();
    }
    Ok(names)
}

fn join(name: &str, word: &str) -> String {
    if name.is_empty() {
        word.to_owned()
    } else {
        format!("{name} {word}")
    }
}

fn token_words(token: &Map<String, Value>) -> Result<Vec<String>, String> {
    let mut found = Err("a token of the pattern says no word".to_owned());
    for (attribute, value) in token {
        let lower = match attribute.as_str() {
            "ORTH" | "TEXT" | "orth" | "text" => false,
            "LOWER" | "lower" => true,
            other => return Err(format!("`{other}` in a pattern is no word")),
        };
        let word = |value: &Value| {
            let word = value.as_str()?;
            Some(if lower {
                cells::people_of(word)
            } else {
                word.to_owned()
            })
        };
        let words: Option<Vec<String>> = match value {
            Value::Object(set) if set.len() == 1 => set
                .get("IN")
                .and_then(Value::as_array)
                .and_then(|words| words.iter().map(word).collect()),
            value => word(value).map(|word| vec![word]),
        };
        found = words
            .filter(|words| !words.is_empty())
            .ok_or_else(|| format!("`{attribute}` in a pattern is no word and no IN with words"));
    }
    found
}

/// The names of `rows` as patterns; weak names are left out, for spaCy has no such thing.
pub fn write(rows: &Rows) -> String {
    let mut out = String::new();
    for entry in &rows.entries {
        let label = match entry.kind {
            Some(crate::model::EntityKind::Person) => "PERSON",
            Some(crate::model::EntityKind::Organization) => "ORG",
            _ => "GPE",
        };
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let line = json!({"label": label, "pattern": name, "id": entry.id});
            out.push_str(&line.to_string());
            out.push('\n');
        }
    }
    out
}
