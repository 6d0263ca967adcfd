//! Markdown with front matter: metadata between `---` lines, then the text as it stands.

use super::{Months, Options, filled, or_title, plain};
use crate::model::{Document, Meta};

pub(super) fn read(name: String, file: String, options: &Options) -> Document {
    let (meta, body) = front_matter(&file, options);
    let start = file.len() - body.len();
    let title = body
        .lines()
        .map(str::trim)
        .find_map(|line| line.strip_prefix("# "))
        .and_then(filled)
        .or_else(|| plain::title(body, options));
    let mut meta = or_title(meta, title);
    meta.published = meta
        .published
        .or_else(|| plain::date(body, options))
        .or_else(|| meta.url.as_deref().and_then(Months::date_in_url))
        .or_else(|| Months::date_in_name(&name));
    let mut file = file;
    file.drain(..start);
    Document::new(name, file, meta)
}

/// `key: value` lines between two `---`, and what stands behind them.
fn front_matter<'a>(file: &'a str, options: &Options) -> (Meta, &'a str) {
    let mut meta = Meta::default();
    let Some(rest) = file
        .strip_prefix("---\n")
        .or_else(|| file.strip_prefix("---\r\n"))
    else {
        return (meta, file);
    };
    let mut at = file.len() - rest.len();
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return (meta, file[at..].trim_start_matches(['\r', '\n']));
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'', '[', ']']).trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "title" | "headline" => meta.title = filled(value),
            "date" | "published" | "publish_date" | "published_at" => {
                meta.published = options.months.date_of(value)
            }
            "publisher" | "source" | "outlet" | "site" => meta.publisher = filled(value),
            "author" | "authors" | "byline" => meta.author = filled(value),
            "url" | "link" | "canonical" => meta.url = filled(value),
            _ => {}
        }
    }
    (Meta::default(), file) // never closed: no front matter
}
