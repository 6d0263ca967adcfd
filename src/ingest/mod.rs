//! Files and folders to documents.
//!
//! In: paths. Out: documents with their text as it stands and what the file says about them. Nothing is guessed: the
//! date of the file itself is never the date of the article.

mod article;
mod calendar;
mod container;
mod date_line;
mod decode;
mod entry;
mod error;
mod export;
mod find;
mod format;
mod given;
mod html;
mod json;
mod language;
mod markdown;
mod outlet;
mod page;
mod pdf;
mod plain;
mod root;
mod rtf;
mod source;
mod subtitles;
mod tag;
mod tame;
mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use article::{Article, articles};
pub use calendar::{DateWords, Months};
pub use error::Error;
pub use find::{Input, Scan, find, scan};
pub use given::{Beside, Given};
pub use language::other_language;
pub use outlet::Outlets;
pub use root::settle;

use crate::model::{Document, Meta};
use crate::text::LineSet;
use format::Format;

/// How to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language's names of months.
    pub months: Months,
    /// The words beside a date on a line of its own: "Published", "Sat", "GMT".
    pub date_words: DateWords,
    /// Lines that are the site's: none of them is a title.
    pub boilerplate: LineSet,
    /// Field names of JSON articles that are not among the known ones: what it is ("text", "title", "date", "publisher",
    /// "author", "url") to the name.
    pub fields: BTreeMap<String, String>,
    /// What the user says of the articles.
    pub given: Given,
    /// What outlets are called.
    pub outlets: Arc<Outlets>,
    /// The most bytes of one article's text.
    pub limit: u64,
    /// The most bytes of the page, file or line that holds one, unpacked: pictures inside a page are no text.
    pub limit_of_file: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            months: Months::default(),
            date_words: DateWords::default(),
            boilerplate: LineSet::default(),
            fields: BTreeMap::new(),
            given: Given::default(),
            outlets: Arc::default(),
            limit: 8 << 20,
            limit_of_file: 64 << 20,
        }
    }
}

/// Reads the articles of one file: one, or many in `.jsonl` and `.json`. Each article may fail alone.
pub fn read(input: &Input, options: &Options) -> Vec<Result<Document, Error>> {
    articles(vec![input.clone()], options)
        .map(|article| article.read(options))
        .collect()
}

/// The document of a text that was unpacked: it is stored as it is to be read.
fn document(name: String, text: String, meta: Meta) -> Document {
    let mended = crate::text::mend(&text).map(|mended| mended.text);
    Document::new(name, mended.unwrap_or(text), meta)
}

/// A field's value, trimmed; `None` when nothing is left.
fn filled(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then(|| value.replace('\0', "\u{FFFD}"))
}

/// The title of `meta`, else `title`.
fn or_title(meta: Meta, title: Option<String>) -> Meta {
    Meta {
        title: meta.title.clone().or(title),
        ..meta
    }
}
