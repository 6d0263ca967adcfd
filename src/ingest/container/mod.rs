//! Files of many articles, and archives of such files: each format opens in a file of its own and hands on articles that
//! are not read yet, one by one, so that a file of any size needs no more memory than its largest article.

mod archive;
mod book;
mod feed;
mod json_file;
mod mailbox;
mod news_xml;
mod office;
mod sheet;
mod table;
mod tarball;
mod warc;

use std::io::BufRead;

pub(super) use archive::Place;
pub(super) use mailbox::mail;

use super::article::{Article, Articles, Bytes, Content, Lines};
use super::entry::{Body, Entry};
use super::source::{self, Source};
use super::{Error, Format, Input, decode, export, pdf, rtf, subtitles, xml};

/// Archives inside each other.
const DEEPEST: u8 = 4;

/// A file that is open, and what is to know of it.
pub(super) struct Opened {
    pub(super) input: Input,
    pub(super) source: Source,
    /// Bytes of the file on the disk, told with its first article.
    pub(super) size: u64,
    /// The most bytes of one article.
    pub(super) limit: u64,
    /// Archives around it.
    pub(super) depth: u8,
}

impl Opened {
    /// The articles in it.
    pub(super) fn articles(self) -> Articles {
        match self.source.format {
            Format::Lines => Box::new(Lines::new(self)),
            Format::Table => table::articles(self),
            Format::Mailbox => mailbox::articles(self),
            Format::Warc => warc::articles(self),
            Format::Tar | Format::Zip if self.depth >= DEEPEST => {
                let message = "too many archives inside each other".to_owned();
                self.failed("archive", message)
            }
            Format::Tar => tarball::articles(self),
            Format::Zip | Format::Sheet => archive::articles(self),
            _ => self.whole(),
        }
    }

    /// The articles of a file that is read in one piece.
    fn whole(self) -> Articles {
        let Opened {
            input,
            source,
            size,
            limit,
            ..
        } = self;
        let format = source.format;
        let file = File {
            name: input.name.clone(),
            size,
        };
        let (bytes, cut_short) = match source::bytes(&input, source, limit) {
            Ok(read) => read,
            Err(error) => return file.one(Content::Failed(error)),
        };
        if decode::is_blank(&bytes) {
            return file.one(Content::Bytes(Bytes::whole(bytes, Format::Plain)));
        }
        match format {
            Format::Pdf => match pdf::text(&file.name, &bytes) {
                Ok(text) => file.texts(text),
                Err(error) => file.one(Content::Failed(error)),
            },
            Format::Rtf => match rtf::text(&bytes) {
                Ok(text) => file.texts(text),
                Err(message) => file.failed("RTF", message),
            },
            Format::Plain if export::is_export(&bytes) => {
                let text = decode::text(bytes, None).0;
                file.texts(text)
            }
            _ if decode::is_binary(&bytes) => {
                file.one(Content::Bytes(Bytes::whole(bytes, Format::Plain)))
            }
            Format::Json => json_file::articles(file, bytes),
            Format::Xml => {
                let text = decode::text(bytes, None).0;
                match xml::parse(&text) {
                    Ok(root) => file.xml(&root),
                    Err(message) => file.failed("XML", message),
                }
            }
            Format::Subtitles => {
                let text = decode::text(bytes, None).0;
                match subtitles::text(&text) {
                    Some(text) => file.one(Content::Entry(Box::new(Entry {
                        body: Body::Text(text),
                        title_is_apart: true,
                        ..Entry::default()
                    }))),
                    None => file.failed("subtitles", "no cue with a time".to_owned()),
                }
            }
            format => file.one(Content::Bytes(Bytes {
                bytes,
                format,
                cut_short,
            })),
        }
    }

    fn failed(self, format: &'static str, message: String) -> Articles {
        let file = File {
            name: self.input.name,
            size: self.size,
        };
        file.failed(format, message)
    }
}

/// A file's name and its bytes on the disk: what its articles are made of.
struct File {
    name: String,
    size: u64,
}

impl File {
    /// The only article of the file.
    fn one(self, content: Content) -> Articles {
        Box::new(std::iter::once(Article {
            name: self.name,
            content,
            bytes: self.size,
        }))
    }

    /// No article: the file is broken.
    fn failed(self, format: &'static str, message: String) -> Articles {
        let name = self.name.clone();
        self.one(Content::Failed(Error::Broken {
            name,
            format,
            message,
        }))
    }

    /// Many articles, numbered from 1.
    fn numbered(
        self,
        contents: impl IntoIterator<Item = Content, IntoIter: Send + 'static>,
    ) -> Articles {
        let File { name, size } = self;
        Box::new(
            (1u64..)
                .zip(contents)
                .map(move |(number, content)| Article {
                    name: format!("{name}:{number}"),
                    content,
                    bytes: if number == 1 { size } else { 0 },
                }),
        )
    }

    fn entries(self, entries: Vec<Entry>) -> Articles {
        self.numbered(
            entries
                .into_iter()
                .map(|entry| Content::Entry(Box::new(entry))),
        )
    }

    /// A text that may be an export of many articles.
    fn texts(self, text: String) -> Articles {
        let entries = export::entries(&text);
        if entries.is_empty() {
            return self.one(Content::Bytes(Bytes::whole(
                text.into_bytes(),
                Format::Plain,
            )));
        }
        self.entries(entries)
    }

    /// A feed, or news markup.
    fn xml(self, root: &xml::Element) -> Articles {
        let name = self.name.clone();
        if let Some(entries) = feed::entries(root) {
            return match entries.is_empty() {
                true => self.one(Content::Failed(Error::Empty { name })),
                false => self.entries(entries),
            };
        }
        let Some(mut entries) = news_xml::entries(root) else {
            return self.one(Content::Failed(Error::Unknown { name }));
        };
        match (entries.len(), entries.pop()) {
            (1, Some(entry)) => self.one(Content::Entry(Box::new(entry))),
            (_, Some(entry)) => {
                entries.push(entry);
                self.entries(entries)
            }
            (_, None) => self.one(Content::Failed(Error::Empty { name })),
        }
    }
}

/// A line with its break, at most `limit` bytes of it; `false` behind the last.
fn read_line(reader: &mut dyn BufRead, line: &mut Vec<u8>, limit: u64) -> std::io::Result<bool> {
    use std::io::Read;
    line.clear();
    let length = reader.take(limit).read_until(b'\n', line)?;
    Ok(length > 0)
}
