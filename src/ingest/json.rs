//! Articles as JSON objects: those of trafilatura, newspaper, news-please and their like.

use serde_json::Value;

use super::{Error, Months, Options, filled, html, or_title, plain};
use crate::model::{Date, Document, Meta};

/// Names of fields, in small letters without what stands between words: "Publication Date" is "publicationdate".
const TEXT: &[&str] = &[
    "text",
    "maintext",
    "fulltext",
    "articletext",
    "articlebody",
    "bodytext",
    "contenttext",
    "contenthtml",
    "content",
    "rawtext",
    "body",
    "article",
    "story",
];
const TITLE: &[&str] = &["title", "headline", "name", "articletitle"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publishdate",
    "datepublish",
    "publishedat",
    "publishedon",
    "pubdate",
    "datepublished",
    "publicationdate",
    "createdat",
    "datecreated",
    "day",
    "datemodify",
];
const PUBLISHER: &[&str] = &[
    "publisher",
    "source",
    "sitename",
    "outlet",
    "publication",
    "publicationtitle",
    "newspaper",
    "media",
    "medianame",
    "sourcename",
    "sourcedomain",
    "hostname",
    "domain",
];
const AUTHOR: &[&str] = &["author", "authors", "byline", "creator", "user"];
const URL: &[&str] = &["url", "link", "sourceurl", "permalink", "uri"];

/// What is put behind the name of a column that holds the text though its name does not say so.
pub(super) const GUESSED: &str = "\u{0}";

/// True for a name that says: this is the text.
pub(super) fn is_text(name: &str) -> bool {
    TEXT.contains(&plain_name(name).as_str())
}

/// True for an object with words of an article, or of a post.
pub(super) fn has_text(value: &Value) -> bool {
    let Value::Object(fields) = unwrapped(value) else {
        return false;
    };
    fields
        .iter()
        .any(|(name, value)| is_text(name) && words(value).is_some())
}

/// The object itself, or the only one in it: {"tweet": {…}}.
fn unwrapped(value: &Value) -> &Value {
    match value
        .as_object()
        .map(|fields| (fields.len(), fields.values().next()))
    {
        Some((1, Some(inner @ Value::Object(_)))) => inner,
        _ => value,
    }
}

fn plain_name(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

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
    let Value::Object(fields) = unwrapped(value) else {
        return Err(Error::Json {
            name,
            message: "no object".to_owned(),
        });
    };
    let value = |what: &str, known: &[&str]| -> Option<&Value> {
        let mapped = options.fields.get(what).map(String::as_str);
        let exact = mapped.and_then(|name| {
            let guessed = || fields.get(&format!("{name}{GUESSED}"));
            fields.get(name).or_else(guessed)
        });
        let has_words = |value: &&Value| words(value).is_some();
        exact.filter(has_words).or_else(|| {
            let mut values = known.iter().map(|known| {
                let mut named = fields.iter().filter(|(name, _)| plain_name(name) == *known);
                named.find_map(|(_, value)| Some(value).filter(has_words))
            });
            values.find_map(|value| value)
        })
    };
    let field = |what: &str, known: &[&str]| value(what, known).and_then(words);
    let guessed = || {
        let mut guessed = fields.iter().filter(|(name, _)| name.ends_with(GUESSED));
        words(guessed.next()?.1)
    };
    let Some(text) = field("text", TEXT).or_else(guessed) else {
        return Err(Error::NoText {
            name,
            fields: fields.keys().cloned().collect(),
        });
    };
    let text = match is_markup(&text) {
        true => html::paragraphs(&text),
        false => text,
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
    // A post of one line is no title of itself.
    let title = plain::title(&text, options).filter(|_| text.trim().contains('\n'));
    Ok(super::document(name, text, or_title(meta, title)))
}

/// A date in words, or in seconds or milliseconds since 1970.
fn day(value: &Value, options: &Options) -> Option<Date> {
    let written = words(value)?;
    let number = value.as_i64().or_else(|| written.trim().parse().ok());
    let Some(number) = number else {
        return options
            .months
            .date_of(&written)
            .or_else(|| year_last(&written, options));
    };
    if (20_000..60_000).contains(&number) {
        // Workbooks count days, from the last but one of 1899.
        return Months::date_of_seconds((number - 25_569) * 24 * 60 * 60);
    }
    if number.abs() < 100_000_000 {
        return Months::date_in_name(&written); // 20250303, or a year alone
    }
    let seconds = if number.abs() > 100_000_000_000 {
        number / 1000
    } else {
        number
    };
    Months::date_of_seconds(seconds)
}

/// "Sat Jan 15 10:25:00 +0000 2022"
fn year_last(date: &str, options: &Options) -> Option<Date> {
    let words: Vec<&str> = date.split_whitespace().collect();
    let [_, month, day, .., year] = words.as_slice() else {
        return None;
    };
    options.months.date_of(&format!("{day} {month} {year}"))
}

/// True for text with the tags of paragraphs in it.
fn is_markup(text: &str) -> bool {
    ["</p>", "<br", "</div>"]
        .iter()
        .any(|tag| text.contains(tag))
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
