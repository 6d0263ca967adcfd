//! What news agencies deliver: NITF, NewsML 1.2, NewsML-G2.

use super::{Body, Entry};
use crate::ingest::xml::Element;

/// What opens a block of text.
const BLOCKS: [&str; 13] = [
    "p", "hl1", "hl2", "h1", "h2", "h3", "li", "tr", "div", "block", "br", "note", "bq",
];

/// The articles; `None` where `root` is no news markup.
pub(super) fn entries(root: &Element) -> Option<Vec<Entry>> {
    let kind = root.name.as_str();
    if kind == "nitf" {
        return Some(nitf(root, root).into_iter().collect());
    }
    if !kind.starts_with("news") {
        return None;
    }
    let mut items = Vec::new();
    match kind {
        "newsitem" => items.push(root),
        _ => root.all("newsitem", &mut items),
    }
    Some(items.into_iter().filter_map(news_item).collect())
}

/// An article in NITF; what it does not say stands in the item around it.
fn nitf(nitf: &Element, item: &Element) -> Option<Entry> {
    let head = nitf.find("body.head");
    let in_head = |name: &str| {
        let found = head.and_then(|head| head.find(name))?;
        crate::ingest::filled(&found.text())
    };
    let stated = |element: &str, attribute: &str| {
        let found = nitf.find(element)?.attribute(attribute)?;
        crate::ingest::filled(found)
    };
    let content = nitf.find("body.content").or_else(|| nitf.find("body"))?;
    let around = item_fields(item);
    Some(Entry {
        body: text(content)?,
        title: in_head("hl1")
            .or_else(|| in_head("headline"))
            .or_else(|| crate::ingest::filled(&nitf.find("title")?.text()))
            .or(around.title),
        date: stated("pubdata", "date.publication")
            .or_else(|| stated("date.issue", "norm"))
            .or_else(|| stated("story.date", "norm"))
            .map(|date| dashed(&date))
            .or(around.date),
        publisher: stated("pubdata", "name")
            .or_else(|| in_head("distributor"))
            .or(around.publisher),
        author: in_head("byline").map(|by| person(&by)).or(around.author),
        url: stated("pubdata", "ex-ref").or(around.url),
        ..Entry::default()
    })
}

fn news_item(item: &Element) -> Option<Entry> {
    if let Some(inner) = item.find("nitf") {
        return nitf(inner, item);
    }
    let inline = item.find("inlinexml").or_else(|| item.find("inlinedata"));
    let content = inline.or_else(|| item.find("datacontent"))?;
    let content = content.find("body").unwrap_or(content);
    Some(Entry {
        body: text(content)?,
        ..item_fields(item)
    })
}

/// What a news item says of its content.
fn item_fields(item: &Element) -> Entry {
    let words = |names: &[&str]| {
        let found = names.iter().find_map(|name| item.find(name))?;
        crate::ingest::filled(&found.text())
    };
    let named = |names: &[&str]| {
        let found = names.iter().find_map(|name| item.find(name))?;
        let literal = || found.attribute("literal").or(found.attribute("formalname"));
        found
            .find("name")
            .and_then(|name| crate::ingest::filled(&name.text()))
            .or_else(|| crate::ingest::filled(&found.text()))
            .or_else(|| {
                let party = found.find("party")?;
                party.attribute("formalname").map(str::to_owned)
            })
            .or_else(|| literal().map(str::to_owned))
    };
    Entry {
        title: words(&["headline"]),
        date: words(&[
            "contentcreated",
            "firstcreated",
            "versioncreated",
            "thisrevisioncreated",
        ])
        .map(|date| dashed(&date)),
        publisher: named(&["provider", "publisher", "infosource"]),
        author: words(&["by", "byline"])
            .map(|by| person(&by))
            .or_else(|| named(&["creator"])),
        url: item
            .find("remoteinfo")
            .and_then(|info| info.attribute("href"))
            .map(str::to_owned),
        ..Entry::default()
    }
}

/// The paragraphs of an element, or the words of a page in it.
fn text(content: &Element) -> Option<Body> {
    let text = content.paragraphs(&BLOCKS);
    if text.contains("</p>") || text.contains("<br") {
        return Some(Body::Fragment(content.text()));
    }
    (!text.is_empty()).then_some(Body::Text(text))
}

/// The byline without its small words before the name: "by Ann Orr".
fn person(byline: &str) -> String {
    let words = byline.split_whitespace();
    let name: Vec<&str> = words
        .skip_while(|word| word.starts_with(char::is_lowercase) || word.len() == 2)
        .collect();
    match name.is_empty() {
        true => byline.to_owned(),
        false => name.join(" "),
    }
}

/// "20250303T101500Z" as "2025-03-03T101500Z".
fn dashed(date: &str) -> String {
    let digits = date.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        8 => format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]),
        _ => date.to_owned(),
    }
}
