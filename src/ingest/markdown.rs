//! Markdown with front matter: metadata between `---` lines, then the text without its marks. What is stored, and what all
//! offsets count in, is the plain text that this makes; line breaks stay where they stand.

use pulldown_cmark::{Event, Options as Syntax, Parser, Tag, TagEnd};

use super::{Months, Options, filled, html, or_title, plain};
use crate::model::{Document, Meta};

pub(super) fn read(name: String, file: &str, options: &Options) -> Document {
    let (meta, body) = front_matter(file, options);
    let (text, heading) = plain_text(body);
    let title = heading.or_else(|| plain::title(&text, options));
    let mut meta = or_title(meta, title);
    meta.published = meta
        .published
        .or_else(|| plain::date(&text, options))
        .or_else(|| meta.url.as_deref().and_then(Months::date_in_url))
        .or_else(|| Months::date_in_name(&name));
    super::document(name, text, meta)
}

/// Text that is being made of the parser's events.
#[derive(Default)]
struct Writer {
    text: String,
    /// Blocks whose words are not the text's: code, pictures' descriptions, front matter.
    silent: u32,
    /// The notes, put behind the text.
    notes: String,
    in_note: bool,
    heading: Option<String>,
    heading_start: Option<usize>,
    /// Markup of pages between blocks.
    page: String,
}

/// The words of `body` with a blank line between its blocks, and its first heading of the first level.
fn plain_text(body: &str) -> (String, Option<String>) {
    let syntax = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(body, syntax) {
        writer.take(event);
    }
    let mut text = writer.text.trim().to_owned();
    let notes = writer.notes.trim();
    if !notes.is_empty() {
        text.push_str("\n\n");
        text.push_str(notes);
    }
    (text, writer.heading)
}

impl Writer {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) if self.silent == 0 => {
                self.out().push_str(&words)
            }
            Event::SoftBreak | Event::HardBreak => self.out().push('\n'),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.out().push('\n'),
            Event::Html(markup) => self.page.push_str(&markup),
            _ => {}
        }
    }

    fn out(&mut self) -> &mut String {
        match self.in_note {
            true => &mut self.notes,
            false => &mut self.text,
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::CodeBlock(_) | Tag::Image { .. } | Tag::MetadataBlock(_) => self.silent += 1,
            Tag::FootnoteDefinition(_) => self.in_note = true,
            Tag::Heading { level, .. } => {
                self.block();
                if *level == pulldown_cmark::HeadingLevel::H1 && self.heading.is_none() {
                    self.heading_start = Some(self.text.len());
                }
            }
            Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::TableRow | Tag::TableHead => {
                self.block();
            }
            Tag::TableCell if !self.text.is_empty() && !self.text.ends_with('\n') => {
                self.text.push(' ');
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => self.silent -= 1,
            TagEnd::FootnoteDefinition => self.in_note = false,
            TagEnd::Heading(_) => {
                if let Some(start) = self.heading_start.take() {
                    self.heading = filled(&self.text[start..]);
                }
                self.block();
            }
            TagEnd::HtmlBlock => {
                let words = html::paragraphs(&std::mem::take(&mut self.page));
                self.block();
                self.out().push_str(&words);
                self.block();
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => self.block(),
            _ => {}
        }
    }

    /// A blank line, where words stand before it.
    fn block(&mut self) {
        let out = self.out();
        out.truncate(out.trim_end().len());
        if !out.is_empty() {
            out.push_str("\n\n");
        }
    }
}

/// `key: value` lines between two `---`, and what stands behind them. A list is its items, joined.
fn front_matter<'a>(file: &'a str, options: &Options) -> (Meta, &'a str) {
    let mut meta = Meta::default();
    let Some(rest) = file
        .strip_prefix("---\n")
        .or_else(|| file.strip_prefix("---\r\n"))
    else {
        return (meta, file);
    };
    let mut at = file.len() - rest.len();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            for (key, value) in &fields {
                set(&mut meta, key, value, options);
            }
            return (meta, file[at..].trim_start_matches(['\r', '\n']));
        }
        let item = line.trim_start().strip_prefix("- ");
        if let (Some(item), Some((_, value))) = (item, fields.last_mut()) {
            if !value.is_empty() {
                value.push_str(", ");
            }
            value.push_str(unquoted(item));
        } else if let Some((key, value)) = line.split_once(':') {
            let value = value.trim().trim_matches(['[', ']']);
            let parts: Vec<&str> = match value.contains("\", \"") {
                true => value.split("\", \"").map(unquoted).collect(),
                false => vec![unquoted(value)],
            };
            fields.push((key.trim().to_ascii_lowercase(), parts.join(", ")));
        }
    }
    (Meta::default(), file) // never closed: no front matter
}

fn unquoted(value: &str) -> &str {
    value.trim().trim_matches(['"', '\'']).trim()
}

fn set(meta: &mut Meta, key: &str, value: &str, options: &Options) {
    match key {
        "title" | "headline" => meta.title = filled(value),
        "date" | "published" | "publish_date" | "published_at" => {
            meta.published = options.months.date_of(value);
        }
        "publisher" | "source" | "outlet" | "site" => meta.publisher = filled(value),
        "author" | "authors" | "byline" => meta.author = filled(value),
        "url" | "link" | "canonical" => meta.url = filled(value),
        _ => {}
    }
}
