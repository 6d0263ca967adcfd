//! An article out of a file of many, its fields as that file states them.

use super::article::{self, Bytes};
use super::{Error, Format, Months, Options, filled, html, plain};
use crate::model::{Document, Meta};

/// Fields and words of one article, not read yet.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) body: Body,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    /// The title is no part of the text, and none is looked for in it: the subject of a mail, the name of a film.
    pub(super) title_is_apart: bool,
}

/// The words of an entry.
#[derive(Debug)]
pub(super) enum Body {
    Text(String),
    /// A piece of HTML that is all article.
    Fragment(String),
    /// A whole page, menus and all.
    Page(Vec<u8>),
}

impl Default for Body {
    fn default() -> Body {
        Body::Text(String::new())
    }
}

impl Entry {
    /// The document called `name`.
    pub(super) fn read(self, name: String, options: &Options) -> Result<Document, Error> {
        let body = match self.body {
            Body::Page(bytes) => {
                let mut document =
                    article::document(name, Bytes::whole(bytes, Format::Html), options)?;
                let meta = &mut document.meta;
                meta.url = meta.url.take().or(self.url);
                meta.title = meta.title.take().or(self.title);
                return Ok(document);
            }
            Body::Fragment(fragment) => html::paragraphs(&fragment),
            Body::Text(text) => text.trim().to_owned(),
        };
        if body.is_empty() {
            return Err(Error::Empty { name });
        }
        let title = self.title.as_deref().and_then(filled);
        let url = self.url.as_deref().and_then(filled);
        let published = self
            .date
            .as_deref()
            .and_then(|date| options.months.date_of(date))
            .or_else(|| url.as_deref().and_then(Months::date_in_url))
            .or_else(|| plain::date(&body, options))
            .or_else(|| Months::date_in_name(&name));
        let text = match &title {
            Some(title) if !self.title_is_apart && !body.starts_with(title.as_str()) => {
                format!("{title}\n\n{body}")
            }
            _ => body,
        };
        let meta = Meta {
            title: match self.title_is_apart {
                true => title,
                false => title.or_else(|| plain::title(&text, options)),
            },
            published,
            publisher: self.publisher.as_deref().and_then(filled),
            author: self.author.as_deref().and_then(filled),
            url,
            ..Meta::default()
        };
        Ok(super::document(name, text, meta))
    }
}
