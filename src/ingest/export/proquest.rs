//! ProQuest: articles between rules of underscores, every field behind its label.

use super::{Entry, labelled, paragraphs};

/// Lines behind the text that begin the next field.
const LABELS: [&str; 40] = [
    "subject",
    "location",
    "people",
    "company / organization",
    "company",
    "classification",
    "business indexing term",
    "identifier / keyword",
    "title",
    "publication title",
    "publication year",
    "publication date",
    "year",
    "pages",
    "section",
    "publisher",
    "place of publication",
    "country of publication",
    "publication subject",
    "issn",
    "source type",
    "language of publication",
    "document type",
    "proquest document id",
    "document url",
    "copyright",
    "last updated",
    "database",
    "author",
    "abstract",
    "full text",
    "links",
    "first page",
    "volume",
    "issue",
    "dateline",
    "correspondence author",
    "credit",
    "publication info",
    "full text availability",
];

pub(super) fn is_export(head: &str) -> bool {
    let has = |label: &str| {
        head.lines()
            .any(|line| labelled(line.trim(), label).is_some())
    };
    has("full text") && (has("publication title") || has("proquest document id"))
        || has("publication title") && has("proquest document id")
}

pub(super) fn entries(lines: &[&str]) -> Vec<Entry> {
    lines
        .split(|line| is_rule(line))
        .filter_map(entry)
        .collect()
}

fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|b| b == b'_')
}

fn label(line: &str) -> Option<&'static str> {
    LABELS
        .into_iter()
        .find(|label| labelled(line, label).is_some())
}

fn entry(lines: &[&str]) -> Option<Entry> {
    let value = |label: &str| {
        let line = lines.iter().find(|line| labelled(line, label).is_some())?;
        crate::ingest::filled(labelled(line, label)?)
    };
    let start = lines
        .iter()
        .position(|line| labelled(line, "full text").is_some())
        .or_else(|| {
            lines
                .iter()
                .position(|line| labelled(line, "abstract").is_some())
        })?;
    let first = lines[start]
        .split_once(':')
        .map_or("", |(_, words)| words.trim());
    let more = &lines[start + 1..];
    // A label stands behind a blank line and has short words: in an interview it may also be a turn.
    let end = (0..more.len()).find(|&at| {
        let apart = at == 0 || more[at - 1].is_empty();
        apart && label(more[at]).is_some()
    });
    let body: Vec<&str> = std::iter::once(first)
        .chain(more[..end.unwrap_or(more.len())].iter().copied())
        .collect();
    // Above the labelled lines the title stands alone, and the authors with the outlet in a line.
    let top = lines
        .iter()
        .find(|line| !line.is_empty() && label(line).is_none());
    let title = value("title").or_else(|| crate::ingest::filled(top?));
    Some(Entry {
        body: paragraphs(&body),
        title,
        date: value("publication date"),
        publisher: value("publication title").map(|outlet| before_place(&outlet)),
        author: value("author").map(|authors| authors.trim_end_matches('.').to_owned()),
        url: value("document url"),
        ..Entry::default()
    })
}

/// "Northern Wire; Marnholt" is the outlet and its place.
fn before_place(outlet: &str) -> String {
    outlet.split(';').next().unwrap_or(outlet).trim().to_owned()
}
