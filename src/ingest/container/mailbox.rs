//! Mails: one in a file, or many in a mailbox. Headers are metadata; what is quoted from another mail, and a signature, are
//! no text.

use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::{Article, Articles, Body, Content, Entry, File, Opened, read_line};
use crate::ingest::source::Source;
use crate::ingest::{Error, Input, html, source};

/// A mailbox that is being read.
struct Mails {
    input: Input,
    source: Source,
    size: u64,
    limit: u64,
    number: u64,
    ended: bool,
}

pub(super) fn articles(opened: Opened) -> Articles {
    let mails = Mails {
        input: opened.input,
        source: opened.source,
        size: opened.size,
        limit: opened.limit,
        number: 0,
        ended: false,
    };
    Box::new(mails)
}

impl Iterator for Mails {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        while !self.ended {
            let mail = self.mail();
            let file = File {
                name: self.input.name.clone(),
                size: 0,
            };
            let content = match mail {
                Ok(mail) if mail.iter().all(u8::is_ascii_whitespace) => {
                    if self.ended && self.number == 0 {
                        let name = file.name.clone();
                        self.number = 1;
                        return file.one(Content::Failed(Error::Empty { name })).next();
                    }
                    continue;
                }
                Ok(mail) => Content::Mail(mail),
                Err(error) => {
                    self.ended = true;
                    Content::Failed(error)
                }
            };
            self.number += 1;
            return Some(Article {
                name: format!("{}:{}", file.name, self.number),
                content,
                bytes: std::mem::take(&mut self.size),
            });
        }
        None
    }
}

impl Mails {
    /// The bytes up to the next line that begins a mail.
    fn mail(&mut self) -> Result<Vec<u8>, Error> {
        let (mut mail, mut line) = (Vec::new(), Vec::new());
        let mut after_blank = true;
        loop {
            let more = read_line(&mut self.source.reader, &mut line, self.limit);
            if !more.map_err(|error| source::failed(&self.input, self.source.packed, error))? {
                self.ended = true;
                return Ok(mail);
            }
            if after_blank && line.starts_with(b"From ") {
                if mail.is_empty() {
                    continue;
                }
                return Ok(mail);
            }
            after_blank = line.iter().all(u8::is_ascii_whitespace);
            // A line of the text that looks like the start of a mail was quoted when the mail was put in.
            let quoted = line.iter().take_while(|&&byte| byte == b'>').count();
            let unquoted = quoted > 0 && line[quoted..].starts_with(b"From ");
            mail.extend_from_slice(&line[usize::from(unquoted)..]);
            if mail.len() as u64 > self.limit {
                return Err(Error::TooLarge {
                    name: format!("{}:{}", self.input.name, self.number + 1),
                    limit: self.limit,
                });
            }
        }
    }
}

/// The article that a mail is: its own words, or the page that was saved as one.
pub(in crate::ingest) fn mail(name: &str, bytes: &[u8]) -> Result<Entry, Error> {
    let broken = |message: &str| Error::Broken {
        name: name.to_owned(),
        format: "mail",
        message: message.to_owned(),
    };
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| broken("no headers"))?;
    if message.from().is_none() && message.subject().is_none() && message.date().is_none() {
        return Err(broken("no headers"));
    }
    let location = ["Snapshot-Content-Location", "Content-Location"]
        .iter()
        .find_map(|header| message.header(*header).and_then(HeaderValue::as_text));
    if let Some(page) = page(&message, location.is_some()) {
        return Ok(Entry {
            body: Body::Page(page),
            title: message.subject().map(str::to_owned),
            url: location.map(str::to_owned),
            ..Entry::default()
        });
    }
    let text = body(&message).ok_or_else(|| Error::Empty {
        name: name.to_owned(),
    })?;
    let date = message
        .date()
        .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    Ok(Entry {
        body: Body::Text(text),
        title: message.subject().map(str::to_owned),
        date,
        publisher: outlet(&message),
        author: message.from().and_then(sender),
        title_is_apart: true,
        ..Entry::default()
    })
}

/// The page of a mail that is a page: one that says where it was.
fn page(message: &Message, is_page: bool) -> Option<Vec<u8>> {
    if !is_page {
        return None;
    }
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) => Some(format!("<meta charset=\"utf-8\">{page}").into_bytes()),
        _ => None,
    })
}

/// The words of a mail, the plain version first.
fn body(message: &Message) -> Option<String> {
    let part = |ids: &[u32]| {
        let mut parts = ids.iter().filter_map(|&id| message.parts.get(id as usize));
        parts.find(|part| {
            let attached = part
                .content_disposition()
                .is_some_and(|disposition| disposition.is_attachment());
            !attached
        })
    };
    let plain = part(&message.text_body).and_then(|part| match &part.body {
        PartType::Text(text) => Some(own_words(text)),
        _ => None,
    });
    let page = || {
        part(&message.html_body).and_then(|part| match &part.body {
            PartType::Html(page) => Some(html::paragraphs(&without_quotes(page))),
            _ => None,
        })
    };
    plain
        .filter(|text| !text.trim().is_empty())
        .or_else(page)
        .filter(|text| !text.trim().is_empty())
}

/// The text without the lines of other mails, what leads over to them, and the signature.
fn own_words(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut in_quotation = false;
    for line in text.lines() {
        if line == "-- " || line == "--" {
            break;
        }
        let trimmed = line.trim();
        if trimmed.len() > 10 && trimmed.starts_with("-----") && trimmed.ends_with("-----") {
            break; // the mail that was answered follows whole
        }
        if line.starts_with('>') {
            if !in_quotation {
                leave_lead(&mut kept);
            }
            in_quotation = true;
            continue;
        }
        if in_quotation && trimmed.is_empty() {
            kept.push("");
            continue;
        }
        in_quotation = false;
        kept.push(line);
    }
    kept.join("\n").trim().to_owned()
}

/// Drops the line or two, ending in a colon, that say who wrote what is quoted next.
fn leave_lead(kept: &mut Vec<&str>) {
    while kept.last().is_some_and(|line| line.trim().is_empty()) {
        kept.pop();
    }
    if !kept
        .last()
        .is_some_and(|line| line.trim_end().ends_with(':'))
    {
        return;
    }
    let block = kept.iter().rev().take_while(|line| !line.trim().is_empty());
    let lines = block.count();
    if lines <= 2 {
        kept.truncate(kept.len() - lines);
    }
}

/// A page of a mail without what it quotes.
fn without_quotes(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let quote = lower
        .find("<blockquote type=\"cite\"")
        .or_else(|| lower.find("gmail_quote"));
    match quote {
        Some(at) => page[..page[..at].rfind('<').map_or(at, |open| {
            if lower[at..].starts_with('<') {
                at
            } else {
                open
            }
        })]
            .to_owned(),
        None => page.to_owned(),
    }
}

fn sender(from: &Address) -> Option<String> {
    let first = from.first()?;
    let name = first.name.as_deref().or(first.address.as_deref())?;
    Some(name.trim_matches(['"', '\'']).to_owned())
}

/// The body that a mail says it comes from: its organization, or the name of its list.
fn outlet(message: &Message) -> Option<String> {
    let header = |name: &'static str| message.header_raw(name).map(str::trim);
    let list = || {
        let (name, _) = header("List-Id")?.split_once('<')?;
        Some(name.trim().trim_matches('"').to_owned())
    };
    header("Organization")
        .map(str::to_owned)
        .or_else(list)
        .filter(|name| !name.is_empty())
}
