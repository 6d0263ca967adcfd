//! Feeds: RSS of all kinds, Atom.

use super::{Body, Entry};
use crate::ingest::xml::Element;

/// The items of a feed; `None` where `root` is none.
pub(super) fn entries(root: &Element) -> Option<Vec<Entry>> {
    let (channel, items) = match root.name.as_str() {
        "rss" | "rdf" => (root.child(&["channel"]), "item"),
        "feed" => (Some(root), "entry"),
        _ => return None,
    };
    let outlet = channel.and_then(|channel| channel.words_of(&["title"]));
    let mut found = Vec::new();
    root.all(items, &mut found);
    let entries = found.into_iter().filter_map(|item| {
        Some(Entry {
            body: words(item)?,
            title: item.words_of(&["title"]).map(|title| plain(&title)),
            date: item.words_of(&[
                "pubdate",
                "published",
                "date",
                "issued",
                "updated",
                "modified",
            ]),
            publisher: source(item).or_else(|| outlet.clone()),
            author: authors(item),
            url: link(item),
            ..Entry::default()
        })
    });
    Some(entries.collect())
}

/// The longest of what an item says of its content.
fn words(item: &Element) -> Option<Body> {
    const CONTENTS: [&str; 4] = ["encoded", "content", "description", "summary"];
    const BLOCKS: [&str; 8] = ["p", "div", "h1", "h2", "h3", "li", "br", "blockquote"];
    let contents = CONTENTS.iter().filter_map(|name| {
        let content = item.elements().find(|element| element.name == *name)?;
        let kind = content.attribute("type");
        let words = match kind {
            Some("xhtml") => content.paragraphs(&BLOCKS),
            _ => content.text(),
        };
        let is_markup = kind != Some("xhtml") && kind != Some("text") && words.contains('<');
        (!words.trim().is_empty()).then_some((words, is_markup))
    });
    let (words, is_markup) = contents.reduce(|best, next| match next.0.len() > best.0.len() {
        true => next,
        false => best,
    })?;
    Some(match is_markup {
        true => Body::Fragment(words),
        false => Body::Text(crate::ingest::html::decode_entities(&words)),
    })
}

/// A title may hold markup of its own.
fn plain(title: &str) -> String {
    crate::ingest::html::paragraphs(title).replace("\n\n", " ")
}

/// The outlet that an aggregator names.
fn source(item: &Element) -> Option<String> {
    let source = item.child(&["source"])?;
    source
        .words_of(&["title"])
        .or_else(|| crate::ingest::filled(&source.text()))
}

fn authors(item: &Element) -> Option<String> {
    let elements = item
        .elements()
        .filter(|element| matches!(element.name.as_str(), "author" | "creator"));
    let names: Vec<String> = elements
        .filter_map(|author| {
            author
                .words_of(&["name"])
                .or_else(|| crate::ingest::filled(&author.text()))
        })
        .map(|author| named_in_brackets(&author).unwrap_or(author))
        .collect();
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    (!kept.is_empty()).then(|| kept.join(", "))
}

/// "desk@example.org (Ann Orr)"
fn named_in_brackets(author: &str) -> Option<String> {
    let (address, name) = author.split_once('(')?;
    let name = name.strip_suffix(')')?;
    address.contains('@').then(|| name.trim().to_owned())
}

fn link(item: &Element) -> Option<String> {
    let links = || item.elements().filter(|element| element.name == "link");
    let alternate = links().find_map(|link| {
        let is_page = link.attribute("rel").is_none_or(|rel| rel == "alternate");
        link.attribute("href").filter(|_| is_page)
    });
    let id = item
        .words_of(&["guid", "id"])
        .filter(|id| id.starts_with("http"));
    alternate
        .map(str::to_owned)
        .or_else(|| links().find_map(|link| crate::ingest::filled(&link.text())))
        .or(id)
}
