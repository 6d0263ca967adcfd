//! Articles as JSON objects: those of trafilatura, newspaper, news-please and their like.

use serde_json::Value;

use super::{Error, Months, Options, filled, or_title, plain};
use crate::model::{Date, Document, Meta};

const TEXT: &[&str] = &[
    "text",
    "maintext",
    "content",
    "raw_text",
    "body",
    "article",
    "articleBody",
];
const TITLE: &[&str] = &["title", "headline", "name"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publish_date",
    "date_publish",
    "published_at",
    "pub_date",
    "datePublished",
    "date_modify",
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

/// The article in `text`, one JSON object.
pub(super) fn read(name: String, text: &str, options: &Options) -> Result<Document, Error> {
    match parse(text) {
        Ok((value, mended)) => {
            let mut document = article(name, &value, options)?;
            document.meta.changes.extend(mended.then_some(MENDED));
            Ok(document)
        }
        Err(error) => Err(Error::Json {
            name,
            message: error.to_string(),
        }),
    }
}

/// What [`parse`] mends.
pub(super) const MENDED: &str =
    "strings with bare control characters or halves of surrogate pairs (these became U+FFFD)";

/// The value in `text`, and whether its strings were mended to get it. Programs write halves of surrogate pairs where they
/// cut a text in the middle of a character, and bare line breaks and tabs; neither shall cost the article.
pub(super) fn parse(text: &str) -> Result<(Value, bool), serde_json::Error> {
    serde_json::from_str(text)
        .map(|value| (value, false))
        .or_else(|error| match mended(text) {
            Some(text) => serde_json::from_str(&text).map(|value| (value, true)),
            None => Err(error),
        })
}

/// `text` with its strings as JSON wants them; `None` where there is nothing to mend.
fn mended(text: &str) -> Option<String> {
    use std::fmt::Write;
    let unit = |escape: &str| {
        let digits = escape.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    let (mut in_string, mut changed) = (false, false);
    while let Some(at) = rest.find(|c: char| c < ' ' || c == '"' || c == '\\') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut length = 1;
        match (from.chars().next()?, in_string) {
            ('"', _) => {
                in_string = !in_string;
                out.push('"');
            }
            ('\\', true) => {
                let pair = (unit(from), from.get(6..).and_then(unit));
                match pair {
                    (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => length = 12,
                    (Some(0xD800..=0xDFFF), _) => {
                        out.push_str("\\ufffd");
                        changed = true;
                        rest = &from[6..];
                        continue;
                    }
                    // The character behind the stroke goes with it, a quotation mark above all.
                    _ => length += from[1..].chars().next().map_or(0, char::len_utf8),
                }
                out.push_str(&from[..length]);
            }
            (control, true) if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(control)); // writing into a String cannot fail
                changed = true;
            }
            (other, _) => out.push(other),
        }
        rest = &from[length..];
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// The article that `value` is.
pub(super) fn article(name: String, value: &Value, options: &Options) -> Result<Document, Error> {
    let Value::Object(fields) = value else {
        return Err(Error::Json {
            name,
            message: "no object".to_owned(),
        });
    };
    let value = |what: &str, known: &[&str]| -> Option<&Value> {
        let mapped = options.fields.get(what).map(String::as_str);
        mapped
            .into_iter()
            .chain(known.iter().copied())
            .find_map(|key| fields.get(key).filter(|value| words(value).is_some()))
    };
    let field = |what: &str, known: &[&str]| value(what, known).and_then(words);
    let Some(text) = field("text", TEXT) else {
        return Err(Error::NoText {
            name,
            fields: fields.keys().cloned().collect(),
        });
    };
    let url = field("url", URL).as_deref().and_then(filled);
    let meta = Meta {
        title: field("title", TITLE).as_deref().and_then(filled),
        published: value("date", DATE)
            .and_then(|date| day(date, options))
            .or_else(|| plain::date(&text, options))
            .or_else(|| url.as_deref().and_then(Months::date_in_url))
            .or_else(|| Months::date_in_name(&name)),
        publisher: field("publisher", PUBLISHER).as_deref().and_then(filled),
        author: field("author", AUTHOR).as_deref().and_then(filled),
        url,
        ..Meta::default()
    };
    let title = plain::title(&text, options);
    Ok(Document::new(name, text, or_title(meta, title)))
}

/// A date in words, or in seconds or milliseconds since 1970.
fn day(value: &Value, options: &Options) -> Option<Date> {
    let Some(number) = value.as_i64() else {
        return options.months.date_of(&words(value)?);
    };
    let seconds = if number.abs() > 100_000_000_000 {
        number / 1000
    } else {
        number
    };
    Months::date_of_seconds(seconds)
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
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
