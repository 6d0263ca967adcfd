//! What a page says of itself: JSON-LD, meta elements, marked elements, its first heading.

use super::json_ld::Objects;
use super::{blocks, entities, texts};
use crate::ingest::filled;

/// Title, day, outlet and the like in a page's own words.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Stated {
    pub(in crate::ingest) title: Option<String>,
    /// In any form.
    pub(in crate::ingest) date: Option<String>,
    pub(in crate::ingest) publisher: Option<String>,
    pub(in crate::ingest) authors: Vec<String>,
    pub(in crate::ingest) url: Option<String>,
    /// The tag of its language: "en", "de".
    pub(in crate::ingest) language: Option<String>,
    /// The article's words, where they are stated apart from the page.
    pub(in crate::ingest) body: Option<String>,
}

const TITLES: [&str; 7] = [
    "twitter:title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "title",
];
const DATES: [&str; 20] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "publishdate",
    "article.published",
    "citation_publication_date",
    "datecreated",
    "date",
];
const PUBLISHERS: [&str; 7] = [
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "cre",
    "application-name",
    "apple-mobile-web-app-title",
];
const AUTHORS: [&str; 10] = [
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "article.author",
];
const URLS: [&str; 3] = ["og:url", "twitter:url", "parsely-link"];

/// What `page` says of itself.
pub(in crate::ingest) fn stated(page: &str) -> Stated {
    let objects = Objects::of(page);
    let meta = MetaElements::of(page);
    let mut authors = names(objects.names(&["author"]));
    if authors.is_empty() {
        authors = names(objects.names(&["creator"]));
    }
    let in_meta = names(meta.all(&AUTHORS));
    if in_meta.len() > authors.len() {
        authors = in_meta;
    }
    let publisher = objects
        .words(&["publisher", "sourceOrganization", "copyrightHolder"])
        .filter(|name| !name.starts_with("http"))
        .or_else(|| meta.first(&PUBLISHERS));
    // What a page shows to those who share it is nearer to its heading than what it tells search engines.
    let title = meta
        .first(&["og:title"])
        .map(|title| without_outlet(title, publisher.as_deref()))
        .or_else(|| objects.words_of_article(&["headline", "name"]))
        .or_else(|| meta.first(&TITLES))
        .or_else(|| objects.words(&["headline", "name"]))
        .or_else(|| headline(page));
    let url = canonical(page)
        .or_else(|| objects.words_of_article(&["url", "mainEntityOfPage"]))
        .or_else(|| meta.first(&URLS))
        .filter(|url| url.starts_with("http"));
    Stated {
        title,
        date: objects
            .words(&["datePublished", "dateCreated", "uploadDate"])
            .or_else(|| meta.first(&DATES)),
        publisher,
        authors,
        url,
        language: language(page)
            .or_else(|| objects.words(&["inLanguage"]))
            .map(|tag| primary(&tag)),
        body: objects.body(),
    }
}

/// The meta elements of a page: names in small letters, contents decoded.
struct MetaElements(Vec<(String, String)>);

impl MetaElements {
    fn of(page: &str) -> MetaElements {
        let elements = tags(page, "meta").filter_map(|tag| {
            let content = attribute(tag, "content")?;
            let content = filled(&entities::decode(content))?;
            let names = ["property", "name", "itemprop"];
            let name = names.iter().find_map(|name| attribute(tag, name))?;
            Some((name.to_ascii_lowercase(), content))
        });
        MetaElements(elements.collect())
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        let mut found = names.iter().filter_map(|name| {
            let element = self.0.iter().find(|(known, _)| known == name)?;
            Some(element.1.clone())
        });
        found.next()
    }

    /// All contents of the first of `names` that has more than the others.
    fn all(&self, names: &[&str]) -> Vec<String> {
        let of = |name: &&str| -> Vec<String> {
            let elements = self.0.iter().filter(|(known, _)| known == name);
            elements.map(|(_, content)| content.clone()).collect()
        };
        let lists = names.iter().map(of);
        lists
            .map(names_only)
            .reduce(|best, next| if next.len() > best.len() { next } else { best })
            .unwrap_or_default()
    }
}

fn names_only(values: Vec<String>) -> Vec<String> {
    values
        .into_iter()
        .filter(|value| !value.starts_with("http") && !value.starts_with('@'))
        .collect()
}

/// Each name once, addresses and the word before a byline left out.
fn names(found: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in names_only(found) {
        let name = name.trim_matches([',', ';', ' ']).to_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The elements called `name`, each what stands between its angle brackets.
fn tags<'a>(page: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('<')?;
            rest = &rest[at + 1..];
            let head = rest.get(..name.len());
            let is_it = head.is_some_and(|head| head.eq_ignore_ascii_case(name))
                && rest[name.len()..].starts_with(|c: char| c.is_whitespace() || c == '>');
            if is_it {
                let end = rest.find('>').unwrap_or(rest.len());
                return Some(&rest[..end]);
            }
        }
    })
}

/// The value of an attribute in `tag`.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end();
        let key = key
            .rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
            .next();
        let value = rest[at + 1..].trim_start();
        let (value, behind) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let value = &value[1..];
                let end = value.find(quote).unwrap_or(value.len());
                (&value[..end], value.get(end + 1..).unwrap_or_default())
            }
            _ => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                (&value[..end], &value[end..])
            }
        };
        if key.is_some_and(|key| key.eq_ignore_ascii_case(name)) {
            return Some(value);
        }
        rest = behind;
    }
    None
}

/// The title without the outlet's name behind it: "Harbour stays open | Northern Wire".
fn without_outlet(title: String, outlet: Option<&str>) -> String {
    let parts = [" | ", " - ", " – ", " — "].iter().find_map(|mark| {
        let (head, tail) = title.rsplit_once(mark)?;
        let is_outlet = outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(tail.trim()));
        is_outlet.then(|| head.trim().to_owned())
    });
    parts.unwrap_or(title)
}

/// The first heading of the page that is longer than a section's name.
fn headline(page: &str) -> Option<String> {
    let mut rest = page;
    while let Some(at) = rest.find("<h1") {
        rest = &rest[at..];
        let end = rest.find("</h1")?;
        let heading = filled(&texts(blocks(&rest[..end])).join(" "));
        if let Some(heading) = heading.filter(|text| text.split_whitespace().count() > 3) {
            return Some(heading);
        }
        rest = &rest[end + 4..];
    }
    None
}

fn canonical(page: &str) -> Option<String> {
    let mut links = tags(page, "link").filter(|tag| {
        attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
    });
    let address = attribute(links.next()?, "href")?;
    filled(&entities::decode(address)).filter(|url| url.starts_with("http"))
}

/// The language that the page declares.
fn language(page: &str) -> Option<String> {
    let html = tags(page, "html").next();
    let in_html =
        html.and_then(|tag| attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang")));
    in_html
        .map(str::to_owned)
        .filter(|tag| !tag.is_empty())
        .or_else(|| {
            let mut elements = tags(page, "meta").filter(|tag| {
                ["http-equiv", "name", "property"].iter().any(|name| {
                    attribute(tag, name).is_some_and(|value| {
                        ["content-language", "language", "og:locale"]
                            .iter()
                            .any(|known| value.eq_ignore_ascii_case(known))
                    })
                })
            });
            attribute(elements.next()?, "content").map(str::to_owned)
        })
}

/// "en-GB" is en.
fn primary(tag: &str) -> String {
    let tag = tag.trim().split(['-', '_']).next().unwrap_or_default();
    tag.to_ascii_lowercase()
}
