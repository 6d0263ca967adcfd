//! Lexis, Nexis Uni, LexisNexis Academic: a head with outlet, day and title, labelled lines, the body, an end.

use super::{Entry, by, is_date, labelled, paragraphs};

/// Lines that say something of an article, before and behind its body.
const LABELS: [&str; 24] = [
    "section",
    "length",
    "byline",
    "dateline",
    "highlight",
    "headline",
    "graphic",
    "load-date",
    "language",
    "publication-type",
    "document-type",
    "subject",
    "organization",
    "person",
    "geographic",
    "company",
    "ticker",
    "industry",
    "country",
    "city",
    "journal-code",
    "notes",
    "series",
    "correction-date",
];

pub(super) fn is_export(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim);
    let is_length =
        |line: &str| labelled(line, "length").is_some_and(|value| value.ends_with("words"));
    let is_body = |line: &str| line == "Body" || line == "BODY:" || line == "End of Document";
    let lengths = lines.clone().any(is_length);
    lengths
        && lines
            .any(|line| is_number(line) || is_body(line) || labelled(line, "load-date").is_some())
}

pub(super) fn entries(lines: &[&str]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut rest = lines;
    while !rest.is_empty() {
        let start = rest.iter().position(|line| is_number(line));
        let end = rest.iter().position(|line| *line == "End of Document");
        // Old exports number their documents, new ones close them.
        let (article, next) = match (start, end) {
            (Some(start), _) => {
                let behind = &rest[start + 1..];
                let length = behind
                    .iter()
                    .position(|line| is_number(line))
                    .unwrap_or(behind.len());
                (&behind[..length], &behind[length..])
            }
            (None, Some(end)) => (&rest[..end], &rest[end + 1..]),
            (None, None) => (rest, &[][..]),
        };
        entries.extend(entry(article));
        rest = next;
    }
    entries
}

/// "3 of 40 DOCUMENTS"
fn is_number(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_count = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    matches!(words.as_slice(), [number, of, all, documents]
        if is_count(number) && is_count(all) && of.eq_ignore_ascii_case("of") && documents.eq_ignore_ascii_case("documents"))
}

fn label(line: &str) -> Option<&'static str> {
    LABELS
        .into_iter()
        .find(|label| labelled(line, label).is_some())
}

fn is_copyright(line: &str) -> bool {
    line.starts_with("Copyright") || line.starts_with('©')
}

fn entry(lines: &[&str]) -> Option<Entry> {
    // The list of documents before the first has no body.
    let length = lines
        .iter()
        .position(|line| labelled(line, "length").is_some())?;
    let marked = lines
        .iter()
        .position(|line| matches!(*line, "Body" | "BODY:" | "BODY"));
    let start = match marked {
        Some(marked) => marked + 1,
        None => {
            // Behind the labelled lines, each of which may run over several.
            let labels = lines[length..].iter().take(30).enumerate();
            let last = labels
                .filter(|(_, line)| {
                    matches!(
                        label(line),
                        Some(
                            "length" | "byline" | "dateline" | "highlight" | "section" | "headline"
                        )
                    )
                })
                .map(|(at, _)| length + at)
                .next_back()
                .unwrap_or(length);
            let blank = lines[last..].iter().position(|line| line.is_empty());
            last + blank.unwrap_or(1)
        }
    };
    let body = &lines[start.min(lines.len())..];
    let end = body.iter().position(|line| {
        let behind = label(line).is_some_and(|label| {
            !matches!(
                label,
                "section" | "byline" | "person" | "notes" | "city" | "country" | "company"
            )
        });
        behind
            || matches!(*line, "Classification" | "Graphic" | "End of Document")
            || is_copyright(line)
            || line.starts_with("Load-Date")
    });
    let body = &body[..end.unwrap_or(body.len())];
    let head = &lines[..start.min(lines.len())];
    let value = |label: &str| {
        let at = head
            .iter()
            .position(|line| labelled(line, label).is_some())?;
        let first = labelled(head[at], label)?;
        // A value that does not fit goes on in the next lines.
        let more = head[at + 1..]
            .iter()
            .take_while(|line| !line.is_empty() && self::label(line).is_none() && !is_body(line));
        let words: Vec<&str> = std::iter::once(first).chain(more.copied()).collect();
        crate::ingest::filled(&words.join(" "))
    };
    let (title, publisher, date) = head_lines(head);
    let date = date.or_else(|| {
        let behind = lines.iter().find_map(|line| labelled(line, "load-date"));
        behind.map(str::to_owned)
    });
    Some(Entry {
        body: paragraphs(body),
        title: value("headline").or(title),
        date,
        publisher,
        author: value("byline").map(|line| by(&line)),
        ..Entry::default()
    })
}

fn is_body(line: &str) -> bool {
    matches!(line, "Body" | "BODY:" | "BODY")
}

/// Title, outlet and day among the lines before the labelled ones. The older form has the outlet first, then the day, then
/// the title; the newer one the title, the outlet, the day.
fn head_lines(head: &[&str]) -> (Option<String>, Option<String>, Option<String>) {
    let end = head
        .iter()
        .position(|line| label(line).is_some())
        .unwrap_or(head.len());
    let lines = &head[..end];
    let Some(day) = lines.iter().position(|line| is_date(line)) else {
        let first = lines.iter().find(|line| !line.is_empty());
        return (
            first.and_then(|line| crate::ingest::filled(line)),
            None,
            None,
        );
    };
    // A title that is too long for a line goes on in the next: blocks of lines, not lines.
    let block = |lines: &[&str]| {
        let words = lines
            .iter()
            .skip_while(|line| line.is_empty())
            .take_while(|line| !line.is_empty());
        crate::ingest::filled(&words.copied().collect::<Vec<_>>().join(" "))
    };
    let is_own = |line: &&&str| {
        !line.is_empty() && !is_copyright(line) && !line.contains("All Rights Reserved")
    };
    let before: Vec<&str> = lines[..day].iter().filter(is_own).copied().collect();
    let behind: Vec<&str> = lines[day + 1..]
        .iter()
        .filter(|line| !is_copyright(line) && !line.contains("All Rights Reserved"))
        .copied()
        .collect();
    let date = Some(lines[day].to_owned());
    match before.as_slice() {
        [] => (block(&behind), None, date),
        [outlet] => (
            block(&behind)
                .filter(|title| !is_edition(title))
                .or_else(|| {
                    let behind = behind.iter().skip_while(|line| line.is_empty());
                    let behind: Vec<&str> = behind
                        .skip_while(|line| !line.is_empty())
                        .copied()
                        .collect();
                    block(&behind)
                }),
            crate::ingest::filled(outlet),
            date,
        ),
        [title @ .., outlet] => (
            crate::ingest::filled(&title.join(" ")),
            crate::ingest::filled(outlet),
            date,
        ),
    }
}

/// "Late Edition - Final", which stands under the day of the older form.
fn is_edition(line: &str) -> bool {
    line.split_whitespace().count() <= 6
        && line
            .split_whitespace()
            .any(|word| word.trim_matches(',').eq_ignore_ascii_case("edition"))
}
