//! One article a line: the JSON of trafilatura, newspaper, news-please and their like.

use serde_json::{Map, Value};

use super::{Error, Input, Months, Options, filled, or_title, plain};
use crate::model::{Document, Meta};

const TEXT: &[&str] = &["text", "maintext", "content", "raw_text", "body", "article"];
const TITLE: &[&str] = &["title", "headline"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publish_date",
    "date_publish",
    "published_at",
    "pub_date",
    "datePublished",
];
const PUBLISHER: &[&str] = &[
    "publisher",
    "source",
    "sitename",
    "outlet",
    "source_domain",
    "hostname",
];
const AUTHOR: &[&str] = &["author", "authors", "byline"];
const URL: &[&str] = &["url", "link", "source_url"];

pub(super) fn read(input: &Input, file: &str, options: &Options) -> Vec<Result<Document, Error>> {
    (1..)
        .zip(file.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| article(format!("{}:{number}", input.name), line, options))
        .collect()
}

fn article(name: String, line: &str, options: &Options) -> Result<Document, Error> {
    let fields: Map<String, Value> = match serde_json::from_str(line) {
        Ok(fields) => fields,
        Err(error) => {
            return Err(Error::Json {
                name,
                message: error.to_string(),
            });
        }
    };
    let field = |what: &str, known: &[&str]| -> Option<String> {
        let mapped = options.fields.get(what).map(String::as_str);
        mapped
            .into_iter()
            .chain(known.iter().copied())
            .find_map(|key| words(fields.get(key)?))
    };
    let Some(text) = field("text", TEXT) else {
        return Err(Error::NoText {
            name,
            fields: fields.keys().cloned().collect(),
        });
    };
    let meta = Meta {
        title: field("title", TITLE).as_deref().and_then(filled),
        published: field("date", DATE)
            .and_then(|date| options.months.date_of(&date))
            .or_else(|| Months::date_in_name(&name)),
        publisher: field("publisher", PUBLISHER).as_deref().and_then(filled),
        author: field("author", AUTHOR).as_deref().and_then(filled),
        url: field("url", URL).as_deref().and_then(filled),
    };
    let title = plain::title(&text);
    Ok(Document::new(name, text, or_title(meta, title)))
}

/// A value's words: a string, or a list of strings.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(values) => {
            let list: Vec<String> = values.iter().filter_map(words).collect();
            (!list.is_empty()).then(|| list.join(", "))
        }
        Value::Object(fields) => words(fields.get("name")?),
        _ => None,
    }
}
