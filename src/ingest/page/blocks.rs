//! HTML to blocks of text, and which of them are links to other articles.

use super::entities;

/// A paragraph, heading or item.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest) struct Block {
    pub(super) text: String,
    /// Bytes of the text inside links.
    linked: usize,
    kind: Kind,
    /// The number of the block quotation it stands in, from 1; 0 for none.
    quotation: usize,
    /// It names whom the block quotation is from.
    names_source: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Paragraph,
    Heading,
    Item,
}

/// Elements that begin and end a block.
const BLOCKS: [&str; 40] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "figure",
    "figcaption",
    "main",
    "nav",
    "address",
    "pre",
    "hr",
    "form",
    "fieldset",
    "legend",
    "center",
    "caption",
    "summary",
    "details",
    "body",
    "html",
    "title",
    "button",
    "option",
];
/// Elements whose content is no text.
const SILENT: [&str; 7] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe",
];
/// Elements with a space around them.
const CELLS: [&str; 5] = ["td", "th", "label", "time", "img"];

/// Blocks that are being put together.
#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    current: Block,
    /// Links that are open.
    links: usize,
    kind: Kind,
    /// Block quotations so far, those that are open, and whether the source of one is being named.
    quotations: usize,
    open_quotations: usize,
    names_source: bool,
    /// Where the words of the last link begin.
    link_start: usize,
    /// Breaks of lines since the last words.
    breaks: usize,
    /// The last thing was the end of an inline element.
    closed: bool,
}

/// The blocks of a piece of HTML, empty ones left out, entities decoded.
pub(in crate::ingest) fn blocks(html: &str) -> Vec<Block> {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.words(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        let named = rest[1..]
            .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !named {
            writer.words("<");
            rest = &rest[1..];
            continue;
        }
        let Some(end) = rest.find('>') else {
            rest = "";
            break;
        };
        let inside = &rest[1..end];
        let name = inside
            .trim_start_matches('/')
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        rest = &rest[end + 1..];
        let closes = inside.starts_with('/');
        if SILENT.contains(&name.as_str()) {
            if !closes && !inside.ends_with('/') {
                rest = after_close(rest, &name);
            }
        } else {
            writer.tag(&name, closes);
        }
    }
    writer.words(rest);
    writer.end_block();
    with_sources(writer.blocks)
}

/// Block quotations that say whom they are from become a quotation with its source behind a dash, in one block.
fn with_sources(blocks: Vec<Block>) -> Vec<Block> {
    if blocks.iter().all(|block| block.quotation == 0) {
        return blocks;
    }
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for group in blocks.chunk_by(|a, b| a.quotation == b.quotation) {
        let dash = ['—', '–', '-', '―'];
        let source = group.iter().rposition(|block| {
            block.names_source || block.text.starts_with(dash) && block.text.len() < 120
        });
        let quoted = source.map_or(0, |at| at);
        if group[0].quotation == 0 || quoted == 0 {
            joined.extend(group.iter().cloned());
            continue;
        }
        let words: Vec<&str> = group[..quoted]
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        let words = words.join(" ");
        let name = group[quoted].text.trim_start_matches(dash).trim();
        let text = match words.starts_with(['“', '"', '„', '«', '»', '‘']) {
            true => format!("{words} — {name}"),
            false => format!("“{words}” — {name}"),
        };
        joined.push(Block {
            text,
            ..Block::default()
        });
        joined.extend(group[quoted + 1..].iter().cloned());
    }
    joined
}

/// What stands behind the end of the element `name`, whatever its case.
fn after_close<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at + 2;
        let found = rest.get(start..start + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return rest[start..]
                .find('>')
                .map_or("", |end| &rest[start + end + 1..]);
        }
        from = start;
    }
    ""
}

impl Writer {
    fn tag(&mut self, name: &str, closes: bool) {
        match name {
            "br" => self.breaks += 1,
            "cite" if self.open_quotations > 0 => {
                self.end_block();
                self.names_source = !closes;
            }
            "blockquote" => {
                self.end_block();
                self.links = 0;
                if closes {
                    self.open_quotations = self.open_quotations.saturating_sub(1);
                } else {
                    self.open_quotations += 1;
                    self.quotations += usize::from(self.open_quotations == 1);
                }
                self.names_source = false;
            }
            "a" => {
                if !closes {
                    self.link_start = self.current.text.len();
                }
                self.links = if closes {
                    self.links.saturating_sub(1)
                } else {
                    1
                };
                self.inline(closes);
            }
            name if BLOCKS.contains(&name) => {
                self.end_block();
                self.links = 0;
                let is_heading = name.len() == 2 && name.starts_with('h') && name != "hr";
                self.kind = match name {
                    _ if closes && (is_heading || name == "li") => Kind::Paragraph,
                    "li" | "dd" => Kind::Item,
                    _ if is_heading => Kind::Heading,
                    "ul" | "ol" => Kind::Paragraph,
                    _ => self.kind,
                };
            }
            name if CELLS.contains(&name) => self.current.text.push(' '),
            _ => self.inline(closes),
        }
    }

    /// Where an inline element ends and the next begins at once, a space is meant if both sides are words.
    fn inline(&mut self, closes: bool) {
        if !closes && self.closed {
            self.current.text.push('\u{1}');
        }
        self.closed = closes;
    }

    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        self.closed = false;
        if words.trim().is_empty() {
            self.current.text.push(' ');
            return;
        }
        if self.breaks > 0 {
            // One break inside a sentence is only that.
            let ends = self
                .current
                .text
                .trim_end()
                .ends_with(['.', '!', '?', ':', '”', '"', '…', ')', '’']);
            match self.breaks > 1 || ends {
                true => self.end_block(),
                false => self.current.text.push(' '),
            }
            self.breaks = 0;
        }
        if self.links > 0 {
            self.current.linked += words.trim().len();
        }
        self.current.text.push_str(words);
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.current);
        block.names_source = self.names_source;
        if self.open_quotations > 0 {
            block.quotation = self.quotations;
            // Behind the name of a post's author stands its day, with a link to the post.
            let has_handle = block.text.contains("(@");
            if has_handle && block.linked > 0 && block.text.is_char_boundary(self.link_start) {
                block.text.truncate(self.link_start);
            }
        }
        self.breaks = 0;
        self.closed = false;
        let text = entities::decode(&apart(&block.text));
        block.text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        block.kind = self.kind;
        if !block.text.is_empty() {
            self.blocks.push(block);
        }
    }
}

/// A mark between two inline elements becomes a space where a word ends and another begins, else nothing.
fn apart(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('\u{1}') {
        return text.into();
    }
    let mut joined = String::with_capacity(text.len());
    let mut before = None;
    let mut parts = text.split('\u{1}').peekable();
    while let Some(part) = parts.next() {
        joined.push_str(part);
        before = part.chars().next_back().or(before);
        let after = parts.peek().and_then(|part| part.chars().next());
        let ends = before.is_some_and(|c| {
            c.is_lowercase() || c.is_numeric() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?')
        });
        if ends && after.is_some_and(|c| c.is_uppercase() || c.is_numeric()) {
            joined.push(' ');
        }
    }
    joined.into()
}

/// The texts of the article's own blocks: links to other articles, what leads to them, and what was there before are left out.
pub(in crate::ingest) fn own(blocks: Vec<Block>) -> Vec<String> {
    let whole: usize = blocks.iter().map(|block| block.text.len()).sum();
    let is_link: Vec<bool> = (0..blocks.len()).map(|at| blocks[at].is_link()).collect();
    let linked: usize = blocks
        .iter()
        .zip(&is_link)
        .filter(|(_, is_link)| **is_link)
        .map(|(block, _)| block.text.len())
        .sum();
    // A page of nothing but links has no article to keep them from.
    let keep_links = linked * 2 > whole;
    let mut seen = std::collections::HashSet::new();
    let mut kept = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let leads = block.is_lead() && is_link.get(at + 1).copied().unwrap_or(false);
        let last = block.kind == Kind::Heading && at + 1 == blocks.len();
        if !keep_links && (is_link[at] || leads || last) {
            continue;
        }
        let words = block.text.split_whitespace().count();
        if words > 3 && !seen.insert(block.text.as_str()) {
            continue;
        }
        kept.push(block.text.clone());
    }
    kept
}

/// All texts.
pub(in crate::ingest) fn texts(blocks: Vec<Block>) -> Vec<String> {
    blocks.into_iter().map(|block| block.text).collect()
}

impl Block {
    /// Nothing but a link to another article, with a label before it or without.
    fn is_link(&self) -> bool {
        let length = self.text.len();
        if self.linked * 10 >= length * 8 {
            return !(self.text.ends_with('.') && self.text.split_whitespace().count() > 25);
        }
        let label = self.text.split_once(':').map_or(0, |(label, _)| {
            match label.split_whitespace().count() <= 5 {
                true => label.len() + 1,
                false => 0,
            }
        });
        label > 0 && self.linked * 10 >= (length - label) * 8
    }

    /// Short words that lead to what follows: "More on this", "Read more:".
    fn is_lead(&self) -> bool {
        let words = self.text.split_whitespace().count();
        let stops = self.text.ends_with(['.', '!', '?', '”', '"']);
        words <= 8 && !stops
    }
}
