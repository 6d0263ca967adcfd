//! Pages: the main text through a readability library, metadata from JSON-LD, then from meta elements.

use dom_smoothie::Readability;
use serde_json::Value;

use super::tag::{Piece, pieces};
use super::tame::tame;
use super::{Error, Months, Options, filled, plain};
use crate::model::{Document, Meta};

/// What is told of a page that [`tame`] gives up.
const ALL_TEXT: &str =
    "a page whose markup has no end in sight: all its text was read, menus and footers, too";

pub(super) fn read(name: String, page: &str, options: &Options) -> Result<Document, Error> {
    let stated = json_ld(page);
    let tamed = tame(page);
    let parsed = tamed.as_deref().and_then(|page| {
        let mut reader = Readability::new(page, None, None).ok()?;
        reader.parse().ok()
    });
    let (body, meta) = match parsed {
        Some(article) => {
            let meta = Meta {
                title: filled(&article.title),
                published: article
                    .published_time
                    .as_deref()
                    .and_then(|date| options.months.date_of(date)),
                publisher: article.site_name.as_deref().and_then(filled),
                author: article.byline.as_deref().and_then(filled),
                url: article.url.as_deref().and_then(filled),
                ..Meta::default()
            };
            (paragraphs(&article.content), meta)
        }
        None => {
            let title = element(page, "<title").as_deref().and_then(filled);
            let meta = Meta {
                title,
                ..Meta::default()
            };
            (paragraphs(page), meta)
        }
    };
    if body.is_empty() {
        return Err(Error::Empty { name });
    }
    let field = |pointers: &[&str]| {
        stated.as_ref().and_then(|ld| {
            pointers
                .iter()
                .find_map(|p| ld.pointer(p).and_then(Value::as_str))
                .and_then(filled)
        })
    };
    let url = field(&["/url", "/mainEntityOfPage/@id", "/mainEntityOfPage"])
        .or(meta.url)
        .or_else(|| canonical(page));
    let meta = Meta {
        title: field(&["/headline", "/name"]).or(meta.title),
        published: field(&["/datePublished", "/dateCreated"])
            .and_then(|date| options.months.date_of(&date))
            .or(meta.published)
            .or_else(|| time_element(page, options))
            .or_else(|| plain::date(&body, options))
            .or_else(|| url.as_deref().and_then(Months::date_in_url))
            .or_else(|| Months::date_in_name(&name)),
        publisher: field(&["/publisher/name", "/publisher"]).or(meta.publisher),
        author: field(&["/author/name", "/author/0/name", "/author"]).or(meta.author),
        url,
        changes: tamed.is_none().then_some(ALL_TEXT).into_iter().collect(),
        ..Meta::default()
    };
    let text = match &meta.title {
        Some(title) if !body.starts_with(title.as_str()) => format!("{title}\n\n{body}"),
        _ => body,
    };
    Ok(Document::new(name, text, meta))
}

/// The text of the first element that begins like this.
fn element(page: &str, start: &str) -> Option<String> {
    let (_, rest) = page.split_once(start)?;
    let (_, inside) = rest.split_once('>')?;
    let (text, _) = inside.split_once("</")?;
    Some(decode_entities(text))
}

/// The day in the first `<time datetime="…">`.
fn time_element(page: &str, options: &Options) -> Option<crate::model::Date> {
    let (_, rest) = page.split_once("<time ")?;
    let (element, _) = rest.split_once('>')?;
    let (_, value) = element.split_once("datetime=")?;
    let value = value.trim_start_matches(['"', '\'']);
    options.months.date_of(value.split(['"', '\'']).next()?)
}

/// The JSON-LD object that describes an article.
fn json_ld(page: &str) -> Option<Value> {
    let mut rest = page;
    while let Some((_, from)) = rest.split_once("application/ld+json") {
        let (_, inside) = from.split_once('>')?;
        let (script, behind) = inside.split_once("</script")?;
        if let Ok(value) = serde_json::from_str::<Value>(script)
            && let Some(article) = article_in(&value)
        {
            return Some(article);
        }
        rest = behind;
    }
    None
}

fn article_in(value: &Value) -> Option<Value> {
    match value {
        Value::Array(values) => values.iter().find_map(article_in),
        Value::Object(fields) => {
            let is_article = fields
                .get("@type")
                .is_some_and(|kind| kind.to_string().contains("Article"));
            if is_article {
                Some(value.clone())
            } else {
                fields.get("@graph").and_then(article_in)
            }
        }
        _ => None,
    }
}

fn canonical(page: &str) -> Option<String> {
    let (before, _) = page
        .split_once("rel=\"canonical\"")
        .or_else(|| page.split_once("rel='canonical'"))?;
    let (element, _) = page[before.rfind('<')?..].split_once('>')?;
    let (_, value) = element.split_once("href=")?;
    let value = value.trim_start_matches(['"', '\'']);
    filled(value.split(['"', '\'', ' ', '>']).next()?)
}

/// Elements whose content is not shown.
const HIDDEN: [&str; 4] = ["script", "style", "noscript", "template"];

/// Elements before and behind which a line breaks.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "blockquote",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "figure",
    "figcaption",
];

/// The text of a page or a part of one: a blank line between blocks, scripts and styles left out, entities decoded.
fn paragraphs(html: &str) -> String {
    let mut text = String::new();
    let mut inside: Option<&str> = None;
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) => {
                let is = |name: &&str| name.eq_ignore_ascii_case(tag.name);
                match inside {
                    Some(hidden) if tag.is_end && is(&hidden) => inside = None,
                    Some(_) => {}
                    None if !tag.is_end && HIDDEN.iter().any(is) => {
                        inside = HIDDEN.into_iter().find(|name| is(name));
                    }
                    None if BLOCKS.iter().any(is) => text.push('\u{1}'),
                    None => {}
                }
            }
            _ if inside.is_some() => {}
            Piece::Text(words) => text.push_str(words),
            // What is no comment and no declaration is a title or the like.
            Piece::Raw(raw) if !raw.starts_with('<') => text.push_str(raw),
            Piece::Raw(_) => {}
        }
    }
    let blocks: Vec<String> = text
        .split('\u{1}')
        .map(|block| {
            decode_entities(block)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|b| !b.is_empty())
        .collect();
    blocks.join("\n\n")
}

/// What the entities in `text` stand for; what is none stays.
fn decode_entities(text: &str) -> String {
    use quick_xml::escape::resolve_html5_entity;
    let (mut decoded, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, from)) = rest.split_once('&') {
        decoded.push_str(before);
        let length = from
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#');
        let (name, behind) = from.split_at(length.count());
        let ended = behind.strip_prefix(';');
        match (of_number(name), resolve_html5_entity(name)) {
            (Some(character), _) if ended.is_some() => decoded.push(character),
            (None, Some(characters)) if ended.is_some() => decoded.push_str(characters),
            _ => {
                decoded.push('&');
                rest = from;
                continue;
            }
        }
        rest = ended.unwrap_or(behind);
    }
    decoded.push_str(rest);
    decoded
}

/// `#65` and `#x41`
fn of_number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    char::from_u32(number.ok()?)
}
