//! The text of Word and OpenDocument files: a paragraph each, deleted words, notes and remarks left out.

use super::archive::Place;
use crate::ingest::xml::{self, Element, Node};

/// The text of `word/document.xml`.
pub(super) fn word(document: &Place, limit: u64) -> Result<String, String> {
    let root = parse(document, limit)?;
    Ok(text(&root, &WORD))
}

/// The text of `content.xml`.
pub(super) fn open_document(content: &Place, limit: u64) -> Result<String, String> {
    let root = parse(content, limit)?;
    let body = root.find("body").ok_or("no body")?;
    Ok(text(body, &OPEN_DOCUMENT))
}

/// The elements that matter in a format.
struct Markup {
    paragraphs: &'static [&'static str],
    /// What is not read.
    left_out: &'static [&'static str],
    /// What words stand in; where none, they stand anywhere in a paragraph.
    words: Option<&'static str>,
    spaces: &'static [&'static str],
    breaks: &'static [&'static str],
}

const WORD: Markup = Markup {
    paragraphs: &["p"],
    left_out: &[
        "del",
        "movefrom",
        "txbxcontent",
        "fallback",
        "sdtpr",
        "ppr",
        "rpr",
    ],
    words: Some("t"),
    spaces: &["tab", "nobreakhyphen"],
    breaks: &["br", "cr"],
};

const OPEN_DOCUMENT: Markup = Markup {
    paragraphs: &["p", "h"],
    left_out: &[
        "tracked-changes",
        "annotation",
        "note",
        "sequence-decls",
        "forms",
    ],
    words: None,
    spaces: &["s", "tab"],
    breaks: &["line-break"],
};

fn parse(place: &Place, limit: u64) -> Result<Element, String> {
    let bytes = place.bytes(limit)?;
    xml::parse(&String::from_utf8_lossy(&bytes))
}

fn text(root: &Element, markup: &Markup) -> String {
    let mut paragraphs = vec![String::new()];
    add(root, markup, (false, false), &mut paragraphs);
    let lines = |paragraph: &String| {
        let lines: Vec<String> = paragraph
            .lines()
            .filter_map(crate::ingest::filled)
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    };
    let paragraphs: Vec<String> = paragraphs.iter().filter_map(lines).collect();
    paragraphs.join("\n\n")
}

fn add(
    element: &Element,
    markup: &Markup,
    (in_paragraph, in_words): (bool, bool),
    paragraphs: &mut Vec<String>,
) {
    for node in &element.children {
        let child = match node {
            Node::Text(words) => {
                if in_words && let Some(last) = paragraphs.last_mut() {
                    // Line breaks of the markup are none of the text.
                    last.push_str(&words.replace(['\n', '\r'], " "));
                }
                continue;
            }
            Node::Element(child) => child,
        };
        let name = child.name.as_str();
        if markup.left_out.contains(&name) {
            continue;
        }
        if let Some(last) = paragraphs.last_mut() {
            if markup.spaces.contains(&name) && in_paragraph {
                last.push(' ');
            } else if markup.breaks.contains(&name) && in_paragraph {
                last.push('\n');
            }
        }
        let is_paragraph = markup.paragraphs.contains(&name);
        if is_paragraph {
            paragraphs.push(String::new());
        }
        let in_paragraph = in_paragraph || is_paragraph;
        let in_words = in_words || markup.words.map_or(in_paragraph, |words| words == name);
        add(child, markup, (in_paragraph, in_words), paragraphs);
        if is_paragraph {
            paragraphs.push(String::new());
        }
    }
}
