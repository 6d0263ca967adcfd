//! Pages: the main text through a readability library, metadata from JSON-LD, then from meta elements.

use dom_smoothie::Readability;
use serde_json::Value;

use super::{Error, Months, Options, filled, plain};
use crate::model::{Document, Meta};

pub(super) fn read(name: String, page: &str, options: &Options) -> Result<Document, Error> {
    let stated = json_ld(page);
    let parsed = Readability::new(page, None, None).and_then(|mut reader| reader.parse());
    let (body, meta) = match parsed {
        Ok(article) => {
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
        Err(_) => (paragraphs(page), Meta::default()),
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
        ..Meta::default()
    };
    let text = match &meta.title {
        Some(title) if !body.starts_with(title.as_str()) => format!("{title}\n\n{body}"),
        _ => body,
    };
    Ok(Document::new(name, text, meta))
}

/// The day in the first `<time datetime="…">`.
fn time_element(page: &str, options: &Options) -> Option<crate::model::Date> {
    let start = page.find("<time ")?;
    let element = &page[start..start + page[start..].find('>')?];
    let value = element.split_once("datetime=")?.1;
    let value = value.trim_start_matches(['"', '\'']);
    options.months.date_of(value.split(['"', '\'']).next()?)
}

/// The JSON-LD object that describes an article.
fn json_ld(page: &str) -> Option<Value> {
    let mut rest = page;
    while let Some(at) = rest.find("application/ld+json") {
        rest = &rest[at..];
        let start = rest.find('>')? + 1;
        let end = start + rest[start..].find("</script")?;
        if let Ok(value) = serde_json::from_str::<Value>(&rest[start..end])
            && let Some(article) = article_in(&value)
        {
            return Some(article);
        }
        rest = &rest[end..];
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
    let at = page
        .find("rel=\"canonical\"")
        .or_else(|| page.find("rel='canonical'"))?;
    let start = page[..at].rfind('<')?;
    let element = &page[start..start + page[start..].find('>')?];
    let value = element
        .split_once("href=")?
        .1
        .trim_start_matches(['"', '\'']);
    filled(value.split(['"', '\'', ' ', '>']).next()?)
}

/// The text of an HTML fragment: a blank line between blocks, scripts and styles left out, entities decoded.
fn paragraphs(html: &str) -> String {
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
    let document = without_comments(html);
    let mut text = String::new();
    let mut rest = document.as_str();
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            break;
        };
        let tag = rest[at + 1..at + end]
            .trim_start_matches('/')
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        rest = &rest[at + end + 1..];
        if matches!(tag.as_str(), "script" | "style" | "noscript" | "template") {
            rest = rest
                .find(&format!("</{tag}"))
                .map_or("", |close| &rest[close..]);
        } else if BLOCKS.contains(&tag.as_str()) {
            text.push('\u{1}');
        }
    }
    text.push_str(rest);
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

fn without_comments(html: &str) -> String {
    // Comments may hold angle brackets.
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<!--") {
        kept.push_str(&rest[..at]);
        rest = rest[at..]
            .find("-->")
            .map_or("", |end| &rest[at + end + 3..]);
    }
    kept.push_str(rest);
    kept
}

fn decode_entities(text: &str) -> String {
    quick_xml::escape::unescape_with(text, quick_xml::escape::resolve_html5_entity)
        .map_or_else(|_| text.to_owned(), |decoded| decoded.into_owned())
}
