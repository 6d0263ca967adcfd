//! Books in EPUB: each of its pages in reading order is an article, its cover and contents aside.

use super::archive::Member;
use super::{Article, Articles, Body, Content, Entry, File};
use crate::ingest::html;
use crate::ingest::xml::{self, Element};

/// Words of a page that is more than a title.
const WORDS: usize = 25;

pub(super) fn articles(file: &File, members: &[Member], limit: u64) -> Result<Articles, String> {
    let part = |path: &str| -> Result<Element, String> {
        let text = text_of(members, path, limit)?;
        xml::parse(&text).map_err(|message| format!("{path}: {message}"))
    };
    let container = part("META-INF/container.xml")?;
    let root = container
        .find("rootfile")
        .and_then(|root| root.attribute("full-path"))
        .ok_or("no package")?;
    let package = part(root)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let stated = package.child(&["metadata"]);
    let stated = |names: &[&str]| stated.and_then(|metadata| metadata.words_of(names));
    let title = stated(&["title"]);
    let mut entries = Vec::new();
    for path in pages(&package, folder) {
        // A page that is missing or broken is no reason to leave the others.
        let Ok(page) = text_of(members, &path, limit) else {
            continue;
        };
        let body = page.find("<body").map_or(page.as_str(), |at| &page[at..]);
        if html::paragraphs(body).split_whitespace().count() < WORDS {
            continue;
        }
        let entry = Entry {
            body: Body::Fragment(body.to_owned()),
            title: heading(&page).or_else(|| title.clone()),
            date: stated(&["date"]),
            publisher: stated(&["publisher"]).or_else(|| title.clone()),
            author: stated(&["creator"]),
            ..Entry::default()
        };
        entries.push((path, entry));
    }
    if entries.is_empty() {
        return Err("no page with words".to_owned());
    }
    let name = file.name.clone();
    let mut size = file.size;
    Ok(Box::new(entries.into_iter().map(move |(path, entry)| {
        Article {
            name: format!("{name}/{path}"),
            content: Content::Entry(Box::new(entry)),
            bytes: std::mem::take(&mut size),
        }
    })))
}

fn text_of(members: &[Member], path: &str, limit: u64) -> Result<String, String> {
    let member = members
        .iter()
        .find(|member| member.path == path)
        .ok_or_else(|| format!("no {path}"))?;
    let bytes = member.place.bytes(limit)?;
    Ok(crate::ingest::decode::text(bytes, None).0)
}

/// The paths of the pages in reading order.
fn pages(package: &Element, folder: &str) -> Vec<String> {
    let items: Vec<&Element> = package
        .child(&["manifest"])
        .map_or_else(Vec::new, |manifest| manifest.elements().collect());
    let spine = package.child(&["spine"]);
    let references = spine.into_iter().flat_map(Element::elements);
    references
        .filter_map(|reference| {
            let id = reference.attribute("idref")?;
            let item = items.iter().find(|item| item.attribute("id") == Some(id))?;
            let contents = item
                .attribute("properties")
                .is_some_and(|properties| properties.contains("nav"));
            let path = item.attribute("href")?;
            (!contents).then(|| match folder.is_empty() {
                true => path.to_owned(),
                false => format!("{folder}/{path}"),
            })
        })
        .collect()
}

/// The first heading of a page.
fn heading(page: &str) -> Option<String> {
    ["h1", "h2"].iter().find_map(|tag| {
        let start = page.find(&format!("<{tag}"))?;
        let end = start + page[start..].find(&format!("</{tag}"))?;
        crate::ingest::filled(&html::paragraphs(&page[start..end]))
    })
}
