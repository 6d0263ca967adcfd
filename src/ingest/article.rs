//! Inputs to articles still unread: a file each, or many in a file.
//!
//! Finding articles is cheap and happens in order; reading one is the work and can happen anywhere.

use std::io::{BufRead, Read};

use super::container::{self, Opened, Place};
use super::entry::Entry;
use super::source::{self, Source};
use super::{Error, Format, Input, Options, decode, html, json, markdown, plain};
use crate::model::Document;

/// One article, not read yet.
#[derive(Debug)]
pub struct Article {
    pub(super) name: String,
    pub(super) content: Content,
    /// Bytes of the input that stand for this article, to tell how far reading has come.
    pub bytes: u64,
}

/// Articles as they are found, one by one.
pub(super) type Articles = Box<dyn Iterator<Item = Article> + Send>;

#[derive(Debug)]
pub(super) enum Content {
    /// A file to open.
    File(Input),
    /// A file in an archive, to open there.
    Member(Input, Place),
    /// What was read already.
    Bytes(Bytes),
    /// A JSON object, or a row of a table.
    Object(serde_json::Value),
    /// An article out of a file of many.
    Entry(Box<Entry>),
    /// A mail.
    Mail(Vec<u8>),
    /// What cannot be read.
    Failed(Error),
}

/// What was read of one article.
#[derive(Debug)]
pub(super) struct Bytes {
    pub(super) bytes: Vec<u8>,
    pub(super) format: Format,
    /// The end is missing.
    pub(super) cut_short: bool,
}

/// The articles of `inputs`, in their order. One that fails and is called like its file stands for all of the file that
/// could not be told apart.
pub fn articles(
    inputs: Vec<Input>,
    options: &Options,
) -> impl Iterator<Item = Article> + Send + use<> {
    let limit = options.limit_of_file;
    inputs
        .into_iter()
        .flat_map(move |input| articles_in(input, limit))
}

impl Article {
    /// What its document is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads it.
    pub fn read(self, options: &Options) -> Result<Document, Error> {
        let limit = options.limit;
        let document = match self.content {
            Content::Failed(error) => Err(error),
            Content::Object(value) => json::article(self.name, &value, options),
            Content::Entry(entry) => entry.read(self.name, options),
            Content::Mail(bytes) => mail(self.name, &bytes, options),
            Content::Bytes(bytes) => document(self.name, bytes, options),
            Content::File(input) => whole(source::open(&input), &input, options),
            Content::Member(input, place) => {
                let opened = place
                    .open()
                    .map_err(|error| source::failed(&input, true, error))
                    .and_then(|raw| source::of_reader(&input, raw));
                whole(opened, &input, options)
            }
        };
        let mut document = within(document?, limit)?;
        options.given.settle(&mut document, &options.months);
        let meta = &mut document.meta;
        let outlets = &options.outlets;
        meta.publisher = outlets.name(meta.publisher.as_deref(), meta.url.as_deref());
        Ok(document)
    }
}

impl Bytes {
    /// What was made of a file, whole.
    pub(super) fn whole(bytes: Vec<u8>, format: Format) -> Bytes {
        Bytes {
            bytes,
            format,
            cut_short: false,
        }
    }

    /// All of a file.
    pub(super) fn of(input: &Input, opened: Source, limit: u64) -> Result<Bytes, Error> {
        let format = opened.format;
        let (bytes, cut_short) = source::bytes(input, opened, limit)?;
        Ok(Bytes {
            bytes,
            format,
            cut_short,
        })
    }
}

/// The article that a whole file is.
fn whole(
    opened: Result<Source, Error>,
    input: &Input,
    options: &Options,
) -> Result<Document, Error> {
    let opened = opened?;
    // A character of text has four bytes at the most; markup and metadata have no such bound.
    let limit = match opened.format {
        Format::Plain | Format::Markdown => 4 * options.limit,
        _ => options.limit_of_file,
    };
    let bytes = Bytes::of(input, opened, limit).map_err(|error| match error {
        Error::TooLarge { name, .. } if limit == 4 * options.limit => Error::TooLarge {
            name,
            limit: options.limit,
        },
        error => error,
    });
    document(input.name.clone(), bytes?, options)
}

/// `document`, unless its text is larger than `limit`. Zero characters would end the text for SQLite: they are replaced.
fn within(document: Document, limit: u64) -> Result<Document, Error> {
    if document.text().len() as u64 > limit {
        let name = document.name().to_owned();
        return Err(Error::TooLarge { name, limit });
    }
    if !document.text().contains('\0') {
        return Ok(document);
    }
    let text = document.text().replace('\0', "\u{FFFD}");
    let mut meta = document.meta.clone();
    meta.changes.push("zero characters became U+FFFD");
    Ok(Document::new(document.name(), text, meta))
}

fn mail(name: String, bytes: &[u8], options: &Options) -> Result<Document, Error> {
    container::mail(&name, bytes)?.read(name, options)
}

fn articles_in(input: Input, limit: u64) -> Articles {
    let size = input
        .path
        .as_ref()
        .and_then(|path| std::fs::metadata(path).ok())
        .map_or(0, |meta| meta.len());
    let one = |name, content| {
        Box::new(std::iter::once(Article {
            name,
            content,
            bytes: size,
        }))
    };
    if Format::of_name(&input).is_some_and(Format::is_single) {
        return one(input.name.clone(), Content::File(input));
    }
    match source::open(&input) {
        // A file is opened again by whoever reads it; a pipe, which has no size, cannot be.
        Ok(mut source) if source.format == Format::Plain && size > 0 => match source.is_export() {
            false => one(input.name.clone(), Content::File(input)),
            true => Opened {
                input,
                source,
                size,
                limit,
                depth: 0,
            }
            .articles(),
        },
        Ok(source) => Opened {
            input,
            source,
            size,
            limit,
            depth: 0,
        }
        .articles(),
        Err(error) => one(input.name, Content::Failed(error)),
    }
}

pub(super) fn document(name: String, read: Bytes, options: &Options) -> Result<Document, Error> {
    let Bytes {
        bytes,
        format,
        cut_short,
    } = read;
    if decode::is_blank(&bytes) {
        return Err(Error::Empty { name });
    }
    if format == Format::Mail {
        return mail(name, &bytes, options);
    }
    if decode::is_binary(&bytes) {
        return Err(Error::Binary { name });
    }
    let (text, encoding) = match format {
        Format::Html => decode::text_of_html(bytes),
        _ => decode::text(bytes, None),
    };
    let mut document = match format {
        Format::Html => html::read(name, &text, options)?,
        Format::Markdown => markdown::read(name, &text, options),
        Format::Lines | Format::Json => json::read(name, &text, options)?,
        _ => plain::read(name, text, options),
    };
    document.meta.encoding = encoding;
    document.meta.cut_short = cut_short;
    Ok(document)
}

/// The lines of a file, each an article; empty ones are left out.
pub(super) struct Lines {
    input: Input,
    source: Option<Source>,
    number: u64,
    /// Bytes of the file, told with its first line where lines do not tell how much of the file they are.
    size: u64,
    limit: u64,
}

impl Lines {
    pub(super) fn new(opened: Opened) -> Lines {
        Lines {
            input: opened.input,
            source: Some(opened.source),
            number: 0,
            size: opened.size,
            limit: opened.limit,
        }
    }

    /// The next line with its break; `None` behind the last.
    fn line(&mut self) -> Option<Result<Vec<u8>, Error>> {
        let source = self.source.as_mut()?;
        let mut line = Vec::new();
        let mut part = (&mut source.reader).take(self.limit + 1);
        let read = part.read_until(b'\n', &mut line).and_then(|length| {
            let is_whole = length as u64 <= self.limit || line.ends_with(b"\n");
            if !is_whole {
                // Only this line is too long; those behind it are read.
                source.reader.skip_until(b'\n')?;
            }
            Ok(length)
        });
        match read {
            Ok(0) => None,
            Ok(_) if line.len() as u64 > self.limit => Some(Err(Error::TooLarge {
                name: format!("{}:{}", self.input.name, self.number + 1),
                limit: self.limit,
            })),
            Ok(_) => Some(Ok(line)),
            Err(error) => {
                let packed = source.packed;
                self.source = None;
                Some(Err(match source::failed(&self.input, packed, error) {
                    Error::Packed { name } if self.number > 0 => Error::CutShort {
                        name,
                        lines: self.number,
                    },
                    error => error,
                }))
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        loop {
            let line = self.line();
            if line.is_none() && self.number == 0 {
                self.number = 1;
                let name = self.input.name.clone();
                return Some(Article {
                    name: name.clone(),
                    content: Content::Failed(Error::Empty { name }),
                    bytes: self.size,
                });
            }
            self.number += 1;
            let packed = self.source.as_ref().is_none_or(|source| source.packed);
            let (content, length) = match line? {
                Ok(line) if decode::is_blank(&line) => continue,
                Ok(bytes) => {
                    let length = bytes.len() as u64;
                    let line = Bytes {
                        bytes,
                        format: Format::Lines,
                        cut_short: false,
                    };
                    (Content::Bytes(line), length)
                }
                Err(error) => (Content::Failed(error), 0),
            };
            let name = match self.source {
                Some(_) => format!("{}:{}", self.input.name, self.number),
                // Here the file breaks off: whatever else it held is not known.
                None => self.input.name.clone(),
            };
            return Some(Article {
                name,
                content,
                bytes: match packed {
                    false => length,
                    true => std::mem::take(&mut self.size),
                },
            });
        }
    }
}
