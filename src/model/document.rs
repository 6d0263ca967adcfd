//! An article: its text, which never changes, and what is known about it.

use super::{Date, DocumentId};

/// One article. The text is private because every span of an analysis points into it.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    sha256: String,
    text: String,
    /// Title, outlet, date and the like.
    pub meta: Meta,
}

/// What is known about an article besides its words. Empty when the source does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Headline.
    pub title: Option<String>,
    /// Day of publication, as the article states it; never the file's own date.
    pub published: Option<Date>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Author or authors.
    pub author: Option<String>,
    /// Address on the web.
    pub url: Option<String>,
    /// The encoding of its bytes, where that is not UTF-8.
    pub encoding: Option<&'static str>,
    /// The end is missing: what was packed could not be unpacked to its end.
    pub cut_short: bool,
    /// What reading it changed.
    pub changes: Vec<&'static str>,
    /// The language that the page declares, as in "en".
    pub language: Option<String>,
}

impl Meta {
    /// What whoever reads the article should know of how it was read.
    pub fn remarks(&self) -> impl Iterator<Item = String> {
        let encoding = self.encoding.map(|name| format!("read as {name}"));
        let cut = self
            .cut_short
            .then(|| "cut short or damaged: only what could be unpacked was read".to_owned());
        let changes = self.changes.iter().map(|change| (*change).to_owned());
        encoding.into_iter().chain(cut).chain(changes)
    }
}

impl Document {
    /// An article called `name` (its path, or path and line for one of many in a file).
    pub fn new(name: impl Into<String>, text: impl Into<String>, meta: Meta) -> Document {
        use sha2::{Digest, Sha256};
        use std::fmt::Write;

        let text = text.into();
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(text.as_bytes()) {
            let _ = write!(sha256, "{byte:02x}"); // writing into a String cannot fail
        }
        Document {
            name: name.into(),
            sha256,
            text,
            meta,
        }
    }

    /// Where it was found, from the folder on that was read, and the line for one of many in a file: the `document` of every
    /// output.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Hexadecimal SHA-256 of the text: two documents with the same hash are the same words.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The text that all spans point into.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Which article it is. `apart` tells apart what has the same words and is yet to be read in two ways.
    pub fn id(&self, apart: &[&str]) -> DocumentId {
        use sha2::{Digest, Sha256};

        let meta = &self.meta;
        let published = meta.published.map(|day| day.to_string());
        let known = [
            Some(self.sha256.as_str()),
            meta.title.as_deref(),
            meta.publisher.as_deref(),
            meta.author.as_deref(),
            published.as_deref(),
            meta.url.as_deref(),
        ];
        let mut hash = Sha256::new();
        for part in known.into_iter().chain(apart.iter().copied().map(Some)) {
            // Its length before each part: no two lists of parts are the same bytes.
            let length = part.map_or(u64::MAX, |part| part.len() as u64);
            hash.update(length.to_le_bytes());
            hash.update(part.unwrap_or_default());
        }
        DocumentId::of_hash(&hash.finalize())
    }
}
