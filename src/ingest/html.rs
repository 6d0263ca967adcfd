//! Pages: what lies around the article is taken away, a readability library finds the main text, and the page's own words
//! give title, day and the like.

use dom_smoothie::Readability;

use super::tame::tame;
use super::{Error, Months, Options, filled, page, plain};
use crate::model::{Document, Meta};

/// What is told of a page that [`tame`] gives up.
const ALL_TEXT: &str =
    "a page whose markup has no end in sight: all its text was read, menus and footers, too";

pub(super) fn read(name: String, page: &str, options: &Options) -> Result<Document, Error> {
    let stated = page::stated(page);
    let tamed = tame(page);
    let reader = tamed
        .as_deref()
        .and_then(|page| Readability::new(page, None, None).ok());
    let (paragraphs, head, found) = match reader {
        Some(mut reader) => {
            let head = page::prune(&reader.doc);
            match reader.parse() {
                Ok(article) => {
                    let found = Meta {
                        title: filled(&decode_entities(&article.title)),
                        published: article
                            .published_time
                            .as_deref()
                            .and_then(|date| options.months.date_of(date)),
                        publisher: article.site_name.as_deref().and_then(filled),
                        author: article.byline.as_deref().and_then(filled),
                        ..Meta::default()
                    };
                    (page::own(page::blocks(&article.content)), head, found)
                }
                Err(_) => {
                    let paragraphs = without_library(tamed.as_deref().unwrap_or(page));
                    (paragraphs, head, titled(page))
                }
            }
        }
        None => (page::texts(page::blocks(page)), String::new(), titled(page)),
    };
    let paragraphs = match &stated.body {
        Some(body) => page::complete(paragraphs, body),
        None => paragraphs,
    };
    let body = paragraphs.join("\n\n");
    if body.is_empty() {
        return Err(Error::Empty { name });
    }
    let meta = meta(stated, found, options);
    let published = meta
        .published
        .or_else(|| time_element(page, options))
        .or_else(|| plain::date(&head, options))
        .or_else(|| plain::date(&body, options))
        .or_else(|| meta.url.as_deref().and_then(Months::date_in_url))
        .or_else(|| Months::date_in_name(&name));
    let text = match &meta.title {
        Some(title) if !body.starts_with(title.as_str()) => format!("{title}\n\n{body}"),
        _ => body,
    };
    let changes = tamed.is_none().then_some(ALL_TEXT).into_iter().collect();
    let meta = Meta {
        published,
        changes,
        ..meta
    };
    Ok(super::document(name, text, meta))
}

/// What the title element says.
fn titled(page: &str) -> Meta {
    let title = page.split_once("<title").and_then(|(_, rest)| {
        let (_, inside) = rest.split_once('>')?;
        let (title, _) = inside.split_once("</")?;
        filled(&decode_entities(title))
    });
    Meta {
        title,
        ..Meta::default()
    }
}

/// The paragraphs of a page in which the library finds no article.
fn without_library(page: &str) -> Vec<String> {
    let document = dom_query::Document::from(page);
    page::prune(&document);
    let body = document.body().map(|body| body.html());
    let own = body.map(|body| page::own(page::blocks(&body)));
    own.filter(|own| !own.is_empty())
        .unwrap_or_else(|| page::texts(page::blocks(page)))
}

/// What the page states, else what was `found`.
fn meta(stated: page::Stated, found: Meta, options: &Options) -> Meta {
    let author = match stated.authors.is_empty() {
        true => found.author,
        false => Some(stated.authors.join(", ")),
    };
    Meta {
        title: stated.title.or(found.title),
        published: stated
            .date
            .as_deref()
            .and_then(|date| options.months.date_of(date))
            .or(found.published),
        publisher: stated.publisher.or(found.publisher),
        author,
        url: stated.url,
        language: stated.language,
        ..Meta::default()
    }
}

/// The day in the first `<time datetime="…">`.
fn time_element(page: &str, options: &Options) -> Option<crate::model::Date> {
    let start = page.find("<time ")?;
    let element = &page[start..start + page[start..].find('>')?];
    let value = element.split_once("datetime=")?.1;
    let value = value.trim_start_matches(['"', '\'']);
    options.months.date_of(value.split(['"', '\'']).next()?)
}

/// The text of a piece of HTML that is all article: a blank line between blocks, scripts and styles left out.
pub(super) fn paragraphs(html: &str) -> String {
    page::texts(page::blocks(html)).join("\n\n")
}

/// `text` with its entities decoded.
pub(super) fn decode_entities(text: &str) -> String {
    page::decode(text)
}
