//! Files and folders to documents.
//!
//! In: paths. Out: documents with their text as it stands and what the file says about them. Nothing is guessed: the
//! date of the file itself is never the date of the article.

mod calendar;
mod decode;
mod error;
mod find;
mod html;
mod markdown;
mod ndjson;
mod plain;

use std::collections::BTreeMap;
use std::io::Read;

pub use calendar::Months;
pub use error::Error;
pub use find::{Input, find};

use crate::model::{Document, Meta};

/// How to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language's names of months.
    pub months: Months,
    /// Field names of JSON articles that are not among the known ones: what it is ("text", "title", "date", "publisher",
    /// "author", "url") to the name.
    pub fields: BTreeMap<String, String>,
    /// The most bytes of one file, unpacked.
    pub limit: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            months: Months::default(),
            fields: BTreeMap::new(),
            limit: 1 << 30,
        }
    }
}

/// Reads the articles of one file: one, or one a line of `.jsonl`. Each article may fail alone.
pub fn read(input: &Input, options: &Options) -> Vec<Result<Document, Error>> {
    match bytes(input, options) {
        Ok(bytes) => articles(input, bytes, options),
        Err(error) => vec![Err(error)],
    }
}

fn articles(input: &Input, bytes: Vec<u8>, options: &Options) -> Vec<Result<Document, Error>> {
    let name = input.name.clone();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return vec![Err(Error::Empty { name })];
    }
    if decode::is_binary(&bytes) {
        return vec![Err(Error::Binary { name })];
    }
    match input.extension() {
        "jsonl" | "ndjson" => ndjson::read(input, &decode::text(bytes, None), options),
        "html" | "htm" => {
            let text = decode::text_of_html(bytes);
            vec![html::read(name, &text, options)]
        }
        "md" | "markdown" => vec![Ok(markdown::read(name, decode::text(bytes, None), options))],
        _ => vec![Ok(plain::read(name, decode::text(bytes, None), options))],
    }
}

/// The bytes of a file or of standard input, unpacked.
fn bytes(input: &Input, options: &Options) -> Result<Vec<u8>, Error> {
    let unreadable = |source| Error::Unreadable {
        path: input.path.clone().unwrap_or_else(|| "-".into()),
        source,
    };
    let reader: Box<dyn Read> = match &input.path {
        Some(path) => Box::new(std::fs::File::open(path).map_err(unreadable)?),
        None => Box::new(std::io::stdin()),
    };
    let mut reader = if input.is_packed() {
        Box::new(flate2::read::MultiGzDecoder::new(reader))
    } else {
        reader
    };
    let mut bytes = Vec::new();
    reader
        .by_ref()
        .take(options.limit + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > options.limit {
        return Err(Error::TooLarge {
            name: input.name.clone(),
            limit: options.limit,
        });
    }
    Ok(bytes)
}

/// The language of `text` by its ISO 639-3 code, where a piece from its middle tells it reliably.
pub fn language(text: &str) -> Option<&'static str> {
    let middle = text.len() / 2;
    let at = |byte: usize| {
        (byte..=text.len())
            .find(|&b| text.is_char_boundary(b))
            .unwrap_or(text.len())
    };
    let piece = &text[at(middle.saturating_sub(250))..at((middle + 250).min(text.len()))];
    if piece.len() < 200 {
        return None;
    }
    let info = whatlang::detect(piece)?;
    info.is_reliable().then(|| info.lang().code())
}

/// A field's value, trimmed; `None` when nothing is left.
fn filled(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}

/// The title of `meta`, else `title`.
fn or_title(meta: Meta, title: Option<String>) -> Meta {
    Meta {
        title: meta.title.clone().or(title),
        ..meta
    }
}
