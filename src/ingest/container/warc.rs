//! Crawls: the pages that a crawler was answered with.

use std::io::Read;

use super::{Article, Articles, Body, Content, Entry, File, Opened, read_line};
use crate::ingest::source::Source;
use crate::ingest::{Error, Input, source};

/// A crawl that is being read.
struct Crawl {
    input: Input,
    source: Source,
    size: u64,
    limit: u64,
    /// Records so far.
    number: u64,
    found: bool,
    ended: bool,
}

/// What the head of a record says.
#[derive(Default)]
struct Head {
    kind: String,
    url: String,
    length: u64,
}

pub(super) fn articles(opened: Opened) -> Articles {
    Box::new(Crawl {
        input: opened.input,
        source: opened.source,
        size: opened.size,
        limit: opened.limit,
        number: 0,
        found: false,
        ended: false,
    })
}

impl Iterator for Crawl {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        while !self.ended {
            let content = match self.record() {
                Ok(None) => continue,
                Ok(Some(entry)) => Content::Entry(Box::new(entry)),
                Err(error) => {
                    self.ended = true;
                    Content::Failed(error)
                }
            };
            self.found = true;
            return Some(Article {
                name: format!("{}:{}", self.input.name, self.number),
                content,
                bytes: std::mem::take(&mut self.size),
            });
        }
        if !self.found {
            self.found = true;
            let name = self.input.name.clone();
            let file = File {
                name: name.clone(),
                size: self.size,
            };
            let content = Content::Failed(Error::NothingInside { name });
            return file.one(content).next();
        }
        None
    }
}

impl Crawl {
    fn broken(&self, message: &str) -> Error {
        Error::Broken {
            name: format!("{}:{}", self.input.name, self.number),
            format: "WARC file",
            message: message.to_owned(),
        }
    }

    /// The page of the next record; `None` for records of other things.
    fn record(&mut self) -> Result<Option<Entry>, Error> {
        let Some(head) = self.head()? else {
            self.ended = true;
            return Ok(None);
        };
        let reader = &mut self.source.reader;
        let mut content = reader.take(head.length);
        let mut bytes = Vec::new();
        let wanted = matches!(head.kind.as_str(), "response" | "resource" | "conversion")
            && head.length <= self.limit;
        let read = match wanted {
            true => content.read_to_end(&mut bytes).map(|length| length as u64),
            false => std::io::copy(&mut content, &mut std::io::sink()),
        };
        let read = read.map_err(|error| source::failed(&self.input, self.source.packed, error))?;
        if read < head.length {
            return Err(self.broken("cut short"));
        }
        if !wanted {
            return Ok(None);
        }
        Ok(page(&head, bytes, self.limit).map(|body| Entry {
            body,
            url: Some(head.url),
            ..Entry::default()
        }))
    }

    /// The head of the next record; `None` at the end.
    fn head(&mut self) -> Result<Option<Head>, Error> {
        let mut line = Vec::new();
        let mut head = Head::default();
        let mut length = None;
        let mut begun = false;
        loop {
            let more = read_line(&mut self.source.reader, &mut line, 1 << 16)
                .map_err(|error| source::failed(&self.input, self.source.packed, error))?;
            let words = String::from_utf8_lossy(&line);
            let words = words.trim();
            if !more && !begun {
                return Ok(None);
            }
            if !more {
                return Err(self.broken("cut short"));
            }
            if !begun {
                if words.is_empty() {
                    continue;
                }
                self.number += 1;
                if !words.starts_with("WARC/") {
                    return Err(self.broken("a record that does not begin with its version"));
                }
                begun = true;
                continue;
            }
            if words.is_empty() {
                head.length = length.ok_or_else(|| self.broken("a record without a length"))?;
                return Ok(Some(head));
            }
            let Some((name, value)) = words.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => head.url = value.trim_matches(['<', '>']).to_owned(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
    }
}

/// The page in the bytes of a record: a good answer of HTTP with a page in it, or the page as it is.
fn page(head: &Head, bytes: Vec<u8>, limit: u64) -> Option<Body> {
    if head.kind == "conversion" {
        return Some(Body::Text(crate::ingest::decode::text(bytes, None).0));
    }
    if head.kind == "resource" || !bytes.starts_with(b"HTTP/") {
        return is_page(&bytes).then_some(Body::Page(bytes));
    }
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let headers = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = headers.split_whitespace().nth(1)?;
    let header = |name: &str| {
        headers.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            let is_it = known.trim().eq_ignore_ascii_case(name);
            is_it.then(|| value.trim().to_ascii_lowercase())
        })
    };
    let is_html = header("content-type").is_none_or(|kind| kind.contains("html"));
    if !status.starts_with('2') || !is_html {
        return None;
    }
    let mut body = bytes[end + 4..].to_vec();
    if header("transfer-encoding").is_some_and(|encoding| encoding.contains("chunked")) {
        body = unchunked(&body).unwrap_or(body);
    }
    if body.starts_with(&[0x1F, 0x8B]) {
        let mut unpacked = Vec::new();
        let decoder = flate2::read::MultiGzDecoder::new(body.as_slice());
        decoder.take(limit).read_to_end(&mut unpacked).ok()?;
        body = unpacked;
    }
    let charset = header("content-type").and_then(|kind| {
        let (_, charset) = kind.split_once("charset=")?;
        Some(charset.trim_matches('"').to_owned())
    });
    if let Some(charset) = charset {
        // What the answer says of its encoding goes before what the page says.
        let mut stated = format!("<meta charset=\"{charset}\">").into_bytes();
        stated.extend_from_slice(&body);
        body = stated;
    }
    is_page(&body).then_some(Body::Page(body))
}

fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 14)]).to_ascii_lowercase();
    ["<html", "<body", "<!doctype html", "<p", "<div"]
        .iter()
        .any(|tag| head.contains(tag))
}

/// A body sent in pieces, each behind its length; `None` where it was put together already.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length + 2..)?;
    }
}
