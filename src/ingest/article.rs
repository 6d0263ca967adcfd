//! Inputs to articles still unread: a file each, or many in a file of JSON, which is read a line at a time.
//!
//! Finding articles is cheap and happens in order; reading one is the work and can happen anywhere.

use std::io::{BufRead, Read};

use super::source::{self, Format, Source};
use super::{Error, Input, Options, decode, html, json, markdown, plain};
use crate::model::Document;

/// One article, not read yet.
#[derive(Debug)]
pub struct Article {
    name: String,
    content: Content,
    /// Bytes of the input that stand for this article, to tell how far reading has come.
    pub bytes: u64,
}

#[derive(Debug)]
enum Content {
    /// A file to open.
    File(Input),
    /// What was read already.
    Bytes(Bytes),
    /// A JSON object.
    Object(serde_json::Value),
    /// What cannot be read.
    Failed(Error),
}

/// What was read of one article.
#[derive(Debug)]
struct Bytes {
    bytes: Vec<u8>,
    format: Format,
    /// The end is missing.
    cut_short: bool,
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
        let document = match self.content {
            Content::Failed(error) => Err(error),
            Content::Object(value) => json::article(self.name, &value, options),
            Content::Bytes(bytes) => document(self.name, bytes, options),
            Content::File(input) => {
                let opened = source::open(&input)?;
                // A character of text has four bytes at the most; markup and metadata have no such bound.
                let limit = match opened.format {
                    Format::Plain | Format::Markdown => 4 * options.limit,
                    Format::Html | Format::Json | Format::Lines => options.limit_of_file,
                };
                let bytes = Bytes::of(&input, opened, limit).map_err(|error| match error {
                    Error::TooLarge { name, .. } if limit == 4 * options.limit => Error::TooLarge {
                        name,
                        limit: options.limit,
                    },
                    error => error,
                });
                document(self.name, bytes?, options)
            }
        };
        within(document?, options.limit)
    }
}

impl Bytes {
    fn of(input: &Input, opened: Source, limit: u64) -> Result<Bytes, Error> {
        let format = opened.format;
        let (bytes, cut_short) = source::bytes(input, opened, limit)?;
        Ok(Bytes {
            bytes,
            format,
            cut_short,
        })
    }
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

fn articles_in(input: Input, limit: u64) -> Box<dyn Iterator<Item = Article> + Send> {
    let size = input
        .path
        .as_ref()
        .and_then(|path| std::fs::metadata(path).ok())
        .map_or(0, |meta| meta.len());
    let one = |content| {
        let article = Article {
            name: input.name.clone(),
            content,
            bytes: size,
        };
        Box::new(std::iter::once(article))
    };
    if matches!(
        Format::of_name(&input),
        Some(Format::Plain | Format::Markdown | Format::Html)
    ) {
        return one(Content::File(input.clone()));
    }
    let opened = match source::open(&input) {
        Ok(opened) => opened,
        Err(error) => return one(Content::Failed(error)),
    };
    if opened.format == Format::Lines {
        return Box::new(Lines::new(input, opened, size, limit));
    }
    let read = match Bytes::of(&input, opened, limit) {
        Ok(read) => read,
        Err(error) => return one(Content::Failed(error)),
    };
    let bytes = &read.bytes;
    if read.format != Format::Json || decode::is_blank(bytes) || decode::is_binary(bytes) {
        return one(Content::Bytes(read));
    }
    match json::parse(&decode::text(read.bytes, None).0).map(|(value, _)| value) {
        Ok(serde_json::Value::Array(values)) => {
            let name = input.name;
            Box::new((1..).zip(values).map(move |(number, value)| Article {
                name: format!("{name}:{number}"),
                content: Content::Object(value),
                bytes: if number == 1 { size } else { 0 },
            }))
        }
        Ok(value) => one(Content::Object(value)),
        Err(error) => one(Content::Failed(Error::Json {
            name: input.name.clone(),
            message: error.to_string(),
        })),
    }
}

fn document(name: String, read: Bytes, options: &Options) -> Result<Document, Error> {
    let Bytes {
        bytes,
        format,
        cut_short,
    } = read;
    if decode::is_blank(&bytes) {
        return Err(Error::Empty { name });
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
        Format::Markdown => markdown::read(name, text, options),
        Format::Lines | Format::Json => json::read(name, &text, options)?,
        Format::Plain => plain::read(name, text, options),
    };
    document.meta.encoding = encoding;
    document.meta.cut_short = cut_short;
    Ok(document)
}

/// The lines of a file, each an article; empty ones are left out.
struct Lines {
    input: Input,
    source: Option<Source>,
    number: u64,
    /// Bytes of the file, told with its first line where lines do not tell how much of the file they are.
    size: u64,
    limit: u64,
}

impl Lines {
    fn new(input: Input, source: Source, size: u64, limit: u64) -> Lines {
        Lines {
            input,
            source: Some(source),
            number: 0,
            size,
            limit,
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
