//! Formats, told by a file's name or by its first bytes.

use super::Input;

/// How articles are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Markdown,
    Html,
    /// One JSON object, or an array of them.
    Json,
    /// One JSON object a line.
    Lines,
    /// Rows with columns between commas, semicolons or tabs.
    Table,
    /// A workbook of Excel.
    Sheet,
    /// Mails one behind the other.
    Mailbox,
    /// One mail, or a page saved as one.
    Mail,
    /// RSS, Atom, NITF, NewsML: told apart by the root.
    Xml,
    /// Pages as a crawler fetched them.
    Warc,
    /// Any zip: also Word, OpenDocument, books, workbooks and crawls.
    Zip,
    Tar,
    Rtf,
    Pdf,
    /// SubRip, WebVTT.
    Subtitles,
}

/// Endings and what they say.
const ENDINGS: [(&str, Format); 36] = [
    ("txt", Format::Plain),
    ("text", Format::Plain),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("jsonl", Format::Lines),
    ("ndjson", Format::Lines),
    ("json", Format::Json),
    ("jsonfeed", Format::Json),
    ("csv", Format::Table),
    ("tsv", Format::Table),
    ("tab", Format::Table),
    ("xlsx", Format::Sheet),
    ("mbox", Format::Mailbox),
    ("eml", Format::Mail),
    ("mht", Format::Mail),
    ("mhtml", Format::Mail),
    ("rss", Format::Xml),
    ("atom", Format::Xml),
    ("rdf", Format::Xml),
    ("xml", Format::Xml),
    ("nitf", Format::Xml),
    ("newsml", Format::Xml),
    ("warc", Format::Warc),
    ("wacz", Format::Zip),
    ("zip", Format::Zip),
    ("docx", Format::Zip),
    ("odt", Format::Zip),
    ("epub", Format::Zip),
    ("tar", Format::Tar),
    ("tgz", Format::Tar),
    ("rtf", Format::Rtf),
    ("pdf", Format::Pdf),
    ("srt", Format::Subtitles),
];

/// Headers with which mails begin.
const MAIL_HEADERS: [&str; 8] = [
    "return-path:",
    "received:",
    "delivered-to:",
    "message-id:",
    "mime-version:",
    "from:",
    "date:",
    "subject:",
];

impl Format {
    /// The format that a file's name tells, that of `.gz` aside.
    pub(super) fn of_name(input: &Input) -> Option<Format> {
        let name = input.name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        let file = name.rsplit('/').next().unwrap_or(name);
        // The files of a downloaded account hold JSON behind an assignment.
        if file.starts_with("tweet") && file.ends_with(".js") {
            return Some(Format::Json);
        }
        let ending = file.rsplit_once('.')?.1;
        if ending == "vtt" {
            return Some(Format::Subtitles);
        }
        ENDINGS
            .iter()
            .find(|(known, _)| *known == ending)
            .map(|(_, format)| *format)
    }

    /// The format that the first bytes tell; `None` where they look like prose, or like nothing that is known.
    pub(super) fn of_head(head: &[u8]) -> Option<Format> {
        if let Some(format) = of_mark(head) {
            return Some(format);
        }
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let text = String::from_utf8_lossy(head.trim_ascii_start()).to_ascii_lowercase();
        let line = text.lines().next().unwrap_or_default();
        let begins = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
        let is_object = |line: &str| line.starts_with('{') && line.trim_end().ends_with('}');
        Some(if begins(&["<!doctype html", "<html", "<head", "<body"]) {
            Format::Html
        } else if begins(&[
            "<?xml",
            "<rss",
            "<feed",
            "<rdf:",
            "<nitf",
            "<news",
            "<!doctype",
        ]) {
            match text.contains("<html") {
                true => Format::Html,
                false => Format::Xml,
            }
        } else if is_object(line) || line.starts_with("{\"") && text.lines().count() == 1 {
            Format::Lines
        } else if text.starts_with('{') && text[1..].trim_start().starts_with('"')
            || text.starts_with('[') && text[1..].trim_start().starts_with('{')
        {
            Format::Json
        } else if line.trim_end() == "---" {
            Format::Markdown
        } else if line.starts_with("webvtt") || text.lines().take(3).any(|l| l.contains("-->")) {
            Format::Subtitles
        } else if line.starts_with("from ") && is_mail(&text) {
            Format::Mailbox
        } else if is_mail(&text) {
            Format::Mail
        } else {
            return None;
        })
    }

    /// One article that needs no look inside to be told apart.
    pub(super) fn is_single(self) -> bool {
        matches!(self, Format::Markdown | Format::Html)
    }
}

/// Formats with a mark of bytes.
fn of_mark(head: &[u8]) -> Option<Format> {
    let is_tar = head.get(257..262) == Some(b"ustar");
    let marks: [(&[u8], Format); 4] = [
        (b"%PDF-", Format::Pdf),
        (b"PK\x03\x04", Format::Zip),
        (b"{\\rtf", Format::Rtf),
        (b"WARC/", Format::Warc),
    ];
    let marked = marks.iter().find(|(mark, _)| head.starts_with(mark));
    marked
        .map(|(_, format)| *format)
        .or(is_tar.then_some(Format::Tar))
}

/// At least two headers of mails among the lines before the first empty one.
fn is_mail(text: &str) -> bool {
    let headers = text.lines().take_while(|line| !line.trim().is_empty());
    let known = |line: &&str| MAIL_HEADERS.iter().any(|header| line.starts_with(header));
    let first = text.lines().next().unwrap_or_default();
    let opens = first.starts_with("from ") || known(&first);
    opens && headers.filter(known).count() >= 3
}
